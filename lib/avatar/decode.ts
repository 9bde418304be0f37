import type Sharp from 'sharp'
import { sizesOf } from './canvas.ts'
import { type ImageType, imageTypes, MAX_PIXELS, MAX_SIDE } from './image-type.ts'
import { reachesEnd } from './last-block.ts'

export const decodeOutcomes = ['ok', 'undecodable', 'too-wide', 'too-many-pixels'] as const
export type DecodeOutcome = (typeof decodeOutcomes)[number]

/**
 * Decodes every pixel of every frame and discards the result. It may crash, hang or run out of memory: use a child
 * process.
 */
export async function decode(sharp: typeof Sharp, bytes: Buffer, type: ImageType): Promise<DecodeOutcome> {
  sharp.cache(false)
  sharp.concurrency(1)
  // Only the decoder of the declared type may read the bytes.
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: [imageTypes[type].loader] })
  const options = { failOn: 'error', animated: true, ignoreIcc: true } as const
  try {
    const header = await sharp(bytes, { ...options, limitInputPixels: false }).metadata()
    let { width, pageHeight: height = header.height } = header
    let pixels = 0
    for (const size of sizesOf(bytes, type)) {
      width = Math.max(width, size.width)
      height = Math.max(height, size.height)
      pixels += size.width * size.height
    }
    if (width > MAX_SIDE || height > MAX_SIDE) return 'too-wide'
    // The decoder reads only one frame of an animated PNG.
    if (width * height * (header.pages ?? 1) > MAX_PIXELS) return 'too-many-pixels'
    if (type === 'image/png' && pixels > MAX_PIXELS + width * height) return 'too-many-pixels'
    if (header.format !== imageTypes[type].format || !reachesEnd(bytes, type)) return 'undecodable'
    // Keeping one channel needs a quarter of the memory; the decoder still decodes all channels.
    await sharp(bytes, { ...options, limitInputPixels: MAX_PIXELS })
      .extractChannel(0)
      .raw()
      .toBuffer()
    return 'ok'
  } catch {
    return 'undecodable'
  }
}
