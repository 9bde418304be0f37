import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import t, { type Test } from 'tap'
import { startDaemon } from '../attack/harness.ts'
import { PASSWORD, temporaryFolder } from '../support/app.ts'
import { failures, openState, openStore, tamper } from '../support/audit.ts'
import { executable } from '../support/executable.ts'
import { standIn } from '../support/stand-in.ts'
import { until } from '../support/waiting.ts'

/** The real command. */
function verify(folder: string, more: { env?: Record<string, string>; uid?: number } = {}) {
  const env = { PATH: process.env.PATH, HOME: folder, MONITOR_STATE_DIR: folder, ...more.env }
  const run = spawnSync(executable, ['audit', 'verify'], { encoding: 'utf8', ...more, env })
  return { code: run.status, line: run.stdout + run.stderr }
}

/** An index of `count` entries, its database closed. */
async function writtenIndex(t: Test, count: number) {
  const { path, store, state } = await openStore(t)
  await store.append(failures(count))
  await state.close()
  return { path, folder: dirname(path) }
}

t.test('a whole chain is reported in one line with exit code 0', async (t) => {
  const { folder, path } = await writtenIndex(t, 20)
  const before = readFileSync(path)
  const times = 'from 1970-01-01T00:00:01.000Z to 1970-01-01T00:00:20.000Z'
  t.same(verify(folder), { code: 0, line: `audit: ${path}: 20 entries (1 to 20) ${times}, the chain is whole\n` })
  t.ok(before.equals(readFileSync(path)), 'and the database is as it was')
  // SQLite leaves an empty log there, which the next daemon takes away.
  for (const name of readdirSync(folder)) t.equal(statSync(join(folder, name)).mode & 0o077, 0, name)
  await openState(t, path).close()
  t.same(readdirSync(folder), ['state.sqlite'])
  tamper(path, 'PRAGMA journal_mode = DELETE')
  t.match(verify(folder), { code: 0 })
})

t.test('an index without entries is whole', async (t) => {
  const { folder, path } = await writtenIndex(t, 0)
  t.same(verify(folder), { code: 0, line: `audit: ${path}: no entries, the chain is whole\n` })
})

const first = 'UPDATE audit_events SET'
const hash = "x'00'"
const attacks: [string, string, RegExp][] = [
  ['a changed user', `${first} user = 'x' WHERE id = 7`, /entry 7 was altered/],
  ['a changed address', `${first} address = '::1' WHERE id = 1`, /entry 1 was altered$/],
  ['a changed time', `${first} at = at + 1 WHERE id = 20`, /entry 20 was altered/],
  ['a changed level', `${first} level = 'INFO' WHERE id = 7`, /entry 7 was altered/],
  ['a changed event', `${first} event = 'login_succeeded' WHERE id = 7`, /entry 7 was altered/],
  ['an added target', `${first} target = '' WHERE id = 7`, /entry 7 was altered/],
  ['a changed hash', `${first} hash = ${hash} WHERE id = 7`, /entry 7 was altered/],
  ['the first of two changes', `${first} user = 'x' WHERE id IN (5, 12)`, /entry 5 was altered/],
  ['the first deleted', 'DELETE FROM audit_events WHERE id = 1', /entry 1 is missing/],
  ['one deleted', 'DELETE FROM audit_events WHERE id = 7', /entry 7 is missing/],
  ['some deleted', 'DELETE FROM audit_events WHERE id BETWEEN 7 AND 9', /entries 7 to 9 are missing/],
  ['the last deleted', 'DELETE FROM audit_events WHERE id = 20', /entry 20 is missing/],
  ['the last ones deleted', 'DELETE FROM audit_events WHERE id > 12', /entries 13 to 20 are missing/],
  ['all deleted', 'DELETE FROM audit_events', /entries 1 to 20 are missing/],
  [
    'one deleted and the rest moved up',
    'DELETE FROM audit_events WHERE id = 7; UPDATE audit_events SET id = id - 1 WHERE id > 7',
    /entry 7 was altered/
  ],
  [
    'two in each other’s place',
    'UPDATE audit_events SET id = -1 WHERE id = 7; UPDATE audit_events SET id = 7 WHERE id = 8; UPDATE audit_events SET id = 8 WHERE id = -1',
    /entry 7 was altered/
  ],
  [
    'one put in at the end',
    `INSERT INTO audit_events VALUES (21, 0, 'INFO', 'x', 'x', 'x', NULL, ${hash})`,
    /entry 21 was inserted/
  ],
  [
    'one put in at the beginning',
    `INSERT INTO audit_events VALUES (0, 0, 'INFO', 'x', 'x', 'x', NULL, ${hash})`,
    /entry 0 was inserted/
  ],
  [
    'one put in between',
    `UPDATE audit_events SET id = -id WHERE id > 7; UPDATE audit_events SET id = 1 - id WHERE id < 0;
     INSERT INTO audit_events VALUES (8, 0, 'INFO', 'x', 'x', 'x', NULL, ${hash})`,
    /entry 8 was altered/
  ],
  [
    'the record of the last taken away',
    "DELETE FROM audit_ends WHERE name = 'head'",
    /record of the last entry is missing/
  ],
  [
    'the record of the first taken away',
    "DELETE FROM audit_ends WHERE name = 'anchor'",
    /record of the first entry is missing/
  ],
  [
    'an id beyond all numbers',
    `${first} id = 9223372036854775807 WHERE id = 20`,
    /entry 9223372036854776000 was inserted/
  ],
  ['a number beyond all numbers', `${first} at = 9223372036854775807 WHERE id = 7`, /entry 7 was altered/]
]

