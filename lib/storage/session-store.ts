import { randomBytes } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'

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
}

/** The seam a second implementation takes. `find` answers from memory: it is on every request's path. */
export interface SessionStore {
  open(session: Omit<Session, 'sid'>): Promise<Session>
  find(sid: string, now: number): Session | null
  endAll(userId: number): Promise<number>
  /** After a re-hash the password is the same one: its sessions go on under the new fingerprint. */
  renewCredential(userId: number, from: string, to: string): Promise<void>
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
}

const MAX_USER_AGENT = 256

export function createSessionStore(database: DatabaseSync): SessionStore {
  const insert = database.prepare('INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  const deleteOfUser = database.prepare('DELETE FROM sessions WHERE user_id = ?')
  const deleteExpired = database.prepare('DELETE FROM sessions WHERE expires_at <= ?')
  const renew = database.prepare('UPDATE sessions SET credential = ? WHERE user_id = ? AND credential = ?')

  const live = new Map<string, Session>()
  for (const row of database.prepare('SELECT * FROM sessions').all() as unknown as Row[]) {
    live.set(row.sid, {
      sid: row.sid,
      userId: row.user_id,
      credential: row.credential,
      amr: row.amr.split(' '),
      address: row.address,
      userAgent: row.user_agent,
      createdAt: row.created_at,
      expiresAt: row.expires_at
    })
  }

  return {
    async open(fields) {
      const session = {
        ...fields,
        sid: randomBytes(16).toString('base64url'),
        userAgent: fields.userAgent.slice(0, MAX_USER_AGENT)
      }
      insert.run(
        session.sid,
        session.userId,
        session.credential,
        session.amr.join(' '),
        session.address,
        session.userAgent,
        session.createdAt,
        session.expiresAt
      )
      live.set(session.sid, session)
      return session
    },

    find(sid, now) {
      const session = live.get(sid)
      return session !== undefined && session.expiresAt > now ? session : null
    },

    async endAll(userId) {
      deleteOfUser.run(userId)
      let ended = 0
      for (const session of live.values()) {
        if (session.userId === userId && live.delete(session.sid)) ended++
      }
      return ended
    },

    async renewCredential(userId, from, to) {
      renew.run(to, userId, from)
      for (const session of live.values()) {
        if (session.userId === userId && session.credential === from) session.credential = to
      }
    },

    async removeExpired(now) {
      deleteExpired.run(now)
      for (const session of live.values()) if (session.expiresAt <= now) live.delete(session.sid)
    }
  }
}
