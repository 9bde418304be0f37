import { closeSync, cpSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import t, { type Test } from 'tap'
import { stateMigrations } from '../../lib/storage/state-tables.ts'
import { type App, bearer, build, PASSWORD, setUp, temporaryFolder } from '../support/app.ts'
import { until } from '../support/waiting.ts'

// One damaged page of the state database, in each of its tables and indexes in turn, before the start and under the
// running daemon: logins go on, readable data is kept, and log, health and audit log report the damage.

const PAGE = 4096

/** Everything that has pages of its own in a new database. */
function listObjects(): string[] {
  const database = new DatabaseSync(':memory:')
  for (const step of stateMigrations) database.exec(step)
  const rows = database.prepare('SELECT name FROM sqlite_master WHERE rootpage > 0').all()
  database.close()
  return rows.map(({ name }) => String(name))
}

/** Overwrites the root page of a table or index, or the page of the header. */
function damage(path: string, object: string): void {
  const database = new DatabaseSync(path)
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  const row = database.prepare('SELECT rootpage FROM sqlite_master WHERE name = ?').get(object)
  database.close()
  const page = object === 'header' ? 1 : Number(row!.rootpage)
  const file = openSync(path, 'r+')
  writeSync(file, Buffer.alloc(PAGE, 0xa5), 0, PAGE, (page - 1) * PAGE)
  closeSync(file)
}

const login = (app: App, password = PASSWORD) =>
  app.inject({ method: 'POST', url: '/api/auth/login', payload: { username: 'admin', password } })

const events = async (app: App, token: string): Promise<string[]> => {
  const reply = await app.inject({ url: '/api/security/audit?limit=1000', headers: bearer(token) })
  return reply.json().events.map(({ event }: { event: string }) => event)
}

/** A folder whose daemon has left rows in every table, a session's token and its audit events. */
const template = await (async () => {
  const folder = await temporaryFolder(t)
  const app = await build(t, {}, { folder })
  await setUp(app)
  const { token } = (await login(app)).json()
  await login(app, 'Wrong-Horse-7')
  await until(async () => (await events(app, token)).includes('login_failed'))
  const before = await events(app, token)
  await app.close()
  return { folder, token, before }
})()

const copyOfTemplate = async (t: Test) => {
  const folder = await temporaryFolder(t)
  cpSync(template.folder, folder, { recursive: true })
  return folder
}

const isAside = (name: string) => /^state\.sqlite\.broken-\d{4}-\d\d-\d\dT\d{6}\.\d{3}Z$/.test(name)

async function isHealed(t: Test, app: App, folder: string) {
  t.equal((await login(app, 'Wrong-Horse-7')).statusCode, 401)
  const reply = await login(app)
  t.equal(reply.statusCode, 200, 'login')
  const { token } = reply.json()
  const cookie = reply.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  t.equal((await app.inject({ method: 'POST', url: '/api/auth/refresh', headers: { cookie } })).statusCode, 200)
  t.ok(readdirSync(folder).some(isAside), 'the damaged file is kept under a dated name')
  await until(async () => (await events(app, token)).includes('state_database_replaced'))
  const { health } = (await app.inject('/api/system-info')).json()
  t.match(JSON.stringify(health), /State database was damaged and has been replaced/)
  return token
}

const isSessionOpen = async (app: App): Promise<boolean> =>
  (await app.inject({ url: '/api/auth/me', headers: bearer(template.token) })).statusCode === 200

for (const object of ['header', ...listObjects()]) {
  t.test(`${object}, damaged before the start`, async (t) => {
    const folder = await copyOfTemplate(t)
    damage(join(folder, 'state.sqlite'), object)
    const app = await build(t, {}, { folder })
    t.equal(
      await isSessionOpen(app),
      !['header', 'sessions'].includes(object),
      'the session, where its row can be read'
    )
    const token = await isHealed(t, app, folder)
    if (['header', 'audit_events'].includes(object)) return
    t.same((await events(app, token)).slice(-template.before.length), template.before, 'the audit index is kept')
  })

  t.test(`${object}, damaged while the daemon runs`, async (t) => {
    const folder = await copyOfTemplate(t)
    const app = await build(t, {}, { folder })
    app.stores.database.use((database) => database.exec('PRAGMA wal_checkpoint(TRUNCATE)'))
    damage(join(folder, 'state.sqlite'), object)
    app.stores.database.use((database) => database.exec('PRAGMA shrink_memory'))
    const reply = await login(app)
    t.equal(reply.statusCode, 200)
    t.ok(await isSessionOpen(app), 'no session is lost')
    await until(async () => (await events(app, template.token)).includes('login_succeeded'))
    await app.close()
    const again = await build(t, {}, { folder })
    t.ok(await isSessionOpen(again), 'nor after a restart')
    const me = await again.inject({ url: '/api/auth/me', headers: bearer(reply.json().token) })
    t.equal(me.statusCode, 200, 'and so is the session opened meanwhile')
  })
}

t.test('damage in the middle of a long audit index loses only the rows of the damaged pages', async (t) => {
  const folder = await copyOfTemplate(t)
  const app = await build(t, {}, { folder })
  for (let i = 0; i < 5000; i++) app.auditLog.userUnlocked({ address: '::1', user: `filler-${i}` })
  const count = () =>
    app.stores.database.use((database) => Number(database.prepare('SELECT max(id) AS n FROM audit_events').get()!.n))
  await until(() => count() > 5000)
  const total = count()
  await app.close()
  const path = join(folder, 'state.sqlite')
  const bytes = readFileSync(path)
  const at = bytes.indexOf('user_unlocked::1filler-2500')
  bytes.fill(0xa5, at - (at % PAGE), at - (at % PAGE) + PAGE)
  writeFileSync(path, bytes)
  const again = await build(t, {}, { folder })
  await isHealed(t, again, folder)
  const kept = again.stores.database.use((database) =>
    Number(database.prepare('SELECT count(*) AS n FROM audit_events WHERE id <= ?').get(total)!.n)
  )
  t.ok(kept > total - 500 && kept < total, `${kept} of ${total}`)
})

t.test('a damaged metric history is replaced, with its readable rows', async (t) => {
  const folder = await temporaryFolder(t)
  const first = await build(t, {}, { folder })
  const headers = bearer(await setUp(first))
  const read = (app: App) => app.inject({ url: '/api/node/metrics?timeframe=hour', headers })
  t.equal((await read(first)).statusCode, 200)
  await first.close()
  damage(join(folder, 'history.sqlite'), 'steps_3600')
  const again = await build(t, {}, { folder })
  t.equal((await read(again)).statusCode, 200)
  t.ok(readdirSync(folder).some((name) => name.startsWith('history.sqlite.broken-')))
  const health = JSON.stringify((await again.inject('/api/system-info')).json())
  t.match(health, /Metric history was damaged and has been replaced/)
})

t.test('a leftover write-ahead log is not replayed into the replacement of a damaged file', async (t) => {
  const folder = await copyOfTemplate(t)
  const path = join(folder, 'state.sqlite')
  const other = new DatabaseSync(path)
  other.exec("UPDATE sessions SET credential = 'another'")
  cpSync(`${path}-wal`, `${path}-wal.kept`)
  other.close()
  damage(path, 'header')
  cpSync(`${path}-wal.kept`, `${path}-wal`)
  const app = await build(t, {}, { folder })
  t.equal((await login(app)).statusCode, 200)
  t.equal(app.stores.database.fault(), null)
})
