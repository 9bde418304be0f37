import { fork } from 'node:child_process'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import t from 'tap'
import { createIndexWriter } from '../../lib/audit/index-writer.ts'
import { verifyAudit } from '../../lib/audit/verify.ts'
import { createAuditStore, describePage } from '../../lib/storage/audit-store.ts'
import type { AuditQuery } from '../../lib/storage/stores/audit.ts'
import { entriesOf, failures, openState, openStore } from '../support/audit.ts'
import { until } from '../support/waiting.ts'

const usersOf = (rows: { user: string }[]) => rows.map(({ user }) => user)
const upTo = (count: number) => Array.from({ length: count }, (_, i) => `u${count - i}`)

t.test('entries come newest first, in pages, before an entry or a time', async (t) => {
  const { store } = await openStore(t)
  await store.append(failures(10))
  const list = async (query: Partial<AuditQuery>) => usersOf(await store.list({ limit: 100, ...query }))
  t.same(await list({}), upTo(10))
  t.same(await list({ limit: 2 }), ['u10', 'u9'])
  t.same(await list({ before: { id: 4 } }), upTo(3))
  t.same(await list({ before: { id: 1 } }), [])
  t.same(await list({ before: { at: 4000 } }), upTo(3), 'entries are a second apart')
  t.same(await list({ before: { at: 4001 } }), upTo(4))
  t.same(await list({ before: { at: 0 } }), [])
  t.same(await list({ before: { at: Number.MAX_SAFE_INTEGER } }), upTo(10))
  t.same(await list({ event: 'login_failed', limit: 1 }), ['u10'])
  t.same(await list({ event: 'login_succeeded' }), [])
  t.same(await list({ user: 'u7', address: '203.0.113.7', event: 'login_failed' }), ['u7'])
  t.same(await list({ user: 'u7', address: '203.0.113.8' }), [])
})

t.test('a clock that was set back hides no later entry', async (t) => {
  const { store } = await openStore(t)
  await store.append(failures(1, 100))
  await store.append(failures(3))
  t.same(usersOf(await store.list({ limit: 9 })), ['u3', 'u2', 'u1', 'u100'])
  t.same(usersOf(await store.list({ limit: 9, before: { at: 50_000 } })), ['u3', 'u2', 'u1', 'u100'])
})

t.test('two filters that rarely match together are scanned in slices, and every match is found', async (t) => {
  const { store, database } = await openStore(t)
  await store.append(failures(1))
  database.exec(`INSERT INTO audit_events WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 120000)
    SELECT i, i, 'INFO', 'login_succeeded', '::1', 'u1', NULL, zeroblob(32) FROM n`)
  const plain = await store.list({ limit: 10, user: 'u1', event: 'login_failed' })
  t.same(
    plain.map(({ id }) => id),
    [1]
  )
  let turns = 0
  const counting = setInterval(() => turns++, 0)
  await store.list({ limit: 10, user: 'u1', event: 'login_failed' })
  clearInterval(counting)
  t.ok(turns >= 1, 'others had their turn meanwhile')
})

t.test('an index over its limit drops its oldest entries, and the chain stays whole', async (t) => {
  const { store, path, database } = await openStore(t)
  const writer = createIndexWriter({ store, keep: 1000 })
  for (const entry of failures(3000)) writer.append(entry)
  const count = database.prepare('SELECT count(*) AS count FROM audit_events')
  await until(() => writer.state().waiting === 0 && count.get()!.count === 1000)
  await writer.close()
  t.same(usersOf(await store.list({ limit: 2000 })).at(-1), 'u2001')
  t.match(verifyAudit(path), { code: 0, line: /^audit: .*: 1000 entries \(2001 to 3000\) .*the chain is whole$/ })
})

t.test('a burst is written in batches, complete and in order', async (t) => {
  const { store, path } = await openStore(t)
  const batches: number[] = []
  const writer = createIndexWriter({
    store: {
      ...store,
      append(entries) {
        batches.push(entries.length)
        return store.append(entries)
      }
    }
  })
  const entries = failures(20_000)
  for (let i = 0; i < entries.length; i += 500) {
    const before = batches.length
    for (const entry of entries.slice(i, i + 500)) writer.append(entry)
    t.equal(batches.length, before, 'no entry is written while an event is reported')
    while (writer.state().waiting > 5000) await nextTurn()
  }
  const before = batches.length
  await nextTurn()
  await nextTurn()
  t.ok(batches.length - before <= 2, 'one batch a turn')
  await until(() => writer.state().waiting === 0)
  await writer.close()
  t.ok(Math.max(...batches) <= 100)
  t.match(writer.state(), { writable: true, dropped: 0 })
  t.match(verifyAudit(path), { code: 0, line: /20000 entries/ })
  t.equal((await store.list({ limit: 1 }))[0]!.user, 'u20000')
})

t.test('a reader waits for the entries before its request, not for the end of a burst', async (t) => {
  const { store } = await openStore(t)
  const writer = createIndexWriter({ store })
  let n = 0
  const flood = setInterval(() => {
    for (const entry of failures(50, n + 1)) writer.append(entry)
    n += 50
  }, 0)
  await until(() => n > 500)
  const told = n
  await writer.settle()
  t.ok((await store.list({ limit: 1 }))[0]!.id >= told)
  clearInterval(flood)
  await writer.close()
})

