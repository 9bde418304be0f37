import type { ImageType } from './image-type.ts'

const IEND = 'IEND'

/** PNG, section 5.3 of the W3C specification: length, type, data, CRC, until the chunk IEND. */
function reachesPngEnd(bytes: Buffer): boolean {
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    if (bytes.toString('latin1', at + 4, at + 8) === IEND) return true
    at += length + 12
  }
  return false
}

const colourTable = (packed: number): number => (packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0)

/** GIF89a, sections 17 to 27: extensions and images, each a chain of sub-blocks, until the trailer. */
function reachesGifEnd(bytes: Buffer): boolean {
  const byte = (at: number): number => bytes[at] ?? 0
  const afterSubBlocks = (start: number): number => {
    let at = start
    while (at < bytes.length && byte(at) !== 0) at += byte(at) + 1
    return at + 1
  }
  for (let at = 13 + colourTable(byte(10)); at < bytes.length; ) {
    if (byte(at) === 0x3b) return true
    if (byte(at) === 0x21) at = afterSubBlocks(at + 2)
    else if (byte(at) === 0x2c) at = afterSubBlocks(at + 11 + colourTable(byte(at + 9)))
    else return false
  }
  return false
}

/**
 * Whether a PNG or GIF goes on to its last block. Their decoders are content with the pixels, or frames, that came
 * before a cut; those of JPEG and WebP tell a cut themselves.
 */
export function reachesEnd(bytes: Buffer, type: ImageType): boolean {
  if (type === 'image/png') return reachesPngEnd(bytes)
  return type === 'image/gif' ? reachesGifEnd(bytes) : true
}
