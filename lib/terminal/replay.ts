const FIRST_SIZE = 16 * 1024

/** A ring buffer with the last bytes of a stream, addressed by absolute position. It grows up to `capacity` bytes. */
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

  const writeAt = (bytes: Buffer, position: number) => {
    const at = position % buffer.length
    const first = bytes.copy(buffer, at)
    bytes.copy(buffer, 0, first)
  }

  const growTo = (needed: number) => {
    let size = buffer.length
    while (size < needed && size < capacity) size = Math.min(size * 2, capacity)
    if (size === buffer.length) return
    const kept = copy(start, end, Buffer.allocUnsafe(end - start))
    buffer = Buffer.allocUnsafeSlow(size)
    writeAt(kept, start)
  }

  return {
    /** Position of the oldest buffered byte. */
    start: () => start,
    /** Total bytes appended: the position of the next byte. */
    end: () => end,

    append(bytes: Buffer) {
      growTo(end - start + bytes.length)
      const kept = bytes.length > buffer.length ? bytes.subarray(bytes.length - buffer.length) : bytes
      end += bytes.length
      writeAt(kept, end - kept.length)
      start = Math.max(start, end - buffer.length)
    },

    /** A copy of the bytes from `from` up to `to`. Both must be buffered. */
    read: (from: number, to: number): Buffer => copy(from, to, Buffer.allocUnsafe(to - from))
  }
}
export type Replay = ReturnType<typeof createReplay>