t.test(
  'a database locked by another process blocks no caller; the waiting entries are written after it is released',
  async (t) => {
    const { store, path } = await openStore(t)
    const told: (Error | null)[] = []
    const writer = createIndexWriter({ store, onTrouble: (error) => told.push(error) })
    const other = new DatabaseSync(path)
    other.exec('BEGIN IMMEDIATE')
    for (const entry of failures(3)) writer.append(entry)
    await until(() => !writer.state().writable)
    t.match(writer.state(), { writable: false, error: /locked/, waiting: 3 })
    t.same(await store.list({ limit: 9 }), [], 'and the index can be read')
    for (const entry of failures(12_000, 4)) writer.append(entry)
    t.match(writer.state(), { waiting: 10_000, dropped: 2003 }, 'memory stays bounded')
    other.exec('ROLLBACK')
    other.close()
    await until(() => writer.state().waiting === 0)
    await writer.close()
    t.match(told, [Error, null])
    t.match(verifyAudit(path), { code: 0, line: /10000 entries/ })
  }
)

t.test('a full disk blocks no caller, and entries are written again once there is space', async (t) => {
  const { store, database, path } = await openStore(t)
  const { page_count: pages } = database.prepare('PRAGMA page_count').get() as { page_count: number }
  database.exec(`PRAGMA max_page_count = ${pages + 10}`)
  const told: (Error | null)[] = []
  const writer = createIndexWriter({ store, onTrouble: (error) => told.push(error) })
  for (const entry of failures(2000)) writer.append(entry)
  await until(() => !writer.state().writable)
  t.match(writer.state().error, /full/)
  const written = 2000 - writer.state().waiting
  t.match(verifyAudit(path), { code: 0 }, 'a batch is written as a whole or not')
  database.exec('PRAGMA max_page_count = 1000000')
  await until(() => writer.state().waiting === 0)
  await writer.close()
  t.match(told, [Error, null])
  t.match(verifyAudit(path), { code: 0, line: /2000 entries/ })
  t.ok(written < 2000)
})

t.test('waiting entries are written on close', async (t) => {
  const { store, path } = await openStore(t)
  const writer = createIndexWriter({ store })
  for (const entry of failures(600)) writer.append(entry)
  await writer.close()
  t.match(verifyAudit(path), { code: 0, line: /600 entries/ })
})

t.test('two processes write one chain', async (t) => {
  const { store, path } = await openStore(t)
  const writer = createIndexWriter({ store })
  const child = fork(join(import.meta.dirname, 'writer.ts'), [path, '500'])
  t.teardown(() => child.kill('SIGKILL'))
  const ended = new Promise((done) => child.once('exit', done))
  await new Promise((done) => child.once('message', done))
  for (const entry of failures(500)) {
    writer.append(entry)
    await nextTurn()
  }
  t.equal(await ended, 0)
  await until(() => writer.state().waiting === 0)
  await writer.close()
  t.match(verifyAudit(path), { code: 0, line: /1000 entries/ })
  const users = usersOf(await store.list({ limit: 1000 })).toReversed()
  const ours = users.filter((user) => user.startsWith('u'))
  t.same(ours, upTo(500).toReversed(), 'each in its order')
  t.equal(users.filter((user) => user === 'other').length, 500)
})

t.test('two connections that alternate write one chain', async (t) => {
  const { store, path } = await openStore(t)
  const other = createAuditStore(openState(t, path))
  for (let i = 0; i < 20; i++) await (i % 2 ? store : other).append(failures(3, 3 * i + 1))
  t.same(usersOf(await store.list({ limit: 99 })), upTo(60))
  t.match(verifyAudit(path), { code: 0, line: /60 entries/ })
})

t.test('every query over a million rows uses an index', async (t) => {
  const { store, database } = await openStore(t)
  database.exec(`BEGIN; INSERT INTO audit_events
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)
    SELECT i, i * 1000, 'WARNING', iif(i % 20, 'login_failed', 'login_succeeded'), '203.0.' || (i * 7919 >> 8 & 255) || '.' || (i & 255),
      'u' || (i % 5000), NULL, zeroblob(32) FROM n; COMMIT`)
  const filters: Omit<AuditQuery, 'limit'>[] = [
    {},
    { event: 'login_failed' },
    { event: 'login_succeeded' },
    { user: 'u4999' },
    { user: 'nobody' },
    { address: '203.0.1.1' },
    { event: 'login_succeeded', user: 'u1' },
    { event: 'login_failed', user: 'u1', address: '203.0.1.1' }
  ]
  for (const filter of filters) {
    const { sql, values } = describePage(filter)
    const plan = database
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all({ ...values, above: 0, newest: 1_000_000, limit: 101 })
      .map(({ detail }) => detail)
    t.match(plan, [/^SEARCH audit_events USING (INTEGER PRIMARY KEY|INDEX audit_events_by_\w+ \(\w+=\?)/])
    t.equal(plan.length, 1, 'and nothing is sorted')
    for (const before of [undefined, { id: 500_000 }, { at: 500_000_000 }]) {
      const started = performance.now()
      const rows = await store.list({ ...filter, limit: 101, ...(before ? { before } : {}) })
      const took = (performance.now() - started).toFixed(1)
      t.comment(`${JSON.stringify({ ...filter, before })}: ${rows.length} rows in ${took} ms`)
    }
  }
})

t.test('an unknown event and an event without a user are ordinary entries', async (t) => {
  const { store, path } = await openStore(t)
  const [entry] = entriesOf((audit) => audit.protectionDeclined({ address: '::1' }))
  await store.append([entry!, { ...entry!, event: 'from_tomorrow' }])
  t.match(await store.list({ limit: 9 }), [{ event: 'from_tomorrow' }, { event: 'protection_declined', user: '-' }])
  t.equal(verifyAudit(path).code, 0)
})
