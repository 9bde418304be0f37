import type { RefreshRecord, Session } from '../stores/sessions.ts'
import { keyOf } from './redis.ts'

/** A row of `sessions`. PostgreSQL's bigint arrives as text. */
export interface SessionRow {
  sid: string
  user_id: number
  credential: string
  amr: string[]
  address: string
  user_agent: string
  created_at: string
  expires_at: string
  last_used_at: string
  unusual: boolean
}

/** A row of `refresh_tokens`. */
export interface RefreshRow {
  hash: string
  sid: string
  expires_at: string
  replaced_by: string | null
  replaced_at: string | null
}

/** The columns of a SessionRow. */
export const SESSION_COLUMNS =
  'sid, user_id, credential, amr, address, user_agent, created_at, expires_at, last_used_at, unusual'

/** The session of a row. Redis knows its confirmation, not the row. */
export const sessionOf = (row: SessionRow, confirmedAt = 0): Session => ({
  sid: row.sid,
  userId: row.user_id,
  credential: row.credential,
  amr: row.amr,
  address: row.address,
  userAgent: row.user_agent,
  createdAt: Number(row.created_at),
  expiresAt: Number(row.expires_at),
  lastUsedAt: Number(row.last_used_at),
  unusual: row.unusual,
  confirmedAt
})

export const refreshRecordOf = (row: RefreshRow): RefreshRecord => ({
  hash: row.hash,
  sid: row.sid,
  expiresAt: Number(row.expires_at),
  replacedBy: row.replaced_by,
  replacedAt: row.replaced_at === null ? null : Number(row.replaced_at)
})

/** The key in Redis of a session's confirmation, a time in milliseconds. */
export const confirmationKey = (tenant: number, sid: string): string => keyOf(tenant, 'confirmed', sid)

/** `confirmedAt` by the value of that key. */
export const confirmedAtOf = (value: string | null | undefined): number => Number(value ?? 0)
