import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { AuthStore } from '../storage/auth-store.ts'
import type { RefreshRecord, Session, SessionStore } from '../storage/session-store.ts'
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

  const isRetry = async (record: RefreshRecord, successorHash: string): Promise<boolean> => {
    if (record.replacedBy !== successorHash || Math.abs(now() - record.replacedAt!) > GRACE_MS) return false
    const successor = await sessions.findRefresh(successorHash)
    return successor !== null && successor.replacedBy === null
  }

  return async (token: string): Promise<RefreshOutcome> => {
    const { secret, accounts } = store.snapshot()
    const at = now()
    const hash = hashRefreshToken(token)
    const record = await sessions.findRefresh(hash)
    const session = record && sessions.find(record.sid, at)
    // Ended by logout, time or another password: a plain refusal, and no alarm.
    if (!record || !session || record.expiresAt <= at) return refuse(record)
    const account = accounts.get(session.userId)
    if (!account?.isActive || session.credential !== account.credential) return refuse(record)

    const refreshToken = deriveSuccessor(token, secret)
    const successorHash = hashRefreshToken(refreshToken)
    const longest = session.createdAt + Math.max(LONGEST_SESSION_MS, ttl * 1000)
    const expiresAt = Math.min(at + ttl * 1000, longest)
    const next = { ok: true, account, session, refreshToken } as const
    if (record.replacedBy === null && (await sessions.replaceRefresh(hash, successorHash, expiresAt, at))) return next
    // Of two at the same moment the second finds it replaced, and looks again.
    const replaced = record.replacedBy === null ? await sessions.findRefresh(hash) : record
    if (replaced === null) return refuse(record)
    if (await isRetry(replaced, successorHash)) return next
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
    const session = sessions.find(record.sid, now())
    if (session && session.userId === userId) await sessions.end(session.sid)
    return true
  }
