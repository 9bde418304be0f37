import { randomBytes } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { countingKey } from '../net/address.ts'
import { inTransaction } from './database.ts'

/** A login that is still good. Times are milliseconds since the epoch. */
export interface Session {
  sid: string
  userId: number
  /** The account's fingerprint at login (see credentialOf). */
  credential: string
  amr: string[]
  address: string
  userAgent: string
  createdAt: number
  expiresAt: number
  lastUsedAt: number
  /** Opened from where this user had not been seen, though they had been elsewhere. */
  unusual: boolean
  /** When its user last gave their password again; 0 for never. Forgotten at a restart. */
  confirmedAt: number
}

/** A refresh token as it is stored: by its hash, with its successor's once it was used. */
export interface RefreshRecord {
  hash: string
  sid: string
  expiresAt: number
  replacedBy: string | null
  replacedAt: number | null
}

export type NewSession = Pick<
  Session,
  'userId' | 'credential' | 'amr' | 'address' | 'userAgent' | 'createdAt' | 'expiresAt'
>

/** The seam a second implementation takes. `find` and `touch` work on memory: they are on every request's path. */
export interface SessionStore {
  /** Opens a session, with the hash of its first refresh token. */
  open(session: NewSession, refreshHash: string): Promise<Session>
  find(sid: string, now: number): Session | null
  /** Remembers a use; written to disk with the next `flush`. */
  touch(session: Session, now: number): void
  flush(): Promise<void>
  listOf(userId: number, now: number): Promise<Session[]>
  end(sid: string): Promise<boolean>
  /** Ends all sessions of a user, but one where named; how many there were. */
  endAll(userId: number, except?: string): Promise<number>
  /** Only the session named, or none, has passed the second factor of this user: it is another one now. */
  setSecondFactor(userId: number, passedBy: string | null): Promise<void>
  /** After a re-hash the password is the same one, and the session that changed it goes on: under the new fingerprint. */
  renewCredential(userId: number, from: string, to: string, only?: string): Promise<void>
  findRefresh(hash: string): Promise<RefreshRecord | null>
  /** Puts a successor in a refresh token's place and lengthens the session; false when another request was first. */
  replaceRefresh(hash: string, successor: string, expiresAt: number, now: number): Promise<boolean>
  /** When a user last logged in; null for never. */
  lastLoginOf(userId: number): Promise<number | null>
  removeExpired(now: number): Promise<void>
}

interface Row {
  sid: string
  user_id: number
  credential: string
  amr: string
  address: string
  user_agent: string
  created_at: number
  expires_at: number
  last_used_at: number
  unusual: number
}

const MAX_USER_AGENT = 256
const REMEMBER_ADDRESS_MS = 365 * 24 * 3_600_000

const sessionOf = (row: Row): Session => ({
  sid: row.sid,
  userId: row.user_id,
  credential: row.credential,
  amr: row.amr.split(' '),
  address: row.address,
  userAgent: row.user_agent,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  lastUsedAt: row.last_used_at,
  unusual: row.unusual === 1,
  confirmedAt: 0
})

const columns = 'sid, user_id, credential, amr, address, user_agent, created_at, expires_at, last_used_at, unusual'

