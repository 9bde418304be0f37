import type { AuditRow, ChainEnd } from '../../audit/chain.ts'
import type { AuditLevel } from '../../audit/line.ts'
import type { Query } from './database.ts'

/** A row of `audit_events`. PostgreSQL's bigint arrives as text. */
export interface AuditRecord {
  id: string
  at: string
  level: AuditLevel
  event: string
  address: string
  username: string
  target: string | null
}

/** An entry of the index. The order of its fields is that of the API. */
export const rowOf = ({ id, at, level, event, address, username, target }: AuditRecord): AuditRow => ({
  id: Number(id),
  at: Number(at),
  level,
  event,
  address,
  user: username,
  target
})

interface EndsRecord {
  head_id: string
  head_hash: Buffer
  anchor_id: string
  anchor_hash: Buffer
}

/** The ends of a tenant's chain; null before its first entry. */
export async function endsOf(
  query: Query,
  tenant: number,
  lock: 'FOR UPDATE' | '' = ''
): Promise<{ head: ChainEnd; anchor: ChainEnd } | null> {
  const [row] = await query<EndsRecord>(
    `SELECT head_id, head_hash, anchor_id, anchor_hash FROM audit_ends WHERE tenant_id = $1 ${lock}`,
    [tenant]
  )
  if (row === undefined) return null
  return {
    head: { id: Number(row.head_id), hash: row.head_hash },
    anchor: { id: Number(row.anchor_id), hash: row.anchor_hash }
  }
}
