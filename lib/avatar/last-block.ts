import type { ImageType } from './image-type.ts'

const EOI = 0xd9

/** PNG, section 5.3 of the W3C specification: length, type, data, CRC. `data` is the offset of the data. */
export function* chunksOfPng(bytes: Buffer): Generator<{ type: string; data: number }> {
  for (let at = 8; at + 12 <= bytes.length; ) {
    const type = bytes.toString('latin1', at + 4, at + 8)
    yield { type, data: at + 8 }
    if (type === 'IEND') return
    at += bytes.readUInt32BE(at) + 12
  }
}

const colourTable = (packed: number): number => (packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0)

/**
 * GIF89a, sections 17 to 27: extensions and images, each a chain of sub-blocks, up to the trailer or an invalid block.
 */
export function* blocksOfGif(bytes: Buffer): Generator<{ at: number; isFrame: boolean; isTrailer: boolean }> {
  const byte = (at: number): number => bytes[at] ?? 0
  const afterSubBlocks = (start: number): number => {
    let at = start
    while (at < bytes.length && byte(at) !== 0) at += byte(at) + 1
    return at + 1
  }
  for (let at = 13 + colourTable(byte(10)); at < bytes.length; ) {
    const isFrame = byte(at) === 0x2c
    const isTrailer = byte(at) === 0x3b
    yield { at, isFrame, isTrailer }
    if (isTrailer) return
    if (isFrame) at = afterSubBlocks(at + 11 + colourTable(byte(at + 9)))
    else if (byte(at) === 0x21) at = afterSubBlocks(at + 2)
    else return
  }
}

/**
 * ITU-T T.81, annex B: marker segments up to the marker EOI. Between them is coded data, in which 0xff is followed by 0 or
 * a restart. `at` is the offset of the marker.
 */
export function* segmentsOfJpeg(bytes: Buffer): Generator<{ marker: number; at: number }> {
  for (let at = 2; at + 1 < bytes.length; ) {
    const marker = bytes[at] === 0xff ? bytes[at + 1]! : 0
    const isSegment = marker >= 0xc0 && marker < 0xff && !(marker >= 0xd0 && marker <= 0xd8)
    if (isSegment) yield { marker, at }
    if (marker === EOI || (isSegment && at + 4 > bytes.length)) return
    at += isSegment ? 2 + bytes.readUInt16BE(at + 2) : 1
  }
}

/**
 * True if an image is complete up to its last block. The decoders of PNG and GIF accept a truncated file, and that of
 * JPEG does if only the end marker is missing. The decoder of WebP detects truncation itself.
 */
export function reachesEnd(bytes: Buffer, type: ImageType): boolean {
  if (type === 'image/png') return [...chunksOfPng(bytes)].at(-1)?.type === 'IEND'
  if (type === 'image/jpeg') return [...segmentsOfJpeg(bytes)].at(-1)?.marker === EOI
  return type === 'image/gif' ? [...blocksOfGif(bytes)].at(-1)?.isTrailer === true : true
}
