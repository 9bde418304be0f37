import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type AuditRow, BEFORE_THE_FIRST, type ChainEnd, hashRow } from '../audit/chain.ts'
import type { AuditEntry } from '../audit/line.ts'
import { inTransaction } from './database.ts'

export interface AuditQuery {
  limit: number
  /** Only entries before this one; a time stands for the first entry from then on. */
  before?: { id: number } | { at: number }
  /** Each as it is stored. */
  event?: string
  user?: string
  address?: string
}

/** The seam a second implementation takes. */
export interface AuditStore {
  /** Adds entries to the end of the chain, all or none. Throws at once where another process is writing for long. */
  append(entries: readonly AuditEntry[]): Promise<void>
  /** Entries that match, the newest first. */
  list(query: AuditQuery): Promise<AuditRow[]>
  /** Removes up to `atMost` of the oldest where there are more than `keep`; whether more is to be removed. */
  prune(keep: number, atMost: number): Promise<boolean>
}

/** What others' short writes need; the daemon stands still meanwhile. */
const WAIT_MS = 20
/** Rows looked through at a time where two filters rarely meet. */
const SLICE = 50_000

const rowColumns = 'id, at, level, event, address, user, target'

/** The page of a query among the rows `:above` < id <= `:newest`, which an index gives in its order. */
export function describePage({ event, user, address }: Omit<AuditQuery, 'limit'>) {
  const filters = Object.entries({ event, user, address }).filter(([, value]) => value !== undefined)
  const where = ['id > :above AND id <= :newest', ...filters.map(([column]) => `${column} = :${column}`)]
  return {
    sql: `SELECT ${rowColumns} FROM audit_events WHERE ${where.join(' AND ')} ORDER BY id DESC LIMIT :limit`,
    values: Object.fromEntries(filters) as Record<string, SQLInputValue>
  }
}

export function createAuditStore(database: DatabaseSync): AuditStore {
  const selectEnd = database.prepare('SELECT id, hash FROM audit_ends WHERE name = ?')
  const setEnd = database.prepare('INSERT OR REPLACE INTO audit_ends (name, id, hash) VALUES (?, ?, ?)')
  const selectNewest = database.prepare('SELECT id, hash FROM audit_events WHERE id <= ? ORDER BY id DESC LIMIT 1')
  const insert = database.prepare(`INSERT INTO audit_events (${rowColumns}, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
  const removeUpTo = database.prepare('DELETE FROM audit_events WHERE id <= ?')
  const newestUpTo = (id: number) => selectNewest.get(id) as unknown as ChainEnd | undefined
  const endOf = (name: 'head' | 'anchor') =>
    (selectEnd.get(name) as unknown as ChainEnd | undefined) ?? BEFORE_THE_FIRST

  return {
    async append(entries) {
      inTransaction(
        database,
        () => {
          // The head, not the last row: what was deleted at the end stays missing when more is written.
          let { id, hash } = endOf('head')
          id = Math.max(id, newestUpTo(Number.MAX_SAFE_INTEGER)?.id ?? 0)
          for (const { at, level, event, address, user, target } of entries) {
            hash = hashRow(hash, { id: ++id, at, level, event, address, user, target })
            insert.run(id, at, level, event, address, user, target, hash)
          }
          setEnd.run('head', id, hash)
        },
        WAIT_MS
      )
    },

    async list({ limit, before, ...filters }) {
      const { sql, values } = describePage(filters)
      const page = database.prepare(sql)
      const rows: AuditRow[] = []
      let top = Number.MAX_SAFE_INTEGER
      if (before && 'id' in before) top = before.id - 1
      else if (before) {
        // By the clock, whose jumps the order of the chain does not follow.
        const last = database
          .prepare('SELECT id FROM audit_events WHERE at < ? ORDER BY at DESC, id DESC LIMIT 1')
          .get(before.at)
        top = (last?.id as number | undefined) ?? 0
      }
      for (;;) {
        const newest = newestUpTo(top)?.id
        if (newest === undefined) return rows
        const range = { above: newest - SLICE, newest, limit: limit - rows.length }
        rows.push(...(page.all({ ...values, ...range }) as unknown as AuditRow[]))
        if (rows.length >= limit) return rows
        top = newest - SLICE
        await nextTurn()
      }
    },

    async prune(keep, atMost) {
      const surplus = () => endOf('head').id - endOf('anchor').id - keep
      if (surplus() <= 0) return false
      inTransaction(
        database,
        () => {
          const anchor = endOf('anchor')
          const upTo = anchor.id + Math.min(surplus(), atMost)
          setEnd.run('anchor', upTo, newestUpTo(upTo)?.hash ?? anchor.hash)
          removeUpTo.run(upTo)
        },
        WAIT_MS
      )
      return surplus() > 0
    }
  }
}
