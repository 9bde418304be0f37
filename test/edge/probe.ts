// Run by the systemd that systemd.test.ts boots: what the shipped unit does there, written to /run/out/result.json.
import { execFileSync, spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { comes } from '../support/waiting.ts'

const unit = 'proxmenux-monitor.service'
const base = 'http://127.0.0.1:8008'
const account = { username: 'admin', password: 'Correct-Horse-7' }
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

const systemctl = (...args: string[]) => execFileSync('systemctl', args, { encoding: 'utf8' }).trim()
const show = (name: string, property: string) => systemctl('show', '--value', '-p', property, name)

const answers = (): Promise<boolean> =>
  comes(
    () =>
      fetch(`${base}/api/auth/status`).then(
        ({ ok }) => ok,
        () => false
      ),
    { withinMs: 30_000, everyMs: 100 }
  )

const post = async (path: string, body: string | Buffer, headers: Record<string, string>) =>
  (await fetch(base + path, { method: 'POST', body, headers })).json() as Promise<Record<string, unknown>>

/** Runs a command among the service's mounts, as its own processes see the files. */
const asService = (pid: string, command: string): boolean => {
  try {
    execFileSync('nsenter', ['--mount', '--target', pid, 'sh', '-c', command], { stdio: 'pipe' })
    return true
  } catch {
    return false
  }
}

async function tryUnit() {
  // The host may have run a daemon. This is a copy-on-write view of its files.
  execFileSync('rm', ['-rf', '/root/.config/proxmenux-monitor', '/var/lib/proxmenux-monitor'])
  systemctl('start', unit)
  // Type=notify: it answers when the command returns.
  const started = (await fetch(`${base}/api/auth/status`)).ok
  const json = { 'content-type': 'application/json' }
  await post('/api/auth/setup', JSON.stringify(account), json)
  const { token } = await post('/api/auth/login', JSON.stringify(account), json)
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'image/png' }
  const avatar = await post('/api/auth/profile/avatar', Buffer.from(pixel, 'base64'), headers)
  systemctl('reload', unit)
  const pid = show(unit, 'MainPID')
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const about = {
    started,
    loggedIn: typeof token === 'string',
    avatar: avatar.has_avatar === true,
    reloaded: await answers(),
    samePid: show(unit, 'MainPID') === pid,
    capabilities: /CapBnd:\s+([0-9a-f]+)/.exec(status)![1],
    noNewPrivileges: /NoNewPrivs:\s+1/.test(status),
    modes: [
      '/var/lib/proxmenux-monitor',
      '/root/.config/proxmenux-monitor',
      '/root/.config/proxmenux-monitor/auth.json'
    ].map((path) => (statSync(path).mode & 0o777).toString(8)),
    writes: ['/etc', '/usr', '/root', '/opt/proxmenux-monitor', '/etc/proxmenux', '/var/log'].filter((folder) =>
      asService(pid, `touch ${folder}/.probe && rm ${folder}/.probe`)
    )
  }
  process.kill(Number(pid), 'SIGKILL')
  const restarted = await answers()
  // What somebody left running in a terminal is in the service's cgroup, and deaf to SIGTERM.
  const left = spawn('sh', ['-c', 'trap "" TERM HUP; while :; do sleep 1; done'], { stdio: 'ignore' })
  writeFileSync(`/sys/fs/cgroup${show(unit, 'ControlGroup')}/cgroup.procs`, `${left.pid}`)
  const gone = new Promise<string>((resolve) => left.once('exit', (_code, signal) => resolve(`${signal}`)))
  systemctl('stop', unit)
  return { ...about, restarted, result: show(unit, 'Result'), left: await gone }
}

/** A daemon whose event loop hangs: whether the watchdog ends it, and systemd starts another one. */
async function tryWatchdog() {
  systemctl('start', unit)
  const pid = show(unit, 'MainPID')
  process.kill(Number(pid), 'SIGSTOP')
  const replaced = await comes(() => !['0', pid].includes(show(unit, 'MainPID')), { withinMs: 60_000, everyMs: 100 })
  const replies = await answers()
  systemctl('stop', unit)
  return { replaced, replies }
}

/** The unit as a replica of a panel whose servers are away: what the daemon says shows that it read the credentials. */
async function tryPanel() {
  mkdirSync('/etc/proxmenux/panel', { recursive: true })
  const secrets = {
    'database-url': 'postgresql://monitor:secret@127.0.0.1:1/monitor',
    'redis-url': 'redis://monitor:secret@127.0.0.1:1/0',
    'encryption-key': Buffer.alloc(32).toString('base64')
  }
  for (const [name, text] of Object.entries(secrets))
    writeFileSync(join('/etc/proxmenux/panel', name), `${text}\n`, { mode: 0o600 })
  copyFileSync('/run/units/panel.conf', `/run/units/${unit}.d/panel.conf`)
  systemctl('daemon-reload')
  writeFileSync('/run/out/daemon', '')
  systemctl('start', '--no-block', unit)
  const line =
    'proxmenux-monitor cannot start: MONITOR_DATABASE_URL: PostgreSQL is unavailable: nothing listens at its address'
  const readsCredentials = await comes(() => readFileSync('/run/out/daemon', 'utf8').includes(line), {
    withinMs: 30_000,
    everyMs: 100
  })
  const triesAgain = await comes(() => Number(show(unit, 'NRestarts')) >= 2, { withinMs: 30_000, everyMs: 100 })
  systemctl('stop', unit)
  return { readsCredentials, triesAgain, startLimit: show(unit, 'StartLimitIntervalUSec') }
}

/** Unusable settings: the state of the unit after the first attempt, and its exit code. */
async function tryUnusableSettings() {
  writeFileSync('/etc/proxmenux/monitor.env', 'MONITOR_PORT=x\n')
  systemctl('start', '--no-block', unit)
  const ended = await comes(() => show(unit, 'ExecMainStatus') === '2', { withinMs: 30_000, everyMs: 100 })
  const failed = await comes(() => show(unit, 'ActiveState') === 'failed', { withinMs: 3000, everyMs: 100 })
  const attempts = Number(show(unit, 'NRestarts')) + 1
  rmSync('/etc/proxmenux/monitor.env')
  systemctl('reset-failed', unit)
  return { ended, failed, attempts }
}

/** What a root shell of the service can do; the commands that fail. */
function tryShell(): string[] {
  systemctl('start', 'shell.service')
  return readFileSync('/run/out/shell', 'utf8').trim().split('\n')
}

const result: Record<string, unknown> = {}
try {
  result.shell = tryShell()
  result.plain = await tryUnit()
  result.watchdog = await tryWatchdog()
  mkdirSync(`/run/units/${unit}.d`, { recursive: true })
  copyFileSync('/run/units/confined.conf', `/run/units/${unit}.d/confined.conf`)
  systemctl('daemon-reload')
  result.confined = await tryUnit()
  result.unusable = await tryUnusableSettings()
  result.panel = await tryPanel()
  result.unusableInPanel = await tryUnusableSettings()
} catch (error) {
  result.error = `${error}\n${systemctl('show', unit, '-p', 'Result,ExecStartPre,ExecStart,ExecMainStatus')}`
} finally {
  writeFileSync('/run/out/result.json', JSON.stringify(result))
}
