import { type ChildProcess, spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { createSyslog, type SyslogOptions } from '../../lib/audit/syslog.ts'
import { openPty } from '../../lib/terminal/pty.ts'
import { startDaemon } from '../attack/harness.ts'
import { PASSWORD, temporaryFolder } from '../support/app.ts'
import { entriesOf, failures, until } from '../support/audit.ts'

const skip =
  (existsSync('/usr/bin/logger') && existsSync('/usr/bin/perl')) || process.env.CI
    ? false
    : 'needs logger and perl: apt-get install bsdutils perl-base'

/** What syslogd's socket is: datagrams on a path. Node knows none, so Perl takes them, one a line. */
async function listenOn(t: Test, path: string) {
  const program = `socket(S, AF_UNIX, SOCK_DGRAM, 0); bind(S, sockaddr_un($ARGV[0])) or die; $| = 1; print "ready\\n";
    while (1) { recv(S, $b, 65536, 0); print "[$b]\\n" }`
  const child: ChildProcess = spawn('perl', ['-MSocket', '-e', program, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  const end = () => {
    child.kill('SIGKILL')
    rmSync(path, { force: true })
  }
  t.teardown(end)
  let text = ''
  child.stdout!.on('data', (chunk) => {
    text += chunk
  })
  await until(() => text.startsWith('ready\n'))
  return { end, messages: () => text.split('\n').slice(1, -1) }
}

/** A receiver of UDP on a port of its own. */
async function listenOnUdp(t: Test) {
  const socket = createSocket('udp4')
  const messages: string[] = []
  socket.on('message', (message) => messages.push(`${message}`))
  await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done))
  t.teardown(() => new Promise<void>((done) => socket.close(done)))
  return { messages, target: `127.0.0.1:${socket.address().port}` }
}

/** A syslog that is closed with the test, and what it told. */
function open(t: Test, options: SyslogOptions) {
  const told: (Error | null)[] = []
  const syslog = createSyslog({ onTrouble: (error) => told.push(error), ...options })
  t.teardown(() => syslog.close())
  return { syslog, told }
}

/** A program in logger's place. */
async function program(t: Test, script: string): Promise<string> {
  const path = join(await temporaryFolder(t), 'logger')
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  return path
}

t.test('events go to the local syslog as authpriv, with the text of the log', { skip }, async (t) => {
  const target = join(await temporaryFolder(t), 'log')
  const { messages } = await listenOn(t, target)
  const { syslog } = open(t, { target })
  const told = entriesOf((audit) => {
    audit.loginFailed({ address: '192.0.2.10', user: 'José' })
    audit.loginSucceeded({ address: '::1', user: 'x\n<0>y' })
  })
  for (const entry of told) syslog.append(entry)
  await until(() => messages().length === 2)
  t.match(messages(), [
    /^\[<84>\w{3} [\d ]\d [\d:]{8} proxmenux\.auth: authentication failure; rhost=192\.0\.2\.10 user=José\]$/,
    /^\[<86>.* proxmenux\.auth: authentication success; {2}rhost=::1 user=x\\u\{a\}<0>y\]$/
  ])
})

t.test('the longest event there can be stays one message', { skip }, async (t) => {
  const target = join(await temporaryFolder(t), 'log')
  const { messages } = await listenOn(t, target)
  const { syslog } = open(t, { target })
  const long = '\u{10ffff}'.repeat(200)
  for (const entry of entriesOf((audit) => audit.userRemoved({ address: '::1', user: long, target: long })))
    syslog.append(entry)
  for (const entry of failures(1)) syslog.append(entry)
  await until(() => messages().length >= 2)
  t.equal(messages().length, 2)
  t.match(messages()[1], /user=u1\]$/)
})

t.test('a syslog that is restarted gets what comes then, and its absence is told', { skip }, async (t) => {
  const target = join(await temporaryFolder(t), 'log')
  const first = await listenOn(t, target)
  const { syslog, told } = open(t, { target, firstRetryMs: 50 })
  const [entry] = failures(1)
  syslog.append(entry!)
  await until(() => first.messages().length === 1)
  first.end()
  await until(() => {
    syslog.append(entry!)
    return told.length === 1
  })
  t.match(syslog.state(), { writable: false, error: /socket|message|logger/ })
  const second = await listenOn(t, target)
  await until(() => {
    syslog.append(entry!)
    return second.messages().length > 0
  })
  await until(() => syslog.state().writable)
  t.match(told, [Error, null])
})

t.test('a collector elsewhere gets RFC 5424 by UDP', { skip }, async (t) => {
  const { messages, target } = await listenOnUdp(t)
  const { syslog } = open(t, { target })
  for (const entry of failures(3)) syslog.append(entry)
  await until(() => messages.length === 3)
  t.match(
    messages[0],
    /^<84>1 \d{4}-\d\d-\d\dT\S+ \S+ proxmenux\.auth - - \[.*\] authentication failure; rhost=203\.0\.113\.1 user=u1$/
  )
})

