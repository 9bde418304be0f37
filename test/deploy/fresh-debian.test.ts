import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import t from 'tap'

const script = resolve(import.meta.dirname, '../../scripts/fresh-debian.sh')
const LIMIT_MS = 1_200_000
t.setTimeout(LIMIT_MS + 60_000)

const reason = () => {
  if (process.env.CI) return false
  if (process.getuid?.() !== 0) return `needs root: sudo ${script}`
  return existsSync('/usr/sbin/debootstrap') ? false : 'needs debootstrap: apt-get install debootstrap'
}

t.test(
  'a fresh Debian 12 with its own nodejs and npm runs the first command of the README',
  { skip: reason() },
  async (t) => {
    const run = spawn(script, [], { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [run.stdout, run.stderr])
      stream.on('data', (chunk: Buffer) => {
        output += chunk
      })
    const limit = setTimeout(() => run.kill('SIGTERM'), LIMIT_MS)
    const code = await new Promise((done) => run.once('close', done))
    clearTimeout(limit)
    t.equal(code, 0, output)
    t.match(output, /Node v18\.\S+, npm 9\./)
    t.match(output, /fresh-debian: all checks passed\n$/)
  }
)
