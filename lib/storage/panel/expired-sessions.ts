import type { PanelDatabase } from './database.ts'

const REMEMBER_ADDRESS_MS = 365 * 24 * 3_600_000
/** Sessions, and rows of other tables, that one statement removes. */
const SESSIONS = 100
const ROWS = 5000

/** Runs `remove` until it removes less than `limit` rows. */
async function inBatches(limit: number, remove: () => Promise<unknown[]>): Promise<void> {
  while ((await remove()).length >= limit) {
    // Each batch is its own transaction.
  }
}

/**
 * Removes the expired sessions and forgotten addresses of all tenants, in short statements. Several replicas may do so
 * at once: each skips the rows that another is removing, so that no replica waits. No cache is invalidated: every reader of
 * a session compares its `expiresAt` with the clock.
 */
export async function removeExpiredSessions(database: PanelDatabase, now: number): Promise<void> {
  // The tokens first: a session may have thousands, too many for one statement that deletes a hundred sessions.
  const removeTokens = () =>
    database.query(
      'all',
      `DELETE FROM refresh_tokens WHERE ctid = ANY (ARRAY (
         SELECT token.ctid
         FROM (SELECT tenant_id, sid FROM sessions WHERE expires_at <= $1 ORDER BY expires_at LIMIT ${SESSIONS}) AS expired
         JOIN refresh_tokens AS token USING (tenant_id, sid)
         LIMIT ${ROWS} FOR UPDATE OF token SKIP LOCKED))
       RETURNING 1`,
      [now]
    )
  // A session that a refresh has just lengthened is locked, or no longer matches.
  const removeSessions = () =>
    database.query(
      'all',
      `DELETE FROM sessions USING (
         SELECT tenant_id, sid FROM sessions WHERE expires_at <= $1
         ORDER BY expires_at LIMIT ${SESSIONS} FOR UPDATE SKIP LOCKED) AS expired
       WHERE sessions.tenant_id = expired.tenant_id AND sessions.sid = expired.sid
       RETURNING 1`,
      [now]
    )
  await inBatches(SESSIONS, async () => {
    await inBatches(ROWS, removeTokens)
    return removeSessions()
  })
  await inBatches(ROWS, () =>
    database.query(
      'all',
      `DELETE FROM seen_addresses WHERE ctid = ANY (ARRAY (
         SELECT ctid FROM seen_addresses WHERE seen_at < $1 ORDER BY seen_at LIMIT ${ROWS} FOR UPDATE SKIP LOCKED))
       RETURNING 1`,
      [now - REMEMBER_ADDRESS_MS]
    )
  )
}
