import { type FileHandle, open } from 'node:fs/promises'

const BLOCK = 32_768
const MAX_BLOCKS = 128

/** Blocks of all files of one query, the ones used last: 4 MiB at most. */
export interface BlockCache {
  blocks: Map<number, Buffer>
  files: number
}
export const createBlockCache = (): BlockCache => ({ blocks: new Map(), files: 0 })

/** Blocks of one file that a key tells apart: of 64 TiB. */
const FILE_KEYS = 2 ** 31

/**
 * Reads a file in blocks, off the event loop. Null is what does not lie in the file, or cannot be read: a journal is
 * written while it is read, and nothing in it is believed.
 */
export interface Blocks {
  readonly size: number
  /** Without waiting: undefined where it would have to be read first. */
  peek(offset: number, length: number): Buffer | undefined
  read(offset: number, length: number): Promise<Buffer | null>
  close(): Promise<void>
}

export async function openBlocks(path: string, cache: BlockCache): Promise<Blocks> {
  const { blocks } = cache
  const keys = cache.files++ * FILE_KEYS
  const handle: FileHandle = await open(path, 'r')
  const { size } = await handle.stat().catch(async (error) => {
    await handle.close()
    throw error
  })

  async function load(offset: number, length: number): Promise<Buffer | null> {
    try {
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafeSlow(length), 0, length, offset)
      return buffer.subarray(0, bytesRead)
    } catch {
      return null
    }
  }

  function peek(offset: number, length: number): Buffer | undefined {
    const number = Math.floor(offset / BLOCK)
    const block = blocks.get(keys + number)
    const at = offset - number * BLOCK
    return block && at + length <= block.length ? block.subarray(at, at + length) : undefined
  }

  return {
    size,
    peek,
    async read(offset, length) {
      if (!(offset >= 0 && length >= 0 && offset + length <= size)) return null
      const known = peek(offset, length)
      if (known) return known
      const number = Math.floor(offset / BLOCK)
      const at = offset - number * BLOCK
      if (at + length > BLOCK) {
        const exact = await load(offset, length)
        return exact?.length === length ? exact : null
      }
      const block = await load(number * BLOCK, BLOCK)
      if (block === null || at + length > block.length) return null
      if (blocks.size >= MAX_BLOCKS) blocks.delete(blocks.keys().next().value!)
      blocks.set(keys + number, block)
      return block.subarray(at, at + length)
    },
    close: () => handle.close()
  }
}