t.test('a logger that hangs holds up nobody, and memory stays bounded', async (t) => {
  const command = await program(t, 'exec sleep 60')
  const { syslog, told } = open(t, { target: '/dev/log', command })
  const entries = failures(1000)
  for (let i = 0; i < 20; i++) {
    for (const entry of entries) syslog.append(entry)
    await sleep(5)
  }
  await until(() => !syslog.state().writable)
  t.match(syslog.state(), { error: /takes no lines/ })
  t.ok(syslog.state().dropped > 10_000)
  t.ok(syslog.state().waiting <= 1000)
  t.match(told, [Error])
  const started = performance.now()
  await syslog.close(100)
  t.ok(performance.now() - started < 30_000, 'and it is ended')
})

t.test('a logger that hangs for a while is said to work again once it does', async (t) => {
  const command = await program(t, 'sleep 4; exec cat > /dev/null')
  const { syslog, told } = open(t, { target: '/dev/log', command })
  const entries = failures(10_000)
  for (const entry of entries) syslog.append(entry)
  await sleep(3000)
  for (const entry of entries) syslog.append(entry)
  t.match(syslog.state(), { writable: false, error: /takes no lines/ })
  await until(() => syslog.state().writable)
  t.match(told, [Error, null])
})

t.test('a logger has no hold on the terminals that are open when it starts', async (t) => {
  const noEvents = { output() {}, exited() {}, closed() {}, inputFull() {} }
  const pty = openPty({ file: '/bin/sleep', args: ['1000'], env: {}, cwd: '/', cols: 80, rows: 24 }, noEvents)
  t.teardown(() => {
    process.kill(pty.pid, 'SIGKILL')
    pty.close()
  })
  const held = join(await temporaryFolder(t), 'held')
  const command = await program(t, `readlink /proc/$$/fd/* > ${held}; echo all >> ${held}; exec cat > /dev/null`)
  const { syslog } = open(t, { target: '/dev/log', command })
  for (const entry of failures(1)) syslog.append(entry)
  await until(() => existsSync(held) && readFileSync(held, 'utf8').endsWith('all\n'))
  t.notMatch(readFileSync(held, 'utf8'), /ptmx/)
})

t.test('a logger that is missing or ends is started again, ever more seldom', async (t) => {
  const folder = await temporaryFolder(t)
  const missing = open(t, { target: '/dev/log', command: join(folder, 'none'), firstRetryMs: 20 })
  for (const entry of failures(2000)) missing.syslog.append(entry)
  await until(() => missing.told.length > 0)
  t.match(missing.syslog.state(), { writable: false, error: /is not installed/, waiting: 1000, dropped: 1000 })

  const count = join(folder, 'count')
  const command = await program(t, `echo started >> ${count}; exit 3`)
  const ending = open(t, { target: '/dev/log', command, firstRetryMs: 20 })
  for (const entry of failures(1)) ending.syslog.append(entry)
  await until(() => ending.told.length > 0)
  t.match(ending.syslog.state().error, /ended with 3/)
  await sleep(700)
  await ending.syslog.close()
  const starts = () => readFileSync(count, 'utf8').trim().split('\n').length
  const before = starts()
  t.ok(before >= 2 && before <= 8, `${before} starts in 700 ms: after 20, 40, 80, …`)
  await sleep(1500)
  t.equal(starts(), before, 'and not after the end')
})

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)

t.test(
  'the daemon’s logger starts with the first event, knows nothing of it, and ends with it',
  { skip },
  async (t) => {
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      const { messages, target } = await listenOnUdp(t)
      const folder = await temporaryFolder(t)
      const daemon = await startDaemon(t, folder, { MONITOR_AUDIT_SYSLOG: target, MONITOR_SETUP_CODE: 'secret' })
      t.same(childrenOf(daemon.pid), [])
      await fetch(`${daemon.url}/api/auth/setup`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username: 'admin', password: PASSWORD, setup_code: 'secret' })
      })
      await until(() => messages.length === 1)
      t.match(messages[0], /first-launch setup; rhost=127\.0\.0\.1 user=admin$/)
      const [logger, ...others] = childrenOf(daemon.pid)
      t.same(others, [])
      const environment = readFileSync(`/proc/${logger}/environ`, 'utf8').split('\0')
      t.ok(environment.includes('LC_ALL=C.UTF-8'))
      t.notOk(environment.some((variable) => /^(MONITOR_|HOME=)|secret/.test(variable)))
      daemon.signal(signal)
      await daemon.exited
      await until(() => !readdirSync('/proc').includes(String(logger)))
    }
  }
)
