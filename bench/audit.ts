// The cost of the audit index at its full size:
//   node bench/audit.ts [entries]
// The database is created in a temporary folder. Times are of this process, with a warm cache.
// Needs GNU time (apt-get install time).
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { AuditEntry } from '../lib/audit/line.ts'
import { formatLine } from '../lib/audit/line.ts'
import { type AuditQuery, createAuditStore } from '../lib/storage/audit-store.ts'
import { openStateDatabase } from '../lib/storage/state-database.ts'

const count = Number(process.argv[2] ?? 1_000_000)
const folder = mkdtempSync(join(tmpdir(), 'monitor-audit-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
const path = join(folder, 'state.sqlite')
const state = openStateDatabase({ path, now: Date.now, onSetAside() {}, onTrouble() {} })
const store = createAuditStore(state)

/** Every twentieth login succeeds; two of three are for admin. They come from 65,536 addresses. */
const entryOf = (i: number): AuditEntry => ({
  at: 1_700_000_000_000 + i * 1000,
  level: 'WARNING',
  event: i % 20 ? 'login_failed' : 'login_succeeded',
  text: 'authentication failure;',
  address: `203.0.${((i * 7919) >> 8) & 255}.${(i * 7919) & 255}`,
  user: i % 3 ? 'admin' : `user${i % 5000}`,
  target: null
})
const entriesFrom = (first: number, length: number) => Array.from({ length }, (_, i) => entryOf(first + i))

const print = (name: string, value: string) => console.log(`| ${name} | ${value} |`)
async function measure(name: string, rounds: number, work: () => Promise<unknown>): Promise<void> {
  await work()
  const times: number[] = []
  for (let i = 0; i < rounds; i++) {
    const started = performance.now()
    await work()
    times.push(performance.now() - started)
  }
  times.sort((a, b) => a - b)
  const [median, worst] = [times[rounds >> 1]!, times.at(-1)!]
  print(name, `${median.toFixed(2)} ms, the slowest of ${rounds} ${worst.toFixed(2)} ms`)
}

console.log(`node ${process.version}, ${count} entries\n\n| what | measured |\n| --- | --- |`)
const started = performance.now()
let logBytes = 0
for (let i = 1; i <= count; i += 100) {
  const entries = entriesFrom(i, Math.min(100, count - i + 1))
  logBytes += entries.reduce((sum, entry) => sum + formatLine(entry).length, 0)
  await store.append(entries)
}
print('writing them, 100 in a transaction', `${((performance.now() - started) / 1000).toFixed(1)} s`)
state.use((database) => database.exec('PRAGMA wal_checkpoint(TRUNCATE)'))
const mb = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`
print('the log file of the same events', mb(logBytes))
print('the database', mb(statSync(path).size))

let next = count + 1
await measure('append 1', 1000, () => store.append([entryOf(next++)]))
await measure('append 100', 100, () => {
  next += 100
  return store.append(entriesFrom(next - 100, 100))
})
await measure('remove the 100 oldest', 100, () => store.prune(0, 100))

const queries: Record<string, Omit<AuditQuery, 'limit'>> = {
  'newest 100': {},
  'newest 100 before the middle, by id': { before: { id: count / 2 } },
  'newest 100 before the middle, by time': { before: { at: entryOf(count / 2).at } },
  'of one event': { event: 'login_succeeded' },
  'of one user': { user: 'user4998' },
  'of an unknown user': { user: 'nobody' },
  'of one address': { address: entryOf(count / 2).address },
  'of one event and user': { event: 'login_failed', user: 'admin' },
  'of two that never meet, each on many rows': { event: 'user_removed', user: 'admin' }
}
for (const [name, query] of Object.entries(queries)) await measure(name, 50, () => store.list({ limit: 100, ...query }))
await measure('newest 1000 of one user', 50, () => store.list({ limit: 1000, user: 'admin' }))
const begin = performance.now()
const { MONITOR_STATE_DIR: _, ...env } = process.env
const command = resolve(import.meta.dirname, '../bin/proxmenux-monitor')
const run = spawnSync('/usr/bin/time', ['-f', '%M', command, 'audit', 'verify'], {
  env: { ...env, MONITOR_STATE_DIR: folder },
  encoding: 'utf8'
})
print(
  '`audit verify`, the whole command',
  `${((performance.now() - begin) / 1000).toFixed(1)} s, ${(Number(run.stderr.trim().split('\n').at(-1)) / 1024).toFixed(0)} MiB: ${run.stdout.trim()}`
)

// The longest block of the event loop.
let longest = 0
let last = performance.now()
const watching = setInterval(() => {
  longest = Math.max(longest, performance.now() - last)
  last = performance.now()
}, 0)
state.use((database) => database.exec("UPDATE audit_events SET event = 'user_removed' WHERE id % 3 = 0"))
last = performance.now()
await store.list({ limit: 100, event: 'user_removed', user: 'admin' })
clearInterval(watching)
print('the longest that others wait for such a query', `${longest.toFixed(1)} ms`)
await state.close()
