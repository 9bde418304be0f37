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

/** ITU-T T.81, annex B: marker segments and coded data, in which 0xff is followed by 0 or a restart, until the marker EOI. */
function reachesJpegEnd(bytes: Buffer): boolean {
  for (let at = 2; at + 1 < bytes.length; ) {
    const marker = bytes[at] === 0xff ? bytes[at + 1]! : 0
    if (marker === 0xd9) return true
    const isSegment = marker >= 0xc0 && marker < 0xff && !(marker >= 0xd0 && marker <= 0xd8)
    if (isSegment && at + 4 > bytes.length) return false
    at += isSegment ? 2 + bytes.readUInt16BE(at + 2) : 1
  }
  return false
}

/**
 * Whether an image goes on to its last block. The decoders of PNG and GIF are content with the pixels, or frames, that
 * came before a cut, and that of JPEG where the cut is behind the last one; WebP's tells a cut itself.
 */
export function reachesEnd(bytes: Buffer, type: ImageType): boolean {
  if (type === 'image/png') return reachesPngEnd(bytes)
  if (type === 'image/jpeg') return reachesJpegEnd(bytes)
  return type === 'image/gif' ? reachesGifEnd(bytes) : true
}
