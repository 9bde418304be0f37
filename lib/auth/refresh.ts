import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { AuthStore } from '../storage/stores/auth.ts'
import type { RefreshRecord, Session, SessionStore } from '../storage/stores/sessions.ts'
import type { Account } from './accounts.ts'

const GRACE_MS = 10_000
/** However often it is refreshed, a session ends (ASVS 7.3.2): a copied cookie is no key for ever. */
const LONGEST_SESSION_MS = 90 * 24 * 3_600_000

/** 32 random bytes; only its SHA-256 is stored. */
export const mintRefreshToken = (): string => randomBytes(32).toString('base64url')
export const hashRefreshToken = (token: string): string => createHash('sha256').update(token).digest('hex')

/**
 * The token that follows another. Derived, so that the same one can be given again to a client whose answer was lost,
 * without being stored.
 */
const deriveSuccessor = (token: string, secret: string): string =>
  createHmac('sha256', secret).update('refresh-token-successor\0').update(token).digest('base64url')

export type RefreshOutcome =
  | { ok: true; account: Account; session: Session; refreshToken: string }
  /**
   * `known`: the token is one of this daemon's, though it is of no use any more. `replayedBy` names the user whose token
   * came a second time: all their sessions have been ended.
   */
  | { ok: false; known: boolean; replayedBy: number | null }

export interface RefreshOptions {
  store: AuthStore
  sessions: SessionStore
  now: () => number
  /** Lifetime of a refresh token in seconds. */
  ttl: number
}

/**
 * Rotates refresh tokens (contract 5): each is good once. One that comes again after it was replaced was copied by
 * somebody, and nobody can tell who is who: every session of the user ends. But within 10 s, while the
 * successor is unused, it is a client whose answer got lost, or its second tab, and gets the same successor.
 */
export function createRefresh({ store, sessions, now, ttl }: RefreshOptions) {
  const refuse = (record: RefreshRecord | null): RefreshOutcome => ({
    ok: false,
    known: record !== null,
    replayedBy: null
  })

  return async (token: string): Promise<RefreshOutcome> => {
    const at = now()
    const hash = hashRefreshToken(token)
    const record = await sessions.findRefresh(hash)
    const session = record && (await sessions.find(record.sid, at))
    // Ended by logout, time or another password: a plain refusal, and no alarm.
    if (!record || !session || record.expiresAt <= at) return refuse(record)
    const account = await store.findAccount(session.userId)
    if (!account?.isActive || session.credential !== account.credential) return refuse(record)

    const refreshToken = deriveSuccessor(token, await store.secret())
    const successor = hashRefreshToken(refreshToken)
    const longest = session.createdAt + Math.max(LONGEST_SESSION_MS, ttl * 1000)
    const expiresAt = Math.min(at + ttl * 1000, longest)
    const outcome = await sessions.rotate({ hash, successor, expiresAt, now: at, graceMs: GRACE_MS })
    if (outcome === 'rotated' || outcome === 'repeated') return { ok: true, account, session, refreshToken }
    if (outcome === 'gone') return refuse(record)
    await sessions.endAll(session.userId)
    return { ok: false, known: true, replayedBy: session.userId }
  }
}
export type Refresh = ReturnType<typeof createRefresh>

/** Ends the session that a refresh token belongs to, where it is one of this user's. False for an unknown token. */
export const createRefreshEnd =
  ({ sessions, now }: Pick<RefreshOptions, 'sessions' | 'now'>) =>
  async (token: string, userId: number | undefined): Promise<boolean> => {
    const record = await sessions.findRefresh(hashRefreshToken(token))
    if (record === null) return false
    const session = await sessions.find(record.sid, now())
    if (session && session.userId === userId) await sessions.end(session.sid)
    return true
  }
