// The process images are decoded in: bytes on standard input, their type as the argument, two words on standard output.
import { closeSync, readdirSync, readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'
import sharp from 'sharp'
import { decode } from './decode.ts'
import type { ImageType } from './image-type.ts'

const NOBODY = 65_534

// The daemon's ends of its terminals, which every child inherits (lib/terminal/pty.ts).
for (const fd of readdirSync('/proc/self/fd')) {
  try {
    if (readlinkSync(`/proc/self/fd/${fd}`).endsWith('ptmx')) closeSync(Number(fd))
  } catch {
    // The folder's own, which is closed by now.
  }
}
setPriority(10)
// After all code is loaded, which nobody may have no right to read, and before the first byte is looked at.
if (process.getuid!() === 0) {
  process.setgroups!([])
  process.setgid!(NOBODY)
  process.setuid!(NOBODY)
}
process.stdout.write('ready\n')
const chunks: Buffer[] = []
for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
process.stdout.write(await decode(sharp, Buffer.concat(chunks), process.argv[2] as ImageType))
