import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import t from 'tap'
import { decodeLz4, decompress } from '../../lib/journal/decompress.ts'

const isThere = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64'].some((folder) =>
  existsSync(`${folder}/liblz4.so.1`)
)
const skip = isThere || process.env.CI ? false : 'needs liblz4 and Python: apt-get install liblz4-1 python3'

/** By the library itself, through Python's ctypes. */
function compress(input: Buffer): Buffer {
  const script = `
import ctypes, sys
lz4 = ctypes.CDLL('liblz4.so.1')
data = sys.stdin.buffer.read()
out = ctypes.create_string_buffer(lz4.LZ4_compressBound(len(data)))
n = lz4.LZ4_compress_default(data, out, len(data), len(out))
sys.stdout.buffer.write(out.raw[:n])
`
  return execFileSync('python3', ['-c', script], { input, maxBuffer: 1e8 })
}

const inputs: Record<string, Buffer> = {
  'text that repeats': Buffer.from('MESSAGE=the same words again, the same words again. '.repeat(200)),
  'one byte many times': Buffer.alloc(100_000, 'a'),
  'what cannot be made smaller': Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * i * 7919) & 255)),
  'a little': Buffer.from('MESSAGE=x'),
  nothing: Buffer.alloc(0)
}

t.test('what liblz4 compressed is read as it was', { skip }, async (t) => {
  for (const [name, input] of Object.entries(inputs)) {
    const block = compress(input)
    t.ok(decodeLz4(block, input.length)?.equals(input), name)
    const size = Buffer.alloc(8)
    size.writeBigUInt64LE(BigInt(input.length))
    t.same(decompress(2, Buffer.concat([size, block])), { bytes: input }, `${name}, as the journal holds it`)
  }
})

t.test('a block that is cut, damaged or of another size is none', { skip }, async (t) => {
  const input = inputs['text that repeats']!
  const block = compress(input)
  t.equal(decodeLz4(block, input.length - 1), null)
  t.equal(decodeLz4(block, input.length + 1), null)
  for (let length = 0; length < block.length; length++)
    t.equal(decodeLz4(block.subarray(0, length), input.length), null)
  for (let i = 0; i < block.length * 8; i++) {
    const flipped = Buffer.from(block)
    flipped[i >> 3]! ^= 1 << (i & 7)
    const output = decodeLz4(flipped, input.length)
    t.ok(output === null || output.length === input.length)
  }
})

t.test('sizes nobody can have are refused before any memory is taken', async (t) => {
  t.same(decompress(2, Buffer.alloc(16, 0xff)), { fault: '(too long to be shown)' })
  t.same(decompress(2, Buffer.alloc(3)), { fault: '(damaged)' })
  t.same(decompress(4, Buffer.from('no zstd')), { fault: '(damaged)' })
})
