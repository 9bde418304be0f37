import type { Rotation, RotationOutcome } from '../stores/sessions.ts'
import type { Query } from './database.ts'
import { type RefreshRow, refreshRecordOf } from './session-rows.ts'

/** The outcome of a rotation, and the session that it lengthened. */
interface Rotated {
  sids: readonly string[]
  result: RotationOutcome
}

const unchanged = (result: RotationOutcome): Rotated => ({ sids: [], result })

/** Rotates a refresh token within a transaction of its tenant; see SessionStore.rotate. */
export async function rotateRefreshToken(
  query: Query,
  tenant: number,
  { hash, successor, expiresAt, now, graceMs }: Rotation
): Promise<Rotated> {
  // The session's row is the lock of all its tokens: a lock on the token would deadlock with the end of the session.
  const [session] = await query<{ sid: string }>(
    `SELECT sid FROM sessions
     WHERE tenant_id = $1 AND sid = (SELECT sid FROM refresh_tokens WHERE tenant_id = $1 AND hash = $2)
     FOR UPDATE`,
    [tenant, hash]
  )
  if (session === undefined) return unchanged('gone')
  // A separate statement, so that it sees the commit of the last holder of the lock.
  const [token] = await query<RefreshRow & { is_successor_unused: boolean }>(
    `SELECT token.*, successor.hash IS NOT NULL AND successor.replaced_by IS NULL AS is_successor_unused
     FROM refresh_tokens AS token
     LEFT JOIN refresh_tokens AS successor
       ON successor.tenant_id = token.tenant_id AND successor.hash = token.replaced_by
     WHERE token.tenant_id = $1 AND token.hash = $2`,
    [tenant, hash]
  )
  // The session has expired, and a replica is removing its tokens.
  if (token === undefined) return unchanged('gone')
  const { replacedBy, replacedAt } = refreshRecordOf(token)
  if (replacedBy !== null) {
    const isInTime = Math.abs(now - replacedAt!) <= graceMs
    return unchanged(isInTime && replacedBy === successor && token.is_successor_unused ? 'repeated' : 'replayed')
  }
  await query(
    `WITH replaced AS (
       UPDATE refresh_tokens SET replaced_by = $4, replaced_at = $6 WHERE tenant_id = $1 AND hash = $3
     ), lengthened AS (
       UPDATE sessions SET expires_at = $5 WHERE tenant_id = $1 AND sid = $2
     )
     INSERT INTO refresh_tokens (tenant_id, hash, sid, expires_at) VALUES ($1, $4, $2, $5)`,
    [tenant, session.sid, hash, successor, expiresAt, now]
  )
  return { sids: [session.sid], result: 'rotated' }
}
