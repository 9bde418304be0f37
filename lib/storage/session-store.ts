import { randomBytes } from 'node:crypto'
import { countingKey } from '../net/address.ts'
import type { RefreshRecord, Session } from './session.ts'
import { createSessionTables, refreshRecordOf } from './session-tables.ts'
import type { StateDatabase } from './state-database.ts'
import { StorageError } from './storage-error.ts'

export type { RefreshRecord, Session }

export type NewSession = Pick<
  Session,
  'userId' | 'credential' | 'amr' | 'address' | 'userAgent' | 'createdAt' | 'expiresAt'
>

/** The seam a second implementation takes. `find` and `touch` work on memory: they are on every request's path. */
export interface SessionStore {
  /**
   * Opens a session, with the hash of its first refresh token. One that cannot be saved now ends with the daemon. Throws
   * StorageError where too many of those are open.
   */
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

const MAX_USER_AGENT = 256
const REMEMBER_ADDRESS_MS = 365 * 24 * 3_600_000
/** Sessions that memory alone may hold while nothing can be saved. */
const MAX_UNSAVED = 10_000

/** Sessions in memory, saved to the state database. What was done holds at once, also where it cannot be saved yet. */
export function createSessionStore(state: StateDatabase): SessionStore {
  const memory = createSessionTables()
  const { sessions, refreshTokens, seen } = memory
  state.attach(memory.tables)

  const ofUser = (userId: number) => [...sessions.values()].filter((session) => session.userId === userId)

  return {
    async open(fields, refreshHash) {
      const fault = state.fault()
      if (fault && memory.countUnsaved() >= MAX_UNSAVED) throw fault
      const { userId, createdAt, expiresAt } = fields
      const address = countingKey(fields.address)
      const known = seen.get(userId)
      const session: Session = {
        ...fields,
        sid: randomBytes(16).toString('base64url'),
        userAgent: fields.userAgent.slice(0, MAX_USER_AGENT),
        lastUsedAt: createdAt,
        unusual: known !== undefined && known.size > 0 && !known.has(address),
        confirmedAt: 0
      }
      memory.putSeen(userId, address, createdAt)
      memory.putSession(session)
      memory.putRefreshToken({ hash: refreshHash, sid: session.sid, expiresAt, replacedBy: null, replacedAt: null })
      await state.save()
      return session
    },

    find(sid, now) {
      const session = sessions.get(sid)
      return session !== undefined && session.expiresAt > now ? session : null
    },

    touch(session, now) {
      session.lastUsedAt = now
      memory.putSession(session)
    },

    flush: () => state.save(),

    async listOf(userId, now) {
      const own = ofUser(userId).filter((session) => session.expiresAt > now)
      return own.toSorted((a, b) => b.lastUsedAt - a.lastUsedAt)
    },

    async end(sid) {
      const isThere = memory.removeSession(sid)
      await state.save()
      return isThere
    },

    async endAll(userId, except) {
      const ended = ofUser(userId).filter(({ sid }) => sid !== except)
      for (const { sid } of ended) memory.removeSession(sid)
      await state.save()
      return ended.length
    },

    async setSecondFactor(userId, passedBy) {
      for (const session of ofUser(userId)) {
        session.amr = session.amr.filter((method) => method !== 'otp')
        if (session.sid === passedBy) session.amr.push('otp')
        memory.putSession(session)
      }
      await state.save()
    },

    async renewCredential(userId, from, to, only) {
      for (const session of ofUser(userId)) {
        if (session.credential !== from || (only ?? session.sid) !== session.sid) continue
        session.credential = to
        memory.putSession(session)
      }
      await state.save()
    },

    async findRefresh(hash) {
      const record = refreshTokens.get(hash)
      if (record) return { ...record }
      try {
        const row = state.use((_, sql) => sql.get`SELECT * FROM refresh_tokens WHERE hash = ${hash}`)
        return row ? refreshRecordOf(row) : null
      } catch (error) {
        // Every token that is still good is in memory: what a file that cannot be read holds is refused either way.
        if (error instanceof StorageError) return null
        throw error
      }
    },

    async replaceRefresh(hash, successor, expiresAt, now) {
      const record = refreshTokens.get(hash)
      const session = record && sessions.get(record.sid)
      if (!session || record.replacedBy !== null) return false
      memory.putRefreshToken({ ...record, replacedBy: successor, replacedAt: now })
      memory.putRefreshToken({ hash: successor, sid: record.sid, expiresAt, replacedBy: null, replacedAt: null })
      session.expiresAt = expiresAt
      memory.putSession(session)
      await state.save()
      return true
    },

    async lastLoginOf(userId) {
      const times = seen.get(userId)
      return times?.size ? Math.max(...times.values()) : null
    },

    async removeExpired(now) {
      for (const { sid, expiresAt } of sessions.values()) if (expiresAt <= now) memory.removeSession(sid)
      memory.forgetSeenBefore(now - REMEMBER_ADDRESS_MS)
      state.use((_, sql) => sql.run`DELETE FROM seen_addresses WHERE seen_at < ${now - REMEMBER_ADDRESS_MS}`)
      await state.save()
    }
  }
}
