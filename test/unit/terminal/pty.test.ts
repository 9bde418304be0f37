import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { resolve } from 'node:path'
import t, { type Test } from 'tap'
import { type Exit, openPty } from '../../../lib/terminal/pty.ts'
import { until } from '../../support/waiting.ts'

function start(t: Test, args: string[]) {
  let shown = ''
  const { promise: closed, resolve: close } = Promise.withResolvers<void>()
  const { promise: exited, resolve: exit } = Promise.withResolvers<Exit>()
  const events = {
    output(bytes: Buffer) {
      shown += bytes
    },
    exited: exit,
    closed: close,
    inputFull() {}
  }
  const env = { PATH: '/usr/bin:/bin', HOME: '/', TERM: 'xterm' }
  const pty = openPty({ file: '/bin/bash', args, env, cwd: '/', cols: 80, rows: 24 }, events)
  t.teardown(() => pty.close())
  return { pty, closed, exited, shown: () => shown }
}

/** Whether a child of this process has written something. */
const hasWrittenChild = (pid: number): boolean => {
  const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ')
  return child !== '' && !/^wchar: 0$/m.test(readFileSync(`/proc/${child}/io`, 'utf8'))
}

const mastersOf = (pid: number) =>
  readdirSync(`/proc/${pid}/fd`).filter((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`).endsWith('ptmx')
    } catch {
      return false
    }
  })

t.test('no child process inherits another terminal’s PTY: neither a shell nor the avatar decoder', async (t) => {
  const first = start(t, ['-c', 'read x; exit'])
  const second = start(t, ['-c', 'echo up; read x; exit'])
  await until(() => second.shown().includes('up'))
  t.ok(mastersOf(process.pid).length >= 2, 'they are open here')
  t.same(mastersOf(second.pty.pid), [])
  const child = spawn(process.execPath, [resolve(import.meta.dirname, '../../../lib/avatar/child.ts'), 'image/png'])
  t.teardown(() => child.kill('SIGKILL'))
  await new Promise((done) => child.stdout.once('data', done))
  t.same(mastersOf(child.pid!), [])
  first.pty.write(Buffer.from('\n'))
  t.same(await first.exited, { code: 0, signal: null })
})

t.test('input for an ended program loses none of its output', async (t) => {
  const { pty, exited, closed, shown } = start(t, ['-c', 'stty raw -echo; echo begin; read -n1 x; seq 5000; exit 5'])
  await until(() => shown().includes('begin'))
  pty.pause()
  pty.write(Buffer.alloc(300_000, 'x'))
  // seq has begun, and waits to be read.
  await until(() => hasWrittenChild(pty.pid))
  pty.resume()
  t.same(await exited, { code: 5, signal: null })
  await closed
  t.match(shown(), /\n4999\n5000\n$/)
})

t.test('the signal that ended the program is reported', async (t) => {
  const { exited } = start(t, ['-c', 'kill -KILL $$'])
  t.same(await exited, { code: null, signal: 'SIGKILL' })
})
