import { execFile, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import t, { type Test } from 'tap'
import { type Daemon, startDaemon } from '../attack/harness.ts'
import { PASSWORD, temporaryFolder } from '../support/app.ts'
import { until } from '../support/waiting.ts'

const logrotate = '/usr/sbin/logrotate'
const skip = existsSync(logrotate) || process.env.CI ? false : 'needs logrotate: apt-get install logrotate'
const shipped = readFileSync(resolve(import.meta.dirname, '../../deploy/logrotate/proxmenux-monitor'), 'utf8')

const run = promisify(execFile)

/** The shipped file over a daemon's folder. Only root may give files away. */
function writeConfig(folder: string, change = (text: string) => text): string {
  const path = join(folder, 'logrotate.conf')
  const text = shipped.replace('/var/log/proxmenux-auth.log', `${folder}/auth.log`).replace('/var/log/', `${folder}/`)
  writeFileSync(path, change(process.getuid?.() === 0 ? text : text.replace(' root adm', '')), { mode: 0o644 })
  return path
}

/** Every line of every file that a log was ever in. */
function linesIn(folder: string, name: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.startsWith(name))
    .flatMap((file) => {
      const bytes = readFileSync(join(folder, file))
      const text = `${file.endsWith('.gz') ? gunzipSync(bytes) : bytes}`
      return text === '' ? [] : text.replace(/\n$/, '').split('\n')
    })
}

/**
 * Failed logins of one user from ever new addresses of one network: after the fifth they are refused before any
 * hashing, and each is still one line. The addresses that were answered go to `answered`.
 */
async function flood(daemon: Daemon, answered: string[], isOver: () => boolean): Promise<void> {
  let sent = 0
  const client = async () => {
    while (!isOver()) {
      const address = `2001:db8::${(++sent).toString(16)}`
      const reply = await fetch(`${daemon.url}/api/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
        body: JSON.stringify({ username: 'eve', password: 'x' })
      })
      if (![401, 423].includes(reply.status)) throw new Error(`answered ${reply.status} ${await reply.text()}`)
      await reply.arrayBuffer()
      answered.push(address)
    }
  }
  await Promise.all(Array.from({ length: 4 }, client))
}

/** Rotates by force, again and again, while the daemon is flooded; the addresses of the lines there should be. */
async function rotateUnderFlood(t: Test, folder: string, config: string): Promise<string[]> {
  const daemon = await startDaemon(t, folder, { MONITOR_AUDIT_JSON: join(folder, 'proxmenux-audit.json') })
  await fetch(`${daemon.url}/api/auth/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password: PASSWORD })
  })
  let isOver = false
  const answered: string[] = []
  const flooding = flood(daemon, answered, () => isOver)
  for (let i = 1; i <= 6; i++) {
    await until(() => answered.length > 20 * i)
    const { stderr } = await run(logrotate, ['--force', '--state', join(folder, 'state-of-logrotate'), config])
    if (stderr) t.comment(stderr)
  }
  isOver = true
  await flooding
  daemon.signal('SIGTERM')
  await daemon.exited
  return answered
}

const rhostOf = (line: string) => / authentication failure; rhost=(\S+) user=eve$/.exec(line)?.[1]

t.test('logrotate finds nothing wrong with the shipped file', { skip }, async (t) => {
  const folder = await temporaryFolder(t)
  const path = join(folder, 'shipped')
  writeFileSync(path, shipped, { mode: 0o644 })
  const check = spawnSync(logrotate, ['--debug', '--state', join(folder, 'state'), path], { encoding: 'utf8' })
  t.equal(check.status, 0)
  t.notMatch(check.stderr, /error|warning: (?!logrotate in debug mode)/i)
  t.match(check.stderr, /considering log \/var\/log\/proxmenux-auth\.log/)
  t.match(check.stderr, /after 1 weeks|weekly/)
})

t.test('rotated while it is written to, the log loses no line and has none twice', { skip }, async (t) => {
  const folder = await temporaryFolder(t)
  const answered = await rotateUnderFlood(t, folder, writeConfig(folder))
  const files = readdirSync(folder)
  t.ok(files.includes('auth.log.1') && files.includes('auth.log.2.gz'), 'it was rotated')
  const lines = linesIn(folder, 'auth.log').map(rhostOf).filter(Boolean)
  t.same(lines.toSorted(), answered.toSorted())
  const json = linesIn(folder, 'proxmenux-audit.json').map((line) => JSON.parse(line))
  t.same(
    json
      .filter(({ event }) => event === 'login_failed')
      .map(({ ip }) => ip)
      .toSorted(),
    answered.toSorted()
  )
})

t.test('with copytruncate the log goes on, without holes and doubles; what is lost is said', { skip }, async (t) => {
  const folder = await temporaryFolder(t)
  const config = writeConfig(folder, (text) => text.replace(/ {4}create .*\n/, '    copytruncate\n'))
  const answered = await rotateUnderFlood(t, folder, config)
  t.ok(readdirSync(folder).includes('auth.log.1'), 'it was rotated')
  t.notMatch(readFileSync(join(folder, 'auth.log'), 'utf8'), '\0')
  const lines = linesIn(folder, 'auth.log').map(rhostOf).filter(Boolean)
  t.equal(new Set(lines).size, lines.length)
  t.same(
    lines.filter((address) => !answered.includes(address!)),
    []
  )
  t.ok(lines.length > answered.length / 2)
  t.comment(`${answered.length - lines.length} of ${answered.length} lines fell between copy and truncate`)
})
