import { zstdDecompressSync } from 'node:zlib'

const XZ = 1
const LZ4 = 2
const ZSTD = 4

/** What is decompressed at most, of one field. */
const MAX_OUTPUT = 1024 * 1024

/** The payload of a data object, or in words why it cannot be shown. */
export type Payload = { bytes: Buffer } | { fault: string }

/**
 * Decodes one LZ4 block (lz4_Block_format.md) of exactly `size` bytes; null for anything else. Never reads or writes
 * outside, whatever the block says.
 */
export function decodeLz4(block: Buffer, size: number): Buffer | null {
  const output = Buffer.alloc(size)
  let from = 0
  let to = 0
  const extend = (length: number): number => {
    if (length !== 15) return length
    let total = length
    for (;;) {
      const byte = block[from++]
      if (byte === undefined) return Number.POSITIVE_INFINITY
      total += byte
      if (byte !== 255) return total
    }
  }
  while (from < block.length) {
    const token = block[from++]!
    const literals = extend(token >> 4)
    if (from + literals > block.length || to + literals > size) return null
    block.copy(output, to, from, from + literals)
    from += literals
    to += literals
    if (from === block.length) return to === size ? output : null
    if (from + 2 > block.length) return null
    const distance = block.readUInt16LE(from)
    from += 2
    const length = extend(token & 15) + 4
    if (distance === 0 || distance > to || to + length > size) return null
    // Byte by byte: a match may overlap what it writes.
    for (const end = to + length; to < end; to++) output[to] = output[to - distance]!
  }
  return null
}

/** By the flags of the object; at most a megabyte. */
export function decompress(flags: number, payload: Buffer): Payload {
  try {
    switch (flags & (XZ | LZ4 | ZSTD)) {
      case 0:
        return { bytes: payload }
      case ZSTD:
        return { bytes: zstdDecompressSync(payload, { maxOutputLength: MAX_OUTPUT }) }
      case LZ4: {
        const size = payload.length < 8 ? 0 : Number(payload.readBigUInt64LE(0))
        if (size > MAX_OUTPUT) return { fault: '(too long to be shown)' }
        const bytes = decodeLz4(payload.subarray(8), size)
        return bytes ? { bytes } : { fault: '(damaged)' }
      }
      case XZ:
        return { fault: '(compressed with xz)' }
      default:
        return { fault: '(damaged)' }
    }
  } catch (error) {
    const isLong = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    return { fault: isLong ? '(too long to be shown)' : '(damaged)' }
  }
}