for (const [name, sql, fault] of attacks) {
  t.test(`${name}: the fault is named, with exit code 1`, async (t) => {
    const { path, folder } = await writtenIndex(t, 20)
    tamper(path, sql)
    const { code, line } = verify(folder)
    t.equal(code, 1)
    t.match(line, /^audit: [^\n]+\n$/)
    t.match(line.trim(), fault)
  })
}

t.test('an entry with a recomputed hash is detected by the next entry or by the record of the last one', async (t) => {
  for (const [id, fault] of [
    [7, /entry 8 was altered, or entry 7 and its hash\n$/],
    [20, /entry 20 and its hash were altered\n$/]
  ] as const) {
    const { path, folder } = await writtenIndex(t, 20)
    const { hashRow } = await import('../../lib/audit/chain.ts')
    const database = new DatabaseSync(path)
    const [before, row] = database.prepare('SELECT * FROM audit_events WHERE id IN (?, ?)').all(id - 1, id)
    const forged = standIn<Parameters<typeof hashRow>[1]>({ ...row, user: 'x' })
    const made = hashRow(before!.hash as Uint8Array, forged)
    database.prepare("UPDATE audit_events SET user = 'x', hash = ? WHERE id = ?").run(made, id)
    database.close()
    const { code, line } = verify(folder)
    t.equal(code, 1)
    t.match(line, fault)
  }
})

t.test('deleted entries are still reported after new ones were written', async (t) => {
  const { path, folder } = await writtenIndex(t, 20)
  tamper(path, 'DELETE FROM audit_events WHERE id > 18')
  const { createAuditStore } = await import('../../lib/storage/audit-store.ts')
  const database = openState(t, path)
  await createAuditStore(database).append(failures(5))
  await database.close()
  t.match(verify(folder), { code: 1, line: /entries 19 to 20 are missing/ })
})

t.test('an unreadable index is exit code 2, and is not changed', async (t) => {
  const folder = await temporaryFolder(t)
  t.match(verify(folder), { code: 2, line: /state\.sqlite does not exist/ })
  t.same(readdirSync(folder), [])
  writeFileSync(join(folder, 'state.sqlite'), 'no database, and long enough to be seen as none'.repeat(40))
  t.match(verify(folder), { code: 2, line: /cannot be read/ })
  t.same(readdirSync(folder), ['state.sqlite'])
  rmSync(join(folder, 'state.sqlite'))
  tamper(join(folder, 'state.sqlite'), 'CREATE TABLE other (id)')
  t.match(verify(folder), { code: 2, line: /no such table/ }, 'a database of an older version')
  t.match(verify(folder, { env: { MONITOR_PORT: 'x' } }), { code: 2, line: /^MONITOR_PORT: / })
})

t.test(
  'for an ordinary user the state is found in their own folder',
  { skip: process.getuid?.() !== 0 && 'needs root to become another' },
  async (t) => {
    const { folder, path } = await writtenIndex(t, 3)
    const config = join(folder, 'config')
    mkdirSync(join(config, 'state'), { recursive: true })
    renameSync(path, join(config, 'state/state.sqlite'))
    chmodSync(folder, 0o755)
    spawnSync('chown', ['-R', '65534:65534', config])
    const env = { MONITOR_STATE_DIR: join(folder, 'not-theirs'), MONITOR_CONFIG_DIR: config }
    t.match(verify(folder, { uid: 65534, env }), { code: 0, line: /3 entries/ })
    t.match(verify(folder, { env }), { code: 0, line: /3 entries/ }, 'root finds it too')
    spawnSync('chown', ['-R', '0:0', config])
    t.match(
      verify(folder, { env }),
      { code: 2, line: /not-theirs\S* does not exist/ },
      'root’s daemon never falls back'
    )
  }
)

t.test('a chain can be verified while its daemon writes to it, and after the daemon was killed', async (t) => {
  const folder = await temporaryFolder(t)
  const state = join(folder, 'state')
  const daemon = await startDaemon(t, folder)
  const post = (path: string, body: object) =>
    fetch(`${daemon.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body)
    }).catch(() => null)
  await post('/api/auth/setup', { username: 'admin', password: PASSWORD })
  let isOver = false
  const trying = (async () => {
    for (let i = 0; !isOver; i++) await post('/api/auth/login', { username: `user${i}`, password: 'x' })
  })()
  await until(() => /[1-9] entries|entry \(/.test(verify(state).line))
  for (let i = 0; i < 3; i++) t.match(verify(state), { code: 0, line: /the chain is whole/ })
  daemon.signal('SIGKILL')
  await daemon.exited
  isOver = true
  await trying
  t.match(verify(state), { code: 0, line: /the chain is whole/ })
})
