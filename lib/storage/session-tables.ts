import type { MemoryTables } from './state-database.ts'
import type { Statements } from './statements.ts'
import type { RefreshRecord, Session } from './stores/sessions.ts'

/** Maximum number of unsaved refresh tokens in memory. */
const MAX_UNSAVED_TOKENS = 20_000

const sessionOf = (row: Record<string, unknown>): Session => ({
  sid: row.sid as string,
  userId: row.user_id as number,
  credential: row.credential as string,
  amr: (row.amr as string).split(' '),
  address: row.address as string,
  userAgent: row.user_agent as string,
  createdAt: row.created_at as number,
  expiresAt: row.expires_at as number,
  lastUsedAt: row.last_used_at as number,
  unusual: row.unusual === 1,
  confirmedAt: 0
})

export const refreshRecordOf = (row: Record<string, unknown>): RefreshRecord => ({
  hash: row.hash as string,
  sid: row.sid as string,
  expiresAt: row.expires_at as number,
  replacedBy: row.replaced_by as string | null,
  replacedAt: row.replaced_at as number | null
})

/**
 * Active sessions, their refresh tokens and their users' login addresses, in memory and saved to the state database.
 * Replaced refresh tokens leave memory once they are saved; afterwards only the file holds them.
 */
export function createSessionTables() {
  const sessions = new Map<string, Session>()
  const refreshTokens = new Map<string, RefreshRecord>()
  const tokensOf = new Map<string, Set<string>>()
  /** By user id, then by address: the time of the last login from there. */
  const seen = new Map<number, Map<string, number>>()

  const changedSessions = new Set<string>()
  const changedRefreshTokens = new Set<string>()
  /** Pairs of user id and address. */
  let changedSeen: [number, string][] = []

  const setToken = (record: RefreshRecord) => {
    refreshTokens.set(record.hash, record)
    const own = tokensOf.get(record.sid) ?? new Set()
    tokensOf.set(record.sid, own.add(record.hash))
  }
  const deleteToken = ({ hash, sid }: RefreshRecord) => {
    refreshTokens.delete(hash)
    changedRefreshTokens.delete(hash)
    tokensOf.get(sid)?.delete(hash)
  }

  const tables: MemoryTables = {
    names: ['sessions', 'refresh_tokens', 'seen_addresses'],

    load(sql) {
      for (const row of sql.all`SELECT * FROM sessions`) sessions.set(row.sid as string, sessionOf(row))
      for (const row of sql.all`SELECT * FROM refresh_tokens WHERE replaced_by IS NULL`) setToken(refreshRecordOf(row))
      for (const { user_id, address, seen_at } of sql.all`SELECT * FROM seen_addresses`)
        addressesOf(user_id as number).set(address as string, seen_at as number)
    },

    hasChanges: () => changedSessions.size > 0 || changedRefreshTokens.size > 0 || changedSeen.length > 0,

    markAll() {
      for (const sid of sessions.keys()) changedSessions.add(sid)
      for (const hash of refreshTokens.keys()) changedRefreshTokens.add(hash)
      changedSeen = [...seen].flatMap(([id, addresses]) =>
        [...addresses.keys()].map((address): [number, string] => [id, address])
      )
    },

    write(sql) {
      // Sessions first: refresh tokens refer to them and are deleted with them.
      for (const sid of changedSessions) writeSession(sql, sid)
      for (const hash of changedRefreshTokens) writeRefreshToken(sql, hash)
      for (const [id, address] of changedSeen) {
        const at = seen.get(id)?.get(address)
        if (at !== undefined) sql.run`INSERT OR REPLACE INTO seen_addresses VALUES (${id}, ${address}, ${at})`
      }
    },

    written() {
      for (const hash of changedRefreshTokens) {
        const record = refreshTokens.get(hash)
        if (record?.replacedBy) deleteToken(record)
      }
      changedSessions.clear()
      changedRefreshTokens.clear()
      changedSeen = []
    }
  }

  function writeSession(sql: Statements, sid: string): void {
    const session = sessions.get(sid)
    if (session === undefined) {
      sql.run`DELETE FROM sessions WHERE sid = ${sid}`
      return
    }
    const { userId, credential, address, userAgent, createdAt, expiresAt, lastUsedAt } = session
    const amr = session.amr.join(' ')
    const unusual = Number(session.unusual)
    sql.run`INSERT INTO sessions
        (sid, user_id, credential, amr, address, user_agent, created_at, expires_at, last_used_at, unusual)
      VALUES (${sid}, ${userId}, ${credential}, ${amr}, ${address}, ${userAgent}, ${createdAt}, ${expiresAt},
        ${lastUsedAt}, ${unusual})
      ON CONFLICT (sid) DO UPDATE SET credential = excluded.credential, amr = excluded.amr,
        expires_at = excluded.expires_at, last_used_at = excluded.last_used_at`
  }

  function writeRefreshToken(sql: Statements, hash: string): void {
    const record = refreshTokens.get(hash)
    if (record === undefined) return
    const { sid, expiresAt, replacedBy, replacedAt } = record
    sql.run`INSERT OR REPLACE INTO refresh_tokens (hash, sid, expires_at, replaced_by, replaced_at)
      VALUES (${hash}, ${sid}, ${expiresAt}, ${replacedBy}, ${replacedAt})`
  }

  const addressesOf = (userId: number): Map<string, number> => {
    const addresses = seen.get(userId) ?? new Map<string, number>()
    seen.set(userId, addresses)
    return addresses
  }

  return {
    tables,
    sessions: sessions as ReadonlyMap<string, Session>,
    refreshTokens: refreshTokens as ReadonlyMap<string, RefreshRecord>,
    seen: seen as ReadonlyMap<number, ReadonlyMap<string, number>>,
    /** Number of sessions with unsaved changes. */
    countUnsaved: () => changedSessions.size,

    putSession(session: Session): void {
      sessions.set(session.sid, session)
      changedSessions.add(session.sid)
    },

    removeSession(sid: string): boolean {
      for (const hash of tokensOf.get(sid) ?? []) deleteToken(refreshTokens.get(hash)!)
      tokensOf.delete(sid)
      changedSessions.add(sid)
      return sessions.delete(sid)
    },

    putRefreshToken(record: RefreshRecord): void {
      setToken(record)
      changedRefreshTokens.add(record.hash)
      // Only if saving has failed for long: a replay of the oldest token is then refused without an alarm.
      if (changedRefreshTokens.size > MAX_UNSAVED_TOKENS) {
        const oldest = [...changedRefreshTokens].map((hash) => refreshTokens.get(hash)!).find((it) => it.replacedBy)
        if (oldest) deleteToken(oldest)
      }
    },

    putSeen(userId: number, address: string, at: number): void {
      addressesOf(userId).set(address, at)
      changedSeen.push([userId, address])
    },

    /** Forgets addresses older than `at`; the caller deletes their rows in the file. */
    forgetSeenBefore(at: number): void {
      for (const [id, addresses] of seen) {
        for (const [address, seenAt] of addresses) if (seenAt < at) addresses.delete(address)
        if (addresses.size === 0) seen.delete(id)
      }
    }
  }
}
