import type { ImageType } from './image-type.ts'
import { blocksOfGif, chunksOfPng, segmentsOfJpeg } from './last-block.ts'

export interface Size {
  width: number
  height: number
}

/** PNG: the header, and the frames of an animation, which the decoder ignores. */
function* sizesOfPng(bytes: Buffer): Generator<Size> {
  for (const { type, data } of chunksOfPng(bytes)) {
    const at = type === 'IHDR' ? data : type === 'fcTL' ? data + 4 : null
    if (at !== null && at + 8 <= bytes.length)
      yield { width: bytes.readUInt32BE(at), height: bytes.readUInt32BE(at + 4) }
  }
}

/** GIF: the logical screen, and the extent of each frame, since browsers enlarge the screen to the first frame. */
function* sizesOfGif(bytes: Buffer): Generator<Size> {
  if (bytes.length < 13) return
  yield { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
  for (const { at, isFrame } of blocksOfGif(bytes)) {
    if (!isFrame || at + 9 > bytes.length) continue
    const field = (offset: number) => bytes.readUInt16LE(at + offset)
    yield { width: field(1) + field(5), height: field(3) + field(7) }
  }
}

/** JPEG: every start of frame (SOF). */
function* sizesOfJpeg(bytes: Buffer): Generator<Size> {
  for (const { marker, at } of segmentsOfJpeg(bytes)) {
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame && at + 9 <= bytes.length)
      yield { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) }
  }
}

/** WebP (RFC 9649): the canvas, each frame of an animation, and each bitstream's own size. */
function* sizesOfWebp(bytes: Buffer, from = 12, to = bytes.length): Generator<Size> {
  for (let at = from; at + 8 <= to; ) {
    const length = bytes.readUInt32LE(at + 4)
    const name = bytes.toString('latin1', at, at + 4)
    const data = at + 8
    const holds = (count: number) => data + count <= to
    if (name === 'VP8X' && holds(10))
      yield { width: bytes.readUIntLE(data + 4, 3) + 1, height: bytes.readUIntLE(data + 7, 3) + 1 }
    if (name === 'VP8 ' && holds(10))
      yield { width: bytes.readUInt16LE(data + 6) & 0x3fff, height: bytes.readUInt16LE(data + 8) & 0x3fff }
    if (name === 'VP8L' && holds(5)) {
      const packed = bytes.readUInt32LE(data + 1)
      yield { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 }
    }
    if (name === 'ANMF' && holds(16)) {
      yield { width: bytes.readUIntLE(data + 6, 3) + 1, height: bytes.readUIntLE(data + 9, 3) + 1 }
      yield* sizesOfWebp(bytes, data + 16, Math.min(data + length, to))
    }
    at = data + length + (length & 1)
  }
}

const readers: Record<ImageType, (bytes: Buffer) => Generator<Size>> = {
  'image/png': sizesOfPng,
  'image/gif': sizesOfGif,
  'image/jpeg': sizesOfJpeg,
  'image/webp': sizesOfWebp
}

/**
 * Every size that an image declares, in pixels. A browser allocates the largest one. The decoder reports only the drawn
 * area, which for a GIF can be one pixel of a 16000 × 16000 screen.
 */
export const sizesOf = (bytes: Buffer, type: ImageType): Generator<Size> => readers[type](bytes)
