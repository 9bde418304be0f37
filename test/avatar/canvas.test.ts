import { crc32 } from 'node:zlib'
import t from 'tap'
import { sizesOf } from '../../lib/avatar/canvas.ts'
import { createImageCheck } from '../../lib/avatar/check.ts'
import { type ImageType, imageTypes, MAX_SIDE } from '../../lib/avatar/image-type.ts'
import { makeAnimation, makeImage } from '../support/images.ts'

const u32 = (...numbers: number[]) => {
  const bytes = Buffer.alloc(numbers.length * 4)
  for (const [i, number] of numbers.entries()) bytes.writeUInt32BE(number, i * 4)
  return bytes
}
const chunk = (type: string, data: Buffer) => {
  const body = Buffer.concat([Buffer.from(type), data])
  return Buffer.concat([u32(data.length), body, u32(crc32(body))])
}
const IHDR_END = 33

/** A PNG with chunks of an animation behind its header. */
const animatedPng = (png: Buffer, frames: readonly (readonly [number, number])[]) =>
  Buffer.concat([
    png.subarray(0, IHDR_END),
    chunk('acTL', u32(frames.length, 0)),
    ...frames.map(([width, height], i) =>
      chunk('fcTL', Buffer.concat([u32(i, width, height, 0, 0), Buffer.from([0, 1, 0, 1, 0, 0])]))
    ),
    png.subarray(IHDR_END)
  ])

const patched = (image: Buffer, at: number, ...numbers: number[]) => {
  const copy = Buffer.from(image)
  for (const [i, number] of numbers.entries()) copy.writeUInt16LE(number, at + i * 2)
  return copy
}

t.test('the declared size is read in each of the four formats', async (t) => {
  const sizes = (image: Buffer, type: ImageType) => [
    ...new Set([...sizesOf(image, type)].map(({ width, height }) => `${width}x${height}`))
  ]
  for (const type of Object.keys(imageTypes) as ImageType[])
    t.same(sizes(await makeImage(type, 61, 47), type), ['61x47'], type)
  for (const type of ['image/gif', 'image/webp'] as const)
    t.same(sizes(await makeAnimation(type, 3, 50), type), ['50x50'], `${type}, animated`)
  t.same(sizes(animatedPng(await makeImage('image/png', 61, 47), [[61, 47]]), 'image/png'), ['61x47'])
  for (const type of Object.keys(imageTypes) as ImageType[]) {
    const image = await makeImage(type, 61, 47)
    for (let length = 0; length < image.length; length += 7)
      t.ok([...sizesOf(image.subarray(0, length), type)].length <= 2, 'a cut image is read to its end')
  }
})

t.test('a screen, canvas or frame larger than 4096 pixels is refused, whatever size the decoder draws', async (t) => {
  const images = createImageCheck()
  t.teardown(() => images.close())
  const gif = await makeImage('image/gif', 1, 1)
  const png = await makeImage('image/png', 20, 20)
  const jpeg = await makeImage('image/jpeg', 20, 20)
  const webp = await makeAnimation('image/webp', 2, 50)
  const frame = gif.lastIndexOf(Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0]))
  const canvas = webp.indexOf('VP8X') + 12
  const sof = jpeg.subarray(jpeg.indexOf(Buffer.from([0xff, 0xc0])))
  const large = Buffer.from(sof.subarray(0, 2 + sof.readUInt16BE(2)))
  large.writeUInt16BE(16_000, 5)
  const beforeFrame = jpeg.length - sof.length
  const cases: [string, ImageType, Buffer][] = [
    ['a GIF’s screen', 'image/gif', patched(gif, 6, 16_000, 16_000)],
    ['a GIF’s screen, one side', 'image/gif', patched(gif, 6, 1, MAX_SIDE + 1)],
    ['the largest screen a GIF can have', 'image/gif', patched(gif, 6, 65_535, 65_535)],
    ['a GIF’s frame far off', 'image/gif', patched(gif, frame + 1, MAX_SIDE, 0)],
    ['a WebP’s canvas', 'image/webp', patched(webp, canvas, 16_000)],
    ['a frame of an animated PNG', 'image/png', animatedPng(png, [[16_000, 20]])],
    [
      'a second frame of an animated PNG',
      'image/png',
      animatedPng(png, [
        [20, 20],
        [20, MAX_SIDE + 1]
      ])
    ],
    [
      'a second start of frame in a JPEG',
      'image/jpeg',
      Buffer.concat([jpeg.subarray(0, beforeFrame), large, jpeg.subarray(beforeFrame)])
    ],
    [
      'a start of frame behind a JPEG’s scan',
      'image/jpeg',
      Buffer.concat([jpeg.subarray(0, -2), large, jpeg.subarray(-2)])
    ]
  ]
  for (const [name, type, image] of cases) t.match(await images.check(image, type), /too-wide|undecodable/, name)
  for (const [name, type, image] of cases.filter(([, type]) => type === 'image/gif' || type === 'image/png'))
    t.equal(await images.check(image, type), 'too-wide', name)

  t.equal(await images.check(patched(gif, 6, MAX_SIDE, MAX_SIDE), 'image/gif'), 'ok', 'a screen of the greatest size')
  t.equal(
    await images.check(
      animatedPng(png, [
        [20, 20],
        [10, 10]
      ]),
      'image/png'
    ),
    'ok'
  )
  const many = Array.from({ length: 20 }, () => [MAX_SIDE, MAX_SIDE] as const)
  t.equal(await images.check(animatedPng(png, many), 'image/png'), 'too-many-pixels')
})
