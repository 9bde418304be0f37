import { copyFile, mkdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { escapeValue } from '../../lib/audit/line.ts'
import { createLogFile } from '../../lib/audit/log-file.ts'
import { bearer, build, PASSWORD, setUp, temporaryFolder } from '../support/app.ts'
import { linesOf } from '../support/audit.ts'
import { passTime, until } from '../support/waiting.ts'

const at = new Date(2026, 3, 24, 14, 32, 11)

t.test('the documented lines are written exactly', async (t) => {
  const lines = linesOf((audit) => {
    audit.loginFailed({ address: '192.0.2.10', user: 'admin' })
    audit.loginSucceeded({ address: '192.0.2.10', user: 'admin' })
    audit.userChanged({ address: '::1', target: 'a=b' })
  }, at.getTime())
  t.same(lines, [
    '2026-04-24 14:32:11 WARNING proxmenux.auth: authentication failure; rhost=192.0.2.10 user=admin\n',
    '2026-04-24 14:32:11 INFO    proxmenux.auth: authentication success;  rhost=192.0.2.10 user=admin\n',
    '2026-04-24 14:32:11 WARNING proxmenux.auth: user changed; rhost=::1 user=- target=a\\u{3d}b\n'
  ])
})

t.test('a value cannot end a line or start a field', async (t) => {
  t.equal(
    escapeValue('a b=c\nd\r\u0000\u2028\u001b[0m"\\'),
    'a\\u{20}b\\u{3d}c\\u{a}d\\u{d}\\u{0}\\u{2028}\\u{1b}[0m\\u{22}\\u{5c}'
  )
  t.equal(escapeValue('\ud800'), '\\u{d800}')
  t.equal(escapeValue('José'), 'José')
  t.equal(escapeValue(''), '-')
  t.equal(escapeValue('x'.repeat(5000)), `${'x'.repeat(128)}...`)
})

t.test('the address comes before all text from the client', async (t) => {
  const [line] = linesOf((audit) => audit.loginFailed({ address: '192.0.2.10', user: 'x rhost=203.0.113.1' }))
  t.match(line, /failure; rhost=192\.0\.2\.10 user=x\\u\{20\}rhost\\u\{3d\}203\.0\.113\.1\n$/)
})

t.test('lines are written in order, and other users cannot read the file', async (t) => {
  const path = join(await temporaryFolder(t), 'auth.log')
  const log = createLogFile({ path })
  for (let i = 0; i < 500; i++) log.append(`${i}\n`)
  await log.close()
  t.same(
    (await readFile(path, 'utf8')).trim().split('\n').map(Number),
    Array.from({ length: 500 }, (_, i) => i)
  )
  t.equal((await stat(path)).mode & 0o007, 0)
})

t.test('a file renamed by logrotate is closed, and a file truncated by copytruncate is written on', async (t) => {
  const path = join(await temporaryFolder(t), 'auth.log')
  const log = createLogFile({ path })
  const written = () => until(() => log.state().waiting === 0)
  log.append('one\n')
  await written()
  await rename(path, `${path}.1`)
  log.append('two\n')
  await written()
  await copyFile(path, `${path}.2`)
  await truncate(path, 0)
  log.append('three\n')
  await log.close()
  t.equal(await readFile(`${path}.1`, 'utf8'), 'one\n')
  t.equal(await readFile(`${path}.2`, 'utf8'), 'two\n')
  t.equal(await readFile(path, 'utf8'), 'three\n')
})

t.test('a missing folder blocks no caller and is reported; waiting lines are written when it is back', async (t) => {
  const folder = join(await temporaryFolder(t), 'logs')
  const told: (Error | null)[] = []
  const log = createLogFile({ path: join(folder, 'auth.log'), onTrouble: (error) => told.push(error) })
  log.append('one\n')
  await until(() => !log.state().writable)
  await mkdir(folder)
  await until(() => log.state().writable)
  t.match(log.state(), { writable: true, waiting: 0 })
  log.append('two\n')
  await log.close()
  t.equal(await readFile(join(folder, 'auth.log'), 'utf8'), 'one\ntwo\n')
  t.match(told, [Error, null])
})

t.test('a full disk blocks no caller, and memory stays bounded', async (t) => {
  const log = createLogFile({ path: '/dev/full' })
  for (let i = 0; i < 12_000; i++) log.append(`${i}\n`)
  await until(() => !log.state().writable)
  t.match(log.state(), { writable: false, error: /ENOSPC/, waiting: 10_000, dropped: 2000 })
  // Over several tries, a second apart.
  for (let i = 0; i < 5; i++) {
    for (let j = 0; j < 3000; j++) log.append(`${j}\n`)
    await passTime(600)
  }
  t.match(log.state(), { writable: false, waiting: 10_000, dropped: 17_000 })
  await log.close(100)
})

t.test('a symbolic link in place of the log is not followed', async (t) => {
  const folder = await temporaryFolder(t)
  await writeFile(join(folder, 'victim'), '')
  const { symlink } = await import('node:fs/promises')
  await symlink(join(folder, 'victim'), join(folder, 'auth.log'))
  const log = createLogFile({ path: join(folder, 'auth.log') })
  log.append('one\n')
  await until(() => !log.state().writable)
  await log.close(100)
  t.equal(await readFile(join(folder, 'victim'), 'utf8'), '')
})

t.test('logins are logged with the client’s address, and an unwritable log makes no login fail', async (t) => {
  const folder = await temporaryFolder(t)
  const app = await build(t, { authLog: join(folder, 'logs/auth.log') }, { folder })
  const session = await setUp(app)
  const from = { headers: { 'x-forwarded-for': '203.0.113.7' } }
  const login = (password: string) =>
    app.inject({ method: 'POST', url: '/api/auth/login', payload: { username: 'a b', password }, ...from })
  t.equal((await login('wrong')).statusCode, 401)
  const health = async () => (await app.inject('/api/system-info')).json().health
  t.match(await health(), { status: /warning|critical/, summary: /Authentication log cannot be written/ })
  await mkdir(join(folder, 'logs'))
  await until(async () => !/log/.test((await health()).summary))
  await app.inject({
    method: 'POST',
    url: '/api/auth/disable',
    payload: { password: PASSWORD },
    headers: bearer(session)
  })
  await app.close()
  const lines = (await readFile(join(folder, 'logs/auth.log'), 'utf8')).trim().split('\n')
  t.match(lines[0], /WARNING proxmenux\.auth: first-launch setup; rhost=127\.0\.0\.1 user=admin$/)
  t.match(
    lines[1],
    /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d WARNING proxmenux\.auth: authentication failure; rhost=203\.0\.113\.7 user=a\\u\{20\}b$/
  )
  t.match(lines[2], /authentication disabled; rhost=127\.0\.0\.1 user=admin$/)
  await rm(join(folder, 'logs'), { recursive: true })
})
