import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { AuthStore } from '../storage/stores/auth.ts'
import type { RefreshRecord, Session, SessionStore } from '../storage/stores/sessions.ts'
import type { Account } from './accounts.ts'

const GRACE_MS = 10_000
/** Absolute session lifetime (ASVS 7.3.2): a stolen cookie cannot be refreshed for ever. */
const LONGEST_SESSION_MS = 90 * 24 * 3_600_000

/** 32 random bytes; only its SHA-256 is stored. */
export const mintRefreshToken = (): string => randomBytes(32).toString('base64url')
export const hashRefreshToken = (token: string): string => createHash('sha256').update(token).digest('hex')

/**
 * The successor of a token. It is derived, so a client whose answer was lost can get the same successor again
 * without the daemon storing it.
 */
const deriveSuccessor = (token: string, secret: string): string =>
  createHmac('sha256', secret).update('refresh-token-successor\0').update(token).digest('base64url')

export type RefreshOutcome =
  | { ok: true; account: Account; session: Session; refreshToken: string }
  /**
   * `known`: this daemon issued the token, which is no longer valid. `replayedBy` is the id of the user whose token was
   * replayed; all their sessions have been ended.
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
 * Rotates refresh tokens (contract 5): each is valid once. A replaced token that is used again was copied, so every
 * session of the user ends. Within 10 s and while the successor is unused, the caller is a client whose answer was
 * lost, or its second tab: it gets the same successor.
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
    // After a logout, an expiry or a password change: refuse without an alarm.
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

/** The account of a refresh token that would be accepted; null for any other. It stays unused. */
export const createRefreshHolder =
  ({ store, sessions, now }: Pick<RefreshOptions, 'store' | 'sessions' | 'now'>) =>
  async (token: string): Promise<Account | null> => {
    const at = now()
    const record = await sessions.findRefresh(hashRefreshToken(token))
    if (record === null || record.replacedBy !== null || record.expiresAt <= at) return null
    const session = await sessions.find(record.sid, at)
    const account = session && (await store.findAccount(session.userId))
    return account?.isActive && session?.credential === account.credential ? account : null
  }
export type RefreshHolder = ReturnType<typeof createRefreshHolder>

/** Ends the session of a refresh token if it belongs to this user. False for an unknown token. */
export const createRefreshEnd =
  ({ sessions, now }: Pick<RefreshOptions, 'sessions' | 'now'>) =>
  async (token: string, userId: number | undefined): Promise<boolean> => {
    const record = await sessions.findRefresh(hashRefreshToken(token))
    if (record === null) return false
    const session = await sessions.find(record.sid, now())
    if (session && session.userId === userId) await sessions.end(session.sid)
    return true
  }
