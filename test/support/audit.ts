import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Test } from 'tap'
import { type Audit, createAudit } from '../../lib/audit/events.ts'
import { type AuditEntry, formatLine } from '../../lib/audit/line.ts'
import { createAuditStore } from '../../lib/storage/audit-store.ts'
import { openStateDatabase } from '../../lib/storage/state-database.ts'
import { temporaryFolder } from './app.ts'

/** The entries that telling events makes. */
export function entriesOf(tell: (audit: Audit) => void, at = 0): AuditEntry[] {
  const entries: AuditEntry[] = []
  tell(createAudit({ write: (entry) => entries.push(entry), now: () => at }))
  return entries
}

/** The log's lines of them. */
export const linesOf = (tell: (audit: Audit) => void, at?: number): string[] => entriesOf(tell, at).map(formatLine)

/** `count` failed logins of users u1, u2, …, a second apart. */
export const failures = (count: number, from = 1): AuditEntry[] =>
  Array.from({ length: count }, (_, i) => {
    const n = from + i
    return entriesOf((audit) => audit.loginFailed({ address: `203.0.113.${n % 250}`, user: `u${n}` }), n * 1000)[0]!
  })

/** A state database that must not be found damaged. */
export function openState(t: Test, path: string, now = Date.now) {
  const state = openStateDatabase({
    path,
    now,
    onSetAside: () => t.fail('a good database was replaced'),
    onTrouble: (fault) => fault && t.comment(fault.message)
  })
  t.teardown(() => state.close())
  return state
}

/** A state database with its audit store, in a folder of its own. */
export async function openStore(t: Test) {
  const path = join(await temporaryFolder(t), 'state.sqlite')
  const state = openState(t, path)
  const database = state.use((database) => database)
  return { path, state, database, store: createAuditStore(state) }
}

/** Changes a database behind the daemon's back. */
export function tamper(path: string, sql: string): void {
  const database = new DatabaseSync(path)
  database.exec(sql)
  database.close()
}
