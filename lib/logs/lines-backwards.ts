import type { FileHandle } from 'node:fs/promises'

const BLOCK = 65_536
/** Longer lines are split. */
const MAX_LINE = 65_536

/** A line and its offset in the file, in bytes. */
export interface PlacedLine {
  text: string
  offset: number
}

/** Reads the lines of a file before the offset `end`, the last line first, without line breaks; null at the start. */
export function createLinesBackwards(handle: FileHandle, end: number) {
  // Bytes read but not yet returned; they begin at offset `start`.
  let start = end
  let bytes: Buffer = Buffer.alloc(0)

  async function load(): Promise<boolean> {
    const length = Math.min(BLOCK, start)
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(length), 0, length, start - length)
    // The file was truncated meanwhile.
    if (bytesRead < length) return false
    bytes = Buffer.concat([buffer, bytes])
    start -= length
    return true
  }

  return async (): Promise<PlacedLine | null> => {
    for (;;) {
      const ends = bytes.at(-1) === 0x0a ? bytes.length - 1 : bytes.length
      const before = ends === 0 ? -1 : bytes.lastIndexOf(0x0a, ends - 1)
      if (before === -1 && start > 0 && bytes.length <= MAX_LINE) {
        if (await load()) continue
        return null
      }
      if (bytes.length === 0) return null
      const line = { text: bytes.toString('utf8', before + 1, ends), offset: start + before + 1 }
      bytes = bytes.subarray(0, before + 1)
      return line
    }
  }
}
