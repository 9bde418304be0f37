// The image decoder process: the image on stdin, its type as the argument; on stdout `ready`, then the outcome.
import { closeSync, readdirSync, readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'
import sharp from 'sharp'
import { decode } from './decode.ts'
import type { ImageType } from './image-type.ts'

const NOBODY = 65_534

// Every child inherits the daemon's PTY masters (lib/terminal/pty.ts).
for (const fd of readdirSync('/proc/self/fd')) {
  try {
    if (readlinkSync(`/proc/self/fd/${fd}`).endsWith('ptmx')) closeSync(Number(fd))
  } catch {
    // The descriptor of the folder listing, which is closed by now.
  }
}
setPriority(10)
// Drop privileges after all code is loaded, which the user nobody may not be able to read, and before any input is
// read.
if (process.getuid!() === 0) {
  process.setgroups!([])
  process.setgid!(NOBODY)
  process.setuid!(NOBODY)
}
process.stdout.write('ready\n')
const chunks: Buffer[] = []
for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
process.stdout.write(await decode(sharp, Buffer.concat(chunks), process.argv[2] as ImageType))
