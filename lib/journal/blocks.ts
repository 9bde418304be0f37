import { type FileHandle, open } from 'node:fs/promises'

const BLOCK = 16_384
const MAX_BLOCKS = 256

/** Blocks of all files of one query, the ones used last: 4 MiB at most. */
export type BlockCache = Map<string, Buffer>
export const createBlockCache = (): BlockCache => new Map()

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
    const block = cache.get(`${number} ${path}`)
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
      if (cache.size >= MAX_BLOCKS) cache.delete(cache.keys().next().value!)
      cache.set(`${number} ${path}`, block)
      return block.subarray(at, at + length)
    },
    close: () => handle.close()
  }
}
