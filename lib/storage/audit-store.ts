import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type AuditRow, BEFORE_THE_FIRST, type ChainEnd, hashRow } from '../audit/chain.ts'
import { inTransaction } from './database.ts'
import type { StateDatabase } from './state-database.ts'
import type { Statements } from './statements.ts'
import type { AuditQuery, AuditStore } from './stores/audit.ts'

/** The index in the state database; an append fails at once where another process is writing. */
export interface HostAuditStore extends AuditStore {
  /** After damage lost rows: sets the ends of the chain to those of the remaining rows. */
  repairEnds(): Promise<void>
}

/** Rows per slice of a query whose filters rarely match together. */
const SLICE = 50_000

const rowColumns = 'id, at, level, event, address, user, target'

/** One page of a query over the rows `:above` < id <= `:newest`, ordered by an index. */
export function describePage({ event, user, address }: Omit<AuditQuery, 'limit'>) {
  const filters = Object.entries({ event, user, address }).filter(([, value]) => value !== undefined)
  const where = ['id > :above AND id <= :newest', ...filters.map(([column]) => `${column} = :${column}`)]
  return {
    sql: `SELECT ${rowColumns} FROM audit_events WHERE ${where.join(' AND ')} ORDER BY id DESC LIMIT :limit`,
    values: Object.fromEntries(filters) as Record<string, SQLInputValue>
  }
}

const endOf = (sql: Statements, name: 'head' | 'anchor'): ChainEnd =>
  (sql.get`SELECT id, hash FROM audit_ends WHERE name = ${name}` as ChainEnd | undefined) ?? BEFORE_THE_FIRST

const setEnd = (sql: Statements, name: 'head' | 'anchor', { id, hash }: ChainEnd) =>
  sql.run`INSERT OR REPLACE INTO audit_ends (name, id, hash) VALUES (${name}, ${id}, ${hash})`

const newestUpTo = (sql: Statements, id: number) =>
  sql.get`SELECT id, hash FROM audit_events WHERE id <= ${id} ORDER BY id DESC LIMIT 1` as ChainEnd | undefined

const newest = (sql: Statements) => newestUpTo(sql, Number.MAX_SAFE_INTEGER)

export function createAuditStore(state: Pick<StateDatabase, 'use'>): HostAuditStore {
  const inWrite = <T>(work: (sql: Statements) => T): T =>
    state.use((database, sql) => inTransaction(database, () => work(sql)))

  /** The matching rows of one slice, newest first, and the start of the next slice. */
  const readSlice = (database: DatabaseSync, sql: Statements, query: Omit<AuditQuery, 'before'>, top: number) => {
    const last = newestUpTo(sql, top)?.id
    if (last === undefined) return null
    const { limit, ...filters } = query
    const { sql: text, values } = describePage(filters)
    const rows = database.prepare(text).all({ ...values, above: last - SLICE, newest: last, limit })
    return { rows: rows as unknown as AuditRow[], next: last - SLICE }
  }

  /** The highest id before an entry or a time. */
  const topOf = (sql: Statements, before: AuditQuery['before']): number => {
    if (before === undefined) return Number.MAX_SAFE_INTEGER
    if ('id' in before) return before.id - 1
    // By the wall clock, which may jump against the order of the chain.
    const last = sql.get`SELECT id FROM audit_events WHERE at < ${before.at} ORDER BY at DESC, id DESC LIMIT 1`
    return (last?.id as number | undefined) ?? 0
  }

  return {
    async append(entries) {
      inWrite((sql) => {
        // The head, not the last row: rows deleted at the end must stay detectable after new rows.
        let { id, hash } = endOf(sql, 'head')
        id = Math.max(id, newest(sql)?.id ?? 0)
        for (const { at, level, event, address, user, target } of entries) {
          hash = hashRow(hash, { id: ++id, at, level, event, address, user, target })
          sql.run`INSERT INTO audit_events (id, at, level, event, address, user, target, hash)
            VALUES (${id}, ${at}, ${level}, ${event}, ${address}, ${user}, ${target}, ${hash})`
        }
        setEnd(sql, 'head', { id, hash })
      })
    },

    async list({ limit, before, ...filters }) {
      const rows: AuditRow[] = []
      let top = state.use((_, sql) => topOf(sql, before))
      for (;;) {
        const query = { ...filters, limit: limit - rows.length }
        const slice = state.use((database, sql) => readSlice(database, sql, query, top))
        if (slice === null) return rows
        rows.push(...slice.rows)
        if (rows.length >= limit) return rows
        top = slice.next
        await nextTurn()
      }
    },

    async prune(keep, atMost) {
      const surplusIn = (sql: Statements) => endOf(sql, 'head').id - endOf(sql, 'anchor').id - keep
      if (state.use((_, sql) => surplusIn(sql)) <= 0) return false
      return inWrite((sql) => {
        const anchor = endOf(sql, 'anchor')
        const upTo = anchor.id + Math.min(surplusIn(sql), atMost)
        setEnd(sql, 'anchor', { id: upTo, hash: newestUpTo(sql, upTo)?.hash ?? anchor.hash })
        sql.run`DELETE FROM audit_events WHERE id <= ${upTo}`
        return surplusIn(sql) > 0
      })
    },

    async repairEnds() {
      inWrite((sql) => {
        const last = newest(sql)
        if (last === undefined || last.id <= endOf(sql, 'head').id) return
        setEnd(sql, 'head', last)
        const first = sql.get`SELECT id, hash FROM audit_events ORDER BY id LIMIT 1` as unknown as ChainEnd
        if (endOf(sql, 'anchor').id > 0 || first.id === 1) return
        // The hash of the first row cannot be verified without its predecessor, so the row becomes the trusted anchor.
        setEnd(sql, 'anchor', first)
        sql.run`DELETE FROM audit_events WHERE id = ${first.id}`
      })
    }
  }
}
