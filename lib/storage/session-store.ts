import { randomBytes } from 'node:crypto'
import { countingKey } from '../net/address.ts'
import { createSessionTables, refreshRecordOf } from './session-tables.ts'
import type { StateDatabase } from './state-database.ts'
import { StorageError } from './storage-error.ts'
import type { RefreshRecord, Session, SessionStore } from './stores/sessions.ts'

/** Sessions in memory: the request path gets its answers synchronously. */
export interface HostSessionStore extends SessionStore {
  find(sid: string, now: number): Session | null
}

const MAX_USER_AGENT = 256
const REMEMBER_ADDRESS_MS = 365 * 24 * 3_600_000
/** Maximum number of unsaved sessions in memory. */
const MAX_UNSAVED = 10_000

/** Sessions in memory, saved to the state database. Changes take effect at once, even if they cannot be saved yet. */
export function createSessionStore(state: StateDatabase): HostSessionStore {
  const memory = createSessionTables()
  const { sessions, refreshTokens, seen } = memory
  state.attach(memory.tables)

  const ofUser = (userId: number) => [...sessions.values()].filter((session) => session.userId === userId)

  const readRefresh = (hash: string): RefreshRecord | null => {
    const record = refreshTokens.get(hash)
    if (record) return { ...record }
    try {
      const row = state.use((_, sql) => sql.get`SELECT * FROM refresh_tokens WHERE hash = ${hash}`)
      return row ? refreshRecordOf(row) : null
    } catch (error) {
      // Memory holds every valid token; tokens that only an unreadable file holds are refused anyway.
      if (error instanceof StorageError) return null
      throw error
    }
  }

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
        unusual: known !== undefined && known.size > 0 && !known.has(address)
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

    async confirm(sid, now) {
      const session = sessions.get(sid)
      if (session) session.confirmedAt = now
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

    async endAll(users, except) {
      const ended = [users]
        .flat()
        .flatMap(ofUser)
        .filter(({ sid }) => sid !== except)
      for (const { sid } of ended) memory.removeSession(sid)
      await state.save()
      return ended.length
    },

    async setSecondFactor(userId, passedBy) {
      for (const session of ofUser(userId)) {
        session.amr = session.amr.filter((method) => method !== 'otp')
        if (session.sid === passedBy) session.amr.push('otp')
        else session.confirmedAt = 0
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

    async addRefresh(sid, hash, expiresAt) {
      if (!sessions.has(sid)) return false
      memory.putRefreshToken({ hash, sid, expiresAt, replacedBy: null, replacedAt: null })
      await state.save()
      return true
    },

    findRefresh: async (hash) => readRefresh(hash),

    // Atomic: no await between reading and writing.
    async rotate({ hash, successor, expiresAt, now, graceMs }) {
      const record = readRefresh(hash)
      const session = record && sessions.get(record.sid)
      if (!session) return 'gone'
      if (record.replacedBy !== null) {
        const isInTime = Math.abs(now - record.replacedAt!) <= graceMs
        const isRetry = isInTime && record.replacedBy === successor && readRefresh(successor)?.replacedBy === null
        return isRetry ? 'repeated' : 'replayed'
      }
      memory.putRefreshToken({ ...record, replacedBy: successor, replacedAt: now })
      memory.putRefreshToken({ hash: successor, sid: record.sid, expiresAt, replacedBy: null, replacedAt: null })
      session.expiresAt = expiresAt
      memory.putSession(session)
      await state.save()
      return 'rotated'
    },

    async lastLoginsOf(userIds) {
      const known = userIds.map((id) => [id, Math.max(0, ...(seen.get(id)?.values() ?? []))] as const)
      return new Map(known.filter(([, at]) => at > 0))
    },

    async removeExpired(now) {
      for (const { sid, expiresAt } of sessions.values()) if (expiresAt <= now) memory.removeSession(sid)
      memory.forgetSeenBefore(now - REMEMBER_ADDRESS_MS)
      state.use((_, sql) => sql.run`DELETE FROM seen_addresses WHERE seen_at < ${now - REMEMBER_ADDRESS_MS}`)
      await state.save()
    }
  }
}
