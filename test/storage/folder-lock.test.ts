import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import t, { type Test } from 'tap'
import { lockFolders } from '../../lib/storage/folder-lock.ts'
import { type Daemon, environmentIn, runToEnd, startDaemon } from '../attack/harness.ts'
import { temporaryFolder } from '../support/app.ts'
import { until } from '../support/waiting.ts'

const holder = resolve(import.meta.dirname, 'lock-holder.ts')

/** A daemon beside `first` must end with 1 and one line that says who has which folder. */
async function isRefused(t: Test, first: Daemon, folder: string, env: NodeJS.ProcessEnv) {
  const { code, errors } = await runToEnd(t, env)
  t.equal(code, 1)
  t.match(errors, /^[^\n]+\n$/, 'one line')
  t.match(errors, `${folder} is in use by another daemon: process ${first.pid} (`)
  t.match(
    errors,
    /node-linux-\w+\/bin\/node --max-semi-space-size=2 \S+\/dist\/server\.js\), since 20\d\d-\d\d-\d\dT[\d:]+Z/
  )
  return errors
}

const answers = async (daemon: Daemon) => (await fetch(`${daemon.url}/api/auth/status`)).status === 200

/** Reads what `lock-holder.ts` has to say; the command may stand behind another one. */
async function hold(t: Test, folders: readonly string[], { before = [] as string[], children = false } = {}) {
  const [file, ...args] = [...before, process.execPath, holder, ...folders]
  const env = { ...process.env, CHILDREN: children ? 'yes' : 'no' }
  const child = spawn(file!, args, { env, stdio: ['pipe', 'pipe', 'inherit'] })
  const exited = new Promise((done) => child.once('exit', done))
  t.teardown(() => void (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL')))
  const line = await new Promise<string>((done) => createInterface(child.stdout).once('line', done))
  const { warnings, fault, pids } = JSON.parse(line) as { warnings?: string[]; fault?: string; pids: number[] }
  return { child, exited, warnings, fault, pids }
}

t.test('a second daemon on the same folders exits with 1 and names the first', async (t) => {
  const folder = await temporaryFolder(t)
  const first = await startDaemon(t, folder)
  const before = readFileSync(join(folder, 'config/auth.json'))
  await isRefused(t, first, join(folder, 'config'), environmentIn(folder))
  t.ok(before.equals(readFileSync(join(folder, 'config/auth.json'))), 'it changed nothing')
  t.ok(await answers(first))
  for (const name of ['config', 'state'])
    t.equal(statSync(join(folder, name, '.daemon.lock')).mode & 0o777, 0o600, 'no other user can lock it')
})

t.test('one shared folder is enough to refuse a second daemon, under any path', async (t) => {
  const folder = await temporaryFolder(t)
  const first = await startDaemon(t, folder)
  const link = join(folder, 'link')
  symlinkSync(join(folder, 'state'), link)
  const places: NodeJS.ProcessEnv[] = [
    { MONITOR_CONFIG_DIR: join(folder, 'config') },
    { MONITOR_STATE_DIR: join(folder, 'state') },
    { MONITOR_STATE_DIR: link },
    { MONITOR_CONFIG_DIR: join(folder, 'state') }
  ]
  if (process.getuid?.() === 0) {
    const mounted = join(folder, 'mounted')
    mkdirSync(mounted)
    execFileSync('mount', ['--bind', join(folder, 'config'), mounted])
    t.teardown(() => void execFileSync('umount', ['--lazy', mounted]))
    places.push({ MONITOR_CONFIG_DIR: mounted })
  }
  await Promise.all(
    places.map((place, i) => {
      const [shared] = Object.values(place)
      return isRefused(t, first, shared!, environmentIn(join(folder, `other-${i}`), place))
    })
  )
  t.ok(await answers(first))
})

t.test('one daemon may use one folder for everything', async (t) => {
  const folder = await temporaryFolder(t)
  const place = { MONITOR_CONFIG_DIR: join(folder, 'all'), MONITOR_STATE_DIR: join(folder, 'all') }
  const first = await startDaemon(t, folder, place)
  await isRefused(t, first, join(folder, 'all'), environmentIn(folder, place))
})

t.test('a killed daemon holds no lock, and a stopped one still does', async (t) => {
  const folder = await temporaryFolder(t)
  const killed = await startDaemon(t, folder)
  killed.signal('SIGKILL')
  await killed.exited
  const second = await startDaemon(t, folder)
  t.ok(await answers(second))
  second.signal('SIGSTOP')
  await until(() => / T /.test(readFileSync(`/proc/${second.pid}/stat`, 'utf8')))
  const errors = await isRefused(t, second, join(folder, 'config'), environmentIn(folder))
  t.match(errors, `stopped (kill -CONT ${second.pid} continues it)`)
  second.signal('SIGCONT')
  t.ok(await answers(second))
})

t.test('a daemon started while the last one shuts down waits for it', async (t) => {
  const folder = await temporaryFolder(t)
  const last = await hold(t, [folder])
  const waiting = lockFolders([folder], 60_000)
  // Long enough for a first try to fail: without the wait this rejects.
  await hold(t, [await temporaryFolder(t)])
  last.child.kill('SIGTERM')
  t.same(await waiting, [])
})

t.test('child processes of a killed daemon do not hold its folders', async (t) => {
  const folder = await temporaryFolder(t)
  const first = await hold(t, [folder], { children: true })
  t.teardown(() => {
    for (const pid of first.pids) process.kill(pid, 'SIGKILL')
  })
  t.match((await hold(t, [folder])).fault, `process ${first.child.pid} (`)
  first.child.kill('SIGKILL')
  await first.exited
  t.equal(first.pids.length, 2)
  for (const pid of first.pids) t.ok(existsSync(`/proc/${pid}`), 'both are there still')
  t.match(await hold(t, [folder]), { warnings: [], fault: undefined })
})

// seccomp: fcntl(F_SETLK) fails with ENOLCK, as on a network file system without a lock server. F_SETLK is 6.
const withoutLocks = `
import ctypes, os, platform, struct, sys
load, jump, answer = 0x20, 0x15, 0x06
fcntl = {'x86_64': 72, 'aarch64': 25}[platform.machine()]
steps = [(load, 0, 0, 0), (jump, 0, 3, fcntl), (load, 0, 0, 24), (jump, 0, 1, 6), (answer, 0, 0, 0x50000 | 37), (answer, 0, 0, 0x7fff0000)]
program = b''.join(struct.pack('HBBI', *step) for step in steps)
memory = ctypes.create_string_buffer(program)
filter = ctypes.create_string_buffer(struct.pack('HxxxxxxP', len(steps), ctypes.addressof(memory)))
libc = ctypes.CDLL(None)
assert libc.prctl(38, 1, 0, 0, 0) == 0 and libc.prctl(22, 2, filter) == 0
os.execv(sys.argv[1], sys.argv[1:])`
const python = '/usr/bin/python3'

t.test(
  'a file system without locks is a warning',
  { skip: !existsSync(python) && !process.env.CI && 'needs python3: apt-get install python3' },
  async (t) => {
    const folder = await temporaryFolder(t)
    const { warnings, fault } = await hold(t, [folder], { before: [python, '-c', withoutLocks] })
    t.equal(fault, undefined)
    t.match(warnings, [/^\S+ cannot be locked \(its file system has no locks\): make sure that no second daemon/])
  }
)

t.test('a lock file that cannot be opened is a warning, and the daemon runs', async (t) => {
  const folder = await temporaryFolder(t)
  mkdirSync(join(folder, 'state/.daemon.lock'), { recursive: true })
  const daemon = await startDaemon(t, folder)
  t.match(daemon.output(), /state cannot be locked \(unable to open database file\)/)
  t.ok(await answers(daemon))
})
