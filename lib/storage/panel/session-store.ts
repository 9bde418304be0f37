import { randomBytes } from 'node:crypto'
import type { Redis } from 'ioredis'
import { countingKey } from '../../net/address.ts'
import type { Session, SessionStore } from '../stores/sessions.ts'
import { type AccessCache, type CacheKey, changeAccess } from './access-cache.ts'
import type { PanelDatabase, Query } from './database.ts'
import { removeExpiredSessions } from './expired-sessions.ts'
import { useRedis } from './redis.ts'
import { rotateRefreshToken } from './rotation.ts'
import {
  confirmationKey,
  confirmedAtOf,
  type RefreshRow,
  refreshRecordOf,
  SESSION_COLUMNS,
  type SessionRow,
  sessionOf
} from './session-rows.ts'
import { createWriteBehind } from './write-behind.ts'

export interface PanelSessionOptions {
  database: PanelDatabase
  cache: AccessCache
  redis: Redis
  /** The tenant of the present request. */
  tenant: () => number
}

const MAX_USER_AGENT = 256
/** Longer than a confirmation counts (5 minutes). */
const KEEP_CONFIRMATION_MS = 900_000

interface Use {
  tenant: number
  sid: string
  at: number
}

/** Sessions and refresh tokens in PostgreSQL. Every replica sees a change on its next request. */
export function createPanelSessionStore({ database, cache, redis, tenant }: PanelSessionOptions): SessionStore {
  const uses = createWriteBehind<Use>((batch) =>
    database.query(
      'all',
      `UPDATE sessions SET last_used_at = greatest(last_used_at, used.at)
       FROM (
         SELECT tenant_id, sid, use.at FROM sessions
         JOIN unnest($1::int[], $2::text[], $3::bigint[]) AS use (tenant_id, sid, at) USING (tenant_id, sid)
         ORDER BY tenant_id, sid FOR UPDATE OF sessions) AS used
       WHERE sessions.tenant_id = used.tenant_id AND sessions.sid = used.sid`,
      [batch.map((use) => use.tenant), batch.map(({ sid }) => sid), batch.map(({ at }) => at)]
    )
  )

  /** A transaction that changes sessions. `work` resolves with the changed ones, and its result. */
  const change = <T>(
    work: (query: Query, of: number) => Promise<{ sids: readonly string[]; result: T }>
  ): Promise<T> => {
    const of = tenant()
    return changeAccess({ database, cache }, of, async (query, changed) => {
      const { sids, result } = await work(query, of)
      for (const sid of sids) changed.add(`session:${sid}` satisfies CacheKey)
      return result
    })
  }

  /** Locks users' sessions in a fixed order, so that two changes of all of them do not deadlock. */
  const lockSessionsOf = async (query: Query, of: number, users: number | readonly number[]): Promise<string[]> => {
    const text = 'SELECT sid FROM sessions WHERE tenant_id = $1 AND user_id = ANY ($2) ORDER BY sid FOR UPDATE'
    return (await query<{ sid: string }>(text, [of, [users].flat()])).map(({ sid }) => sid)
  }

  const remove = async (query: Query, of: number, sids: readonly string[]): Promise<string[]> => {
    const text = 'DELETE FROM sessions WHERE tenant_id = $1 AND sid = ANY ($2) RETURNING sid'
    return (await query<{ sid: string }>(text, [of, sids])).map(({ sid }) => sid)
  }

  const confirm = async (of: number, sid: string, at: number): Promise<void> => {
    await useRedis(redis, () => redis.set(confirmationKey(of, sid), at, 'PX', KEEP_CONFIRMATION_MS))
  }

  return {
    async open(fields, refreshHash) {
      const { userId, credential, amr, address, createdAt, expiresAt, confirmedAt } = fields
      const sid = randomBytes(16).toString('base64url')
      const userAgent = fields.userAgent.slice(0, MAX_USER_AGENT)
      // First, so that no session stays behind if Redis is unavailable.
      if (confirmedAt > 0) await confirm(tenant(), sid, confirmedAt)
      // One statement: all its parts see the addresses as they were before.
      const [row] = await database.query<{ unusual: boolean }>(
        tenant(),
        `WITH seen AS (
           INSERT INTO seen_addresses (tenant_id, user_id, address, seen_at) VALUES ($1, $3, $10, $8)
           ON CONFLICT (tenant_id, user_id, address) DO UPDATE SET seen_at = excluded.seen_at
         ), token AS (
           INSERT INTO refresh_tokens (tenant_id, hash, sid, expires_at) VALUES ($1, $11, $2, $9)
         )
         INSERT INTO sessions (tenant_id, sid, user_id, credential, amr, address, user_agent, created_at, last_used_at,
           expires_at, unusual)
         SELECT $1, $2, $3, $4, $5, $6, $7, $8, $8, $9,
           EXISTS (SELECT FROM seen_addresses WHERE tenant_id = $1 AND user_id = $3)
           AND NOT EXISTS (SELECT FROM seen_addresses WHERE tenant_id = $1 AND user_id = $3 AND address = $10)
         RETURNING unusual`,
        [
          tenant(),
          sid,
          userId,
          credential,
          amr,
          address,
          userAgent,
          createdAt,
          expiresAt,
          countingKey(address),
          refreshHash
        ]
      )
      return { ...fields, sid, userAgent, lastUsedAt: createdAt, unusual: row!.unusual }
    },

    async find(sid, now) {
      const of = tenant()
      const [[row], confirmed] = await Promise.all([
        database.query<SessionRow>(
          of,
          `SELECT ${SESSION_COLUMNS} FROM sessions WHERE tenant_id = $1 AND sid = $2 AND expires_at > $3`,
          [of, sid, now]
        ),
        useRedis(redis, () => redis.get(confirmationKey(of, sid)))
      ])
      return row === undefined ? null : sessionOf(row, confirmedAtOf(confirmed))
    },

    touch(session, now) {
      session.lastUsedAt = now
      const use = { tenant: tenant(), sid: session.sid, at: now }
      uses.put(`${use.tenant} ${use.sid}`, use)
    },

    confirm: (sid, now) => confirm(tenant(), sid, now),

    flush: () => uses.flush(),

    async listOf(userId, now) {
      const of = tenant()
      const rows = await database.query<SessionRow>(
        of,
        `SELECT ${SESSION_COLUMNS} FROM sessions WHERE tenant_id = $1 AND user_id = $2 AND expires_at > $3`,
        [of, userId, now]
      )
      const withLastUse = (session: Session): Session => {
        const { at = 0 } = uses.get(`${of} ${session.sid}`) ?? {}
        return { ...session, lastUsedAt: Math.max(session.lastUsedAt, at) }
      }
      return rows.map((row) => withLastUse(sessionOf(row))).toSorted((a, b) => b.lastUsedAt - a.lastUsedAt)
    },

    end: (sid) =>
      change(async (query, of) => {
        const sids = await remove(query, of, [sid])
        return { sids, result: sids.length > 0 }
      }),

    endAll: (users, except) =>
      change(async (query, of) => {
        const own = await lockSessionsOf(query, of, users)
        const sids = await remove(
          query,
          of,
          own.filter((sid) => sid !== except)
        )
        return { sids, result: sids.length }
      }),

    setSecondFactor: (userId, passedBy) =>
      change(async (query, of) => {
        const sids = await lockSessionsOf(query, of, userId)
        await query(
          `UPDATE sessions
           SET amr = array_remove(amr, 'otp') || CASE WHEN sid = $3 THEN ARRAY['otp'] ELSE ARRAY[]::text[] END
           WHERE tenant_id = $1 AND sid = ANY ($2)`,
          [of, sids, passedBy]
        )
        const others = sids.filter((sid) => sid !== passedBy).map((sid) => confirmationKey(of, sid))
        if (others.length > 0) await useRedis(redis, () => redis.del(...others))
        return { sids, result: undefined }
      }),

    renewCredential: (userId, from, to, only) =>
      change(async (query, of) => {
        const own = await lockSessionsOf(query, of, userId)
        const rows = await query<{ sid: string }>(
          `UPDATE sessions SET credential = $4
           WHERE tenant_id = $1 AND sid = ANY ($2) AND credential = $3 RETURNING sid`,
          [of, own.filter((sid) => (only ?? sid) === sid), from, to]
        )
        return { sids: rows.map(({ sid }) => sid), result: undefined }
      }),

    async addRefresh(sid, hash, expiresAt) {
      const of = tenant()
      const text = `INSERT INTO refresh_tokens (tenant_id, hash, sid, expires_at)
        SELECT $1, $2, sid, $4 FROM sessions WHERE tenant_id = $1 AND sid = $3 RETURNING hash`
      return (await database.query(of, text, [of, hash, sid, expiresAt])).length > 0
    },

    async findRefresh(hash) {
      const of = tenant()
      const [row] = await database.query<RefreshRow>(
        of,
        `SELECT hash, sid, expires_at, replaced_by, replaced_at FROM refresh_tokens
         WHERE tenant_id = $1 AND hash = $2`,
        [of, hash]
      )
      return row === undefined ? null : refreshRecordOf(row)
    },

    rotate: (rotation) => change((query, of) => rotateRefreshToken(query, of, rotation)),

    async lastLoginsOf(userIds) {
      const of = tenant()
      const rows = await database.query<{ user_id: number; seen_at: string }>(
        of,
        `SELECT user_id, max(seen_at) AS seen_at FROM seen_addresses
         WHERE tenant_id = $1 AND user_id = ANY ($2) GROUP BY user_id`,
        [of, userIds]
      )
      return new Map(rows.map((row) => [row.user_id, Number(row.seen_at)]))
    },

    removeExpired: (now) => removeExpiredSessions(database, now)
  }
}
