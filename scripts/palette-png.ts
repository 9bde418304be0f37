import { crc32, deflateSync, inflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')
const COLOURS = 256

interface Chunk {
  type: string
  data: Buffer
}

function* chunksOf(png: Buffer): Generator<Chunk> {
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at)
    yield { type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) }
    at += length + 12
  }
}

function writeChunk({ type, data }: Chunk): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const chunk = Buffer.alloc(body.length + 8)
  chunk.writeUInt32BE(data.length)
  body.copy(chunk, 4)
  chunk.writeUInt32BE(crc32(body), body.length + 4)
  return chunk
}

/** The Paeth predictor (PNG specification, 9.4) for a byte with the neighbours `left`, `up` and `corner`. */
function predict(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  if (filter !== 4) return 0
  const guess = left + up - corner
  const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}

/** The pixels as 0xRRGGBB, row by row. Takes only 8-bit RGB, the format of screenshots. */
function readPixels(data: Buffer, width: number, height: number): Uint32Array {
  const stride = width * 3
  const bytes = new Uint8Array(stride * height)
  for (let y = 0; y < height; y++) {
    const filter = data[y * (stride + 1)]!
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x
      const left = x >= 3 ? bytes[at - 3]! : 0
      const up = y > 0 ? bytes[at - stride]! : 0
      const corner = x >= 3 && y > 0 ? bytes[at - stride - 3]! : 0
      bytes[at] = data[y * (stride + 1) + 1 + x]! + predict(filter, left, up, corner)
    }
  }
  return Uint32Array.from(
    { length: width * height },
    (_, i) => (bytes[i * 3]! << 16) | (bytes[i * 3 + 1]! << 8) | bytes[i * 3 + 2]!
  )
}

const distance = (a: number, b: number) =>
  ((a >> 16) - (b >> 16)) ** 2 + (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 + ((a & 255) - (b & 255)) ** 2

/** Reduces a picture to its 256 most used colours, a third of the bytes. The other colours are edges of letters. */
export function toPalette(png: Buffer): Buffer {
  const chunks = [...chunksOf(png)]
  const header = Buffer.from(chunks[0]!.data)
  if (header[8] !== 8 || header[9] !== 2) throw new Error('not an 8-bit RGB image')
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const parts = chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data)
  const pixels = readPixels(inflateSync(Buffer.concat(parts)), width, height)

  const counts = new Map<number, number>()
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1)
  const palette = [...counts.keys()].toSorted((a, b) => counts.get(b)! - counts.get(a)!).slice(0, COLOURS)
  const indexes = new Map<number, number>()
  for (const colour of counts.keys()) {
    let best = 0
    for (let i = 1; i < palette.length; i++) {
      if (distance(palette[i]!, colour) < distance(palette[best]!, colour)) best = i
    }
    indexes.set(colour, best)
  }

  const rows = Buffer.alloc((width + 1) * height)
  for (const [i, pixel] of pixels.entries()) {
    rows[Math.floor(i / width) * (width + 1) + 1 + (i % width)] = indexes.get(pixel)!
  }
  header[9] = 3
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))
  return Buffer.concat([
    SIGNATURE,
    writeChunk({ type: 'IHDR', data: header }),
    writeChunk({ type: 'PLTE', data: colours }),
    writeChunk({ type: 'IDAT', data: deflateSync(rows, { level: 9 }) }),
    writeChunk({ type: 'IEND', data: Buffer.alloc(0) })
  ])
}