export function createSessionStore(database: DatabaseSync): SessionStore {
  const insert = database.prepare(`INSERT INTO sessions (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const insertRefresh = database.prepare('INSERT INTO refresh_tokens (hash, sid, expires_at) VALUES (?, ?, ?)')
  const remove = database.prepare('DELETE FROM sessions WHERE sid = ?')
  const deleteExpired = database.prepare('DELETE FROM sessions WHERE expires_at <= ?')
  const setCredential = database.prepare('UPDATE sessions SET credential = ? WHERE sid = ?')
  const setAmr = database.prepare('UPDATE sessions SET amr = ? WHERE sid = ?')
  const setLastUsed = database.prepare('UPDATE sessions SET last_used_at = ? WHERE sid = ?')
  const setExpiry = database.prepare('UPDATE sessions SET expires_at = ? WHERE sid = ?')
  const selectRefresh = database.prepare('SELECT * FROM refresh_tokens WHERE hash = ?')
  const replace = database.prepare(
    'UPDATE refresh_tokens SET replaced_by = ?, replaced_at = ? WHERE hash = ? AND replaced_by IS NULL RETURNING sid'
  )

  const countSeen = database.prepare(
    'SELECT count(*) AS known, coalesce(sum(address = ?), 0) AS here FROM seen_addresses WHERE user_id = ?'
  )
  const see = database.prepare('INSERT OR REPLACE INTO seen_addresses (user_id, address, seen_at) VALUES (?, ?, ?)')
  const selectLastLogin = database.prepare('SELECT max(seen_at) AS at FROM seen_addresses WHERE user_id = ?')
  const deleteSeen = database.prepare('DELETE FROM seen_addresses WHERE seen_at < ?')

  const live = new Map<string, Session>()
  for (const row of database.prepare(`SELECT ${columns} FROM sessions`).all() as unknown as Row[]) {
    live.set(row.sid, sessionOf(row))
  }
  const touched = new Set<Session>()

  // Memory follows the disk: what could not be stored was not done.
  const endSession = (sid: string): boolean => {
    remove.run(sid)
    return live.delete(sid)
  }

  return {
    async open(fields, refreshHash) {
      const session = {
        ...fields,
        sid: randomBytes(16).toString('base64url'),
        userAgent: fields.userAgent.slice(0, MAX_USER_AGENT),
        lastUsedAt: fields.createdAt,
        unusual: false,
        confirmedAt: 0
      }
      const { sid, userId, credential, amr, address, userAgent, createdAt, expiresAt, lastUsedAt } = session
      inTransaction(database, () => {
        const seen = countSeen.get(countingKey(address), userId) as { known: number; here: number }
        session.unusual = seen.known > 0 && seen.here === 0
        see.run(userId, countingKey(address), createdAt)
        const unusual = Number(session.unusual)
        insert.run(
          sid,
          userId,
          credential,
          amr.join(' '),
          address,
          userAgent,
          createdAt,
          expiresAt,
          lastUsedAt,
          unusual
        )
        insertRefresh.run(refreshHash, sid, expiresAt)
      })
      live.set(sid, session)
      return session
    },

    find(sid, now) {
      const session = live.get(sid)
      return session !== undefined && session.expiresAt > now ? session : null
    },

    touch(session, now) {
      session.lastUsedAt = now
      touched.add(session)
    },

    async flush() {
      if (touched.size === 0) return
      inTransaction(database, () => {
        for (const { sid, lastUsedAt } of touched) setLastUsed.run(lastUsedAt, sid)
      })
      touched.clear()
    },

    async listOf(userId, now) {
      const own = [...live.values()].filter((session) => session.userId === userId && session.expiresAt > now)
      return own.toSorted((a, b) => b.lastUsedAt - a.lastUsedAt)
    },

    end: async (sid) => endSession(sid),

    async endAll(userId, except) {
      const ended = [...live.values()].filter((session) => session.userId === userId && session.sid !== except)
      inTransaction(database, () => {
        for (const { sid } of ended) remove.run(sid)
      })
      for (const { sid } of ended) live.delete(sid)
      return ended.length
    },

    async setSecondFactor(userId, passedBy) {
      for (const session of live.values()) {
        if (session.userId !== userId) continue
        const amr = session.amr.filter((method) => method !== 'otp')
        if (session.sid === passedBy) amr.push('otp')
        setAmr.run(amr.join(' '), session.sid)
        session.amr = amr
      }
    },

    async renewCredential(userId, from, to, only) {
      for (const session of live.values()) {
        if (session.userId !== userId || session.credential !== from || (only ?? session.sid) !== session.sid) continue
        setCredential.run(to, session.sid)
        session.credential = to
      }
    },

    async findRefresh(hash) {
      const row = selectRefresh.get(hash)
      if (row === undefined) return null
      return {
        hash,
        sid: row.sid as string,
        expiresAt: row.expires_at as number,
        replacedBy: row.replaced_by as string | null,
        replacedAt: row.replaced_at as number | null
      }
    },

    async replaceRefresh(hash, successor, expiresAt, now) {
      const sid = inTransaction(database, () => {
        const row = replace.get(successor, now, hash) as { sid: string } | undefined
        if (row === undefined) return null
        insertRefresh.run(successor, row.sid, expiresAt)
        setExpiry.run(expiresAt, row.sid)
        return row.sid
      })
      const session = sid === null ? undefined : live.get(sid)
      if (session) session.expiresAt = expiresAt
      return sid !== null
    },

    lastLoginOf: async (userId) => (selectLastLogin.get(userId) as { at: number | null }).at,

    async removeExpired(now) {
      deleteExpired.run(now)
      deleteSeen.run(now - REMEMBER_ADDRESS_MS)
      for (const session of live.values()) if (session.expiresAt <= now) live.delete(session.sid)
    }
  }
}
