const FIRST_SIZE = 16 * 1024

/** The last bytes of a stream, by their absolute position. Memory is taken as it is needed. */
export function createReplay(capacity: number) {
  let buffer = Buffer.allocUnsafeSlow(Math.min(FIRST_SIZE, capacity))
  let start = 0
  let end = 0

  const copy = (from: number, to: number, into: Buffer): Buffer => {
    const at = from % buffer.length
    const first = Math.min(to - from, buffer.length - at)
    buffer.copy(into, 0, at, at + first)
    buffer.copy(into, first, 0, to - from - first)
    return into
  }

  const put = (bytes: Buffer, position: number) => {
    const at = position % buffer.length
    const first = bytes.copy(buffer, at)
    bytes.copy(buffer, 0, first)
  }

  const makeRoom = (needed: number) => {
    let size = buffer.length
    while (size < needed && size < capacity) size = Math.min(size * 2, capacity)
    if (size === buffer.length) return
    const kept = copy(start, end, Buffer.allocUnsafe(end - start))
    buffer = Buffer.allocUnsafeSlow(size)
    put(kept, start)
  }

  return {
    /** The position of the oldest byte that is still there. */
    start: () => start,
    /** How many bytes there were in all. */
    end: () => end,

    append(bytes: Buffer) {
      makeRoom(end - start + bytes.length)
      const kept = bytes.length > buffer.length ? bytes.subarray(bytes.length - buffer.length) : bytes
      end += bytes.length
      put(kept, end - kept.length)
      start = Math.max(start, end - buffer.length)
    },

    /** A copy of the bytes from one position up to another, both within what is there. */
    read: (from: number, to: number): Buffer => copy(from, to, Buffer.allocUnsafe(to - from))
  }
}
export type Replay = ReturnType<typeof createReplay>
