import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { build, setUp, temporaryFolder } from '../support/app.ts'
import { linesOf } from '../support/audit.ts'
import { comes } from '../support/waiting.ts'
import { forgedNames } from './forged-names.ts'
import { deployed, missing, run } from './server.ts'

const skip = missing
const filter = join(deployed, 'filter.d/proxmenux.conf')
const VICTIM = '203.0.113.99'

/** The addresses a filter finds in lines, in their order. */
async function find(folder: string, lines: string, expression = filter): Promise<string[]> {
  const log = join(folder, 'lines.log')
  await writeFile(log, lines)
  const { stdout } = await run('fail2ban-regex', ['-e', 'utf-8', '--usedns', 'no', '-o', 'ip', log, expression])
  return stdout.split('\n').filter((line) => line !== '')
}

t.test('of the daemon’s log lines only failed logins count, each for its sender', { skip }, async (t) => {
  const folder = await temporaryFolder(t)
  const app = await build(t, {}, { folder })
  await setUp(app)
  const tries = [
    { client: '192.0.2.10', username: 'admin' },
    { client: '2001:db8::17', username: 'admin' },
    { client: '::ffff:192.0.2.11', username: 'Ωμέγα-😀' },
    ...forgedNames(VICTIM).map((username, i) => ({ client: `198.51.100.${i}`, username }))
  ]
  const expected: string[] = []
  for (const { client, username } of tries) {
    const { statusCode } = await app.inject({
      method: 'POST',
      url: '/api/auth/login',
      headers: { 'x-forwarded-for': `${VICTIM}, x rhost=${VICTIM}, ${client}`, 'user-agent': `rhost=${VICTIM}` },
      payload: { username, password: 'wrong' }
    })
    if (statusCode === 401) expected.push(client.replace('::ffff:', ''))
  }
  t.ok(expected.length > 70)
  await comes(() => app.auditLog.state().waiting === 0)
  const log = await readFile(join(folder, 'auth.log'), 'utf8')
  t.same(await find(folder, log), expected)
})

t.test('no other event counts, for any address or name', { skip }, async (t) => {
  const folder = await temporaryFolder(t)
  const lines = linesOf((audit) => {
    for (const write of Object.values(audit)) write({ address: '192.0.2.1', user: 'admin', target: VICTIM })
  }, Date.now())
  t.ok(lines.length > 20)
  const failures = lines.filter((line) => line.includes('authentication failure;'))
  t.equal(failures.length, 1)
  t.same(await find(folder, lines.filter((line) => !failures.includes(line)).join('')), [])
  const [failure] = linesOf((audit) => audit.loginFailed({ address: '192.0.2.1', user: 'admin' }), Date.now())
  t.same(await find(folder, failure!), ['192.0.2.1'])
})

t.test('forged names without escaping fool the usual filter, but not ours', { skip }, async (t) => {
  const folder = await temporaryFolder(t)
  const start = '2026-04-24 14:32:11 WARNING proxmenux.auth: authentication failure; rhost=192.0.2.1 user='
  const lines = forgedNames(VICTIM)
    .filter((name) => !/[\n\r]/.test(name))
    .map((name) => `${start}${name}\n`)
    .join('')
  t.notOk((await find(folder, lines)).includes(VICTIM))
  const usual = '^.*authentication failure;.*rhost=<HOST>'
  t.ok((await find(folder, lines, usual)).includes(VICTIM))
})

t.test('fail2ban’s distributed configuration accepts the shipped files', { skip }, async (t) => {
  const folder = await temporaryFolder(t)
  const etc = join(folder, 'etc')
  await cp('/etc/fail2ban', etc, { recursive: true })
  // Jails of other services may not start here, for want of their logs.
  await writeFile(join(etc, 'jail.d/defaults-debian.conf'), '')
  for (const name of ['filter.d', 'jail.d']) await cp(join(deployed, name), join(etc, name), { recursive: true })
  const log = join(folder, 'auth.log')
  await writeFile(join(etc, 'jail.d/proxmenux.local'), `[proxmenux]\nlogpath = ${log}\n`)

  const check = () => run('fail2ban-client', ['-c', etc, '-t'])
  const early = await check().catch((error: { stderr: string }) => error)
  t.match(early.stderr, /Have not found any log file for proxmenux jail/, 'the daemon is to be started first')
  await writeFile(log, '')
  t.match((await check()).stdout, /OK: configuration test is successful/)

  const { stdout } = await run('fail2ban-client', ['-c', etc, '-d'], { maxBuffer: 1e7 })
  const set = (name: string) => stdout.split('\n').find((line) => line.startsWith(`['set', 'proxmenux', '${name}',`))
  t.match(stdout, "['add', 'proxmenux', 'auto']")
  t.match(set('maxretry'), ', 3]')
  t.match(set('findtime'), /, '?600'?\]/)
  t.match(set('bantime'), /, '?3600'?\]/)
  t.match(set('usedns'), "'no'")
  t.match(stdout, /http,https,8008/, 'the host’s own action, for these ports')
})
