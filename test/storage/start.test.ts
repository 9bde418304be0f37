import { fork } from 'node:child_process'
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { historyMigrations } from '../../lib/history/tables.ts'
import { openDatabase } from '../../lib/storage/database.ts'
import { stateMigrations } from '../../lib/storage/state-tables.ts'
import { startDaemon } from '../attack/harness.ts'
import { build, PASSWORD, setUp, temporaryFolder } from '../support/app.ts'
import { openState } from '../support/audit.ts'
import { until } from '../support/waiting.ts'

const versionOf = (path: string): number => {
  const database = new DatabaseSync(path, { readOnly: true })
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number }
  database.close()
  return version
}

t.test('concurrent first starts migrate a database once', async (t) => {
  const path = join(await temporaryFolder(t), 'state.sqlite')
  const children = Array.from({ length: 8 }, () => fork(join(import.meta.dirname, 'opener.ts'), [path]))
  const ended = children.map((child) => new Promise((done) => child.once('exit', done)))
  await Promise.all(children.map((child) => new Promise((done) => child.once('message', done))))
  for (const child of children) child.send('open')
  t.same(
    await Promise.all(ended),
    children.map(() => 0)
  )
  t.equal(versionOf(path), stateMigrations.length)
})

t.test('each older version is migrated', async (t) => {
  for (let version = 0; version < stateMigrations.length; version++) {
    const path = join(await temporaryFolder(t), 'state.sqlite')
    const old = new DatabaseSync(path)
    for (const step of stateMigrations.slice(0, version)) old.exec(step)
    old.exec(`PRAGMA user_version = ${version}`)
    old.close()
    await openState(t, path).close()
    t.equal(versionOf(path), stateMigrations.length, `from ${version}`)
  }
})

t.test('a database of a newer program is refused with both versions, and not changed', async (t) => {
  const folder = await temporaryFolder(t)
  const path = join(folder, 'state', 'state.sqlite')
  await openState(t, path).close()
  const newer = new DatabaseSync(path)
  newer.exec('PRAGMA user_version = 99')
  newer.close()
  const outcome = await startDaemon(t, folder).then(
    () => null,
    (error: Error) => error.message
  )
  t.match(
    outcome,
    new RegExp(`state.sqlite cannot be read: it has version 99, and .* up to ${stateMigrations.length};`, 's')
  )
  t.equal(versionOf(path), 99)
})

t.test('a newer metric history does not stop the start, and is not changed', async (t) => {
  const folder = await temporaryFolder(t)
  const path = join(folder, 'history.sqlite')
  openDatabase({ path, migrations: historyMigrations, now: Date.now, onSetAside: () => t.fail() }).close()
  const newer = new DatabaseSync(path)
  newer.exec('PRAGMA user_version = 99')
  newer.close()
  const app = await build(t, {}, { folder })
  const token = await setUp(app)
  const reply = await app.inject({ url: '/api/node/metrics', headers: { authorization: `Bearer ${token}` } })
  t.equal(reply.statusCode, 503)
  t.equal(versionOf(path), 99)
})

const login = (app: Awaited<ReturnType<typeof build>>) =>
  app.inject({ method: 'POST', url: '/api/auth/login', payload: { username: 'admin', password: PASSWORD } })

/** Another program that is writing to the state database. */
function holdWriteLock(t: Test, path: string) {
  const other = new DatabaseSync(path)
  other.exec('BEGIN IMMEDIATE')
  t.teardown(() => other.isOpen && other.close())
  return () => other.close()
}

t.test('a lock on the state database delays no other request, and a login only briefly', async (t) => {
  const folder = await temporaryFolder(t)
  const app = await build(t, {}, { folder })
  await setUp(app)
  const path = join(folder, 'state.sqlite')
  const release = holdWriteLock(t, path)
  let isAnswered = false
  let others = 0
  const waiting = login(app).finally(() => {
    isAnswered = true
  })
  while (!isAnswered) {
    if ((await app.inject('/api/system-info')).statusCode === 200) others++
    // An injected request alone waits for no turn of the loop.
    await nextTurn()
  }
  t.equal((await waiting).statusCode, 200, 'a lock that never ends is waited for no longer than two seconds')
  t.ok(others > 20, `${others} requests were answered meanwhile`)
  t.equal((await login(app)).statusCode, 200)
  t.match(app.stores.database.fault()?.message, /locked by another program/)
  release()
  await until(() => app.stores.database.fault() === null)
  const rows = new DatabaseSync(path).prepare('SELECT count(*) AS count FROM sessions').get()
  t.equal(rows!.count, 3, 'and everything is saved afterwards')
})

t.test('the write-ahead log is truncated again after a long reader', async (t) => {
  const folder = await temporaryFolder(t)
  const path = join(folder, 'state.sqlite')
  const state = openState(t, path)
  const walSize = () => statSync(`${path}-wal`).size
  const reader = new DatabaseSync(path)
  reader.exec('BEGIN')
  reader.prepare('SELECT count(*) FROM sessions').get()
  const write = (rows: number) =>
    state.use((database) => {
      const insert = database.prepare('INSERT OR REPLACE INTO token_uses VALUES (?, 0, ?)')
      for (let i = 0; i < rows; i++) insert.run(`hash ${i}`, 'x'.repeat(3000))
    })
  write(4000)
  t.ok(walSize() > 12_000_000, 'the log cannot be truncated while it is read')
  reader.close()
  write(1500)
  t.ok(walSize() <= 8_000_000, `${walSize()} bytes`)
})

t.test('a missing folder is created at the start', async (t) => {
  const path = join(await temporaryFolder(t), 'a/b/state.sqlite')
  await openState(t, path).close()
  t.equal(versionOf(path), stateMigrations.length)
  t.equal(statSync(path).mode & 0o077, 0)
})

t.test('a state database that is a text file is replaced, and the daemon starts', async (t) => {
  const folder = await temporaryFolder(t)
  writeFileSync(join(folder, 'state.sqlite'), 'no database '.repeat(1000))
  const app = await build(t, {}, { folder })
  await setUp(app)
  t.equal((await login(app)).statusCode, 200)
})
