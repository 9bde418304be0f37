import { type AuditRow, type ChainEnd, hashRow } from '../../audit/chain.ts'
import type { AuditEntry } from '../../audit/line.ts'
import { OPERATOR } from '../../auth/tenants.ts'
import type { AuditQuery, AuditStore } from '../stores/audit.ts'
import { type AuditRecord, endsOf, rowOf } from './audit-rows.ts'
import type { PanelDatabase, Query } from './database.ts'

export interface PanelAuditOptions {
  database: PanelDatabase
  /** The tenant of the present request, whose chain is listed. */
  tenant: () => number
}

/** Ids that one statement reads, so that filters that rarely match together do not read the whole table. */
const SLICE = 50_000

const rowColumns = 'id, at, level, event, address, username, target'

/** The chain of each tenant in PostgreSQL. */
export function createPanelAuditStore({ database, tenant }: PanelAuditOptions): AuditStore {
  /**
   * The ends of a chain, locked until the transaction ends: appends of all replicas follow each other. Null for a tenant
   * that was removed, and its index with it.
   */
  const lockEnds = async (query: Query, of: number) => {
    const ends = await endsOf(query, of, 'FOR UPDATE')
    if (ends !== null) return ends
    await query('INSERT INTO audit_ends (tenant_id) SELECT id FROM tenants WHERE id = $1 ON CONFLICT DO NOTHING', [of])
    return endsOf(query, of, 'FOR UPDATE')
  }

  /** The highest id before an entry or a time. */
  const topOf = async (of: number, before: AuditQuery['before'], head: number): Promise<number> => {
    if (before === undefined) return head
    if ('id' in before) return Math.min(head, before.id - 1)
    // By the wall clock, which may jump against the order of the chain.
    const [last] = await database.query<{ id: string }>(
      of,
      'SELECT id FROM audit_events WHERE tenant_id = $1 AND at < $2 ORDER BY at DESC, id DESC LIMIT 1',
      [of, before.at]
    )
    return Number(last?.id ?? 0)
  }

  const readSlice = async (of: number, query: Omit<AuditQuery, 'before'>, above: number, top: number) => {
    const filters = Object.entries({ event: query.event, username: query.user, address: query.address }).filter(
      ([, value]) => value !== undefined
    )
    const where = filters.map(([column], i) => ` AND ${column} = $${i + 5}`).join('')
    const records = await database.query<AuditRecord>(
      of,
      `SELECT ${rowColumns} FROM audit_events
       WHERE tenant_id = $1 AND id > $2 AND id <= $3${where} ORDER BY id DESC LIMIT $4`,
      [of, above, top, query.limit, ...filters.map(([, value]) => value)]
    )
    return records.map(rowOf)
  }

  const insert = async (query: Query, of: number, end: ChainEnd, entries: readonly AuditEntry[]): Promise<ChainEnd> => {
    let { id, hash } = end
    const hashes = entries.map((entry) => {
      hash = hashRow(hash, { ...entry, id: ++id })
      return hash
    })
    await query(
      `INSERT INTO audit_events (tenant_id, id, at, level, event, address, username, target, hash)
       SELECT $1, $2 + number, at, level, event, address, username, target, hash
       FROM unnest($3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bytea[])
         WITH ORDINALITY AS entry (at, level, event, address, username, target, hash, number)`,
      [
        of,
        end.id,
        entries.map(({ at }) => at),
        entries.map(({ level }) => level),
        entries.map(({ event }) => event),
        entries.map(({ address }) => address),
        entries.map(({ user }) => user),
        entries.map(({ target }) => target),
        hashes
      ]
    )
    return { id, hash }
  }

  return {
    async append(entries) {
      const chains = Map.groupBy(entries, (entry) => entry.tenant ?? OPERATOR)
      // In a fixed order, so that replicas wait for each other instead of a deadlock.
      const tenants = [...chains.keys()].toSorted((a, b) => a - b)
      await database.transaction('all', async (query) => {
        for (const of of tenants) {
          const ends = await lockEnds(query, of)
          if (ends === null) continue
          const { id, hash } = await insert(query, of, ends.head, chains.get(of)!)
          await query('UPDATE audit_ends SET head_id = $2, head_hash = $3 WHERE tenant_id = $1', [of, id, hash])
        }
      })
    },

    async list({ before, limit, ...filters }) {
      const of = tenant()
      const ends = await endsOf((text, values) => database.query(of, text, values), of)
      if (ends === null) return []
      const rows: AuditRow[] = []
      let top = await topOf(of, before, ends.head.id)
      while (top > ends.anchor.id && rows.length < limit) {
        rows.push(...(await readSlice(of, { ...filters, limit: limit - rows.length }, top - SLICE, top)))
        top -= SLICE
      }
      return rows
    },

    async prune(keep, atMost) {
      // Without a lock: most calls find nothing to prune.
      const [long] = await database.query<{ tenant_id: number }>(
        'all',
        'SELECT tenant_id FROM audit_ends WHERE head_id - anchor_id > $1 LIMIT 1',
        [keep]
      )
      if (long === undefined) return false
      const of = long.tenant_id
      return database.transaction(of, async (query) => {
        const ends = await lockEnds(query, of)
        const surplus = ends === null ? 0 : ends.head.id - ends.anchor.id - keep
        if (ends === null || surplus <= 0) return false
        const upTo = ends.anchor.id + Math.min(surplus, atMost)
        await query(
          `UPDATE audit_ends SET anchor_id = $2, anchor_hash = coalesce(
             (SELECT hash FROM audit_events WHERE tenant_id = $1 AND id = $2), anchor_hash)
           WHERE tenant_id = $1`,
          [of, upTo]
        )
        await query('DELETE FROM audit_events WHERE tenant_id = $1 AND id <= $2', [of, upTo])
        return surplus > atMost
      })
    }
  }
}
