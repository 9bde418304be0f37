import sharp from 'sharp'
import type { ImageType } from '../../lib/avatar/image-type.ts'

const noise = (width: number, height: number) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#123456',
      noise: { type: 'gaussian', mean: 128, sigma: 40 }
    }
  })

/** A real image full of noise, so that no cut through it goes unnoticed. */
export const makeImage = (type: ImageType, width = 60, height = 40): Promise<Buffer> =>
  noise(width, height)
    .toFormat(type.slice('image/'.length) as 'png')
    .toBuffer()

/** An image of one colour: few bytes, however many pixels. */
export const makeFlatImage = (type: ImageType, width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#123456' }, limitInputPixels: false })
    .toFormat(type.slice('image/'.length) as 'png')
    .toBuffer()

/** Frames that differ, so that none is merged with the one before. */
export async function makeAnimation(type: 'image/gif' | 'image/webp', frames: number, side: number): Promise<Buffer> {
  const each = Array.from({ length: frames }, (_, i) =>
    sharp({ create: { width: side, height: side, channels: 4, background: { r: i * 20, g: 0, b: 99, alpha: 0.5 } } })
      .png()
      .toBuffer()
  )
  return sharp(await Promise.all(each), { join: { animated: true }, limitInputPixels: false })
    .toFormat(type.slice('image/'.length) as 'gif', { effort: 1 })
    .toBuffer()
}

/** A form as a browser sends it. */
export async function makeForm(fields: [name: string, value: Buffer | string, type?: string][]) {
  const form = new FormData()
  for (const [name, value, type] of fields) {
    if (typeof value === 'string') form.append(name, value)
    else form.append(name, new Blob([value as Uint8Array<ArrayBuffer>], type ? { type } : {}), '../../etc/passwd.png')
  }
  const encoded = new Response(form)
  return {
    headers: { 'content-type': encoded.headers.get('content-type')! },
    payload: Buffer.from(await encoded.arrayBuffer())
  }
}
