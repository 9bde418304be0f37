import type { AuthStore } from '../storage/stores/auth.ts'
import type { HandOverStore } from '../storage/stores/hosts.ts'
import type { Session, SessionStore } from '../storage/stores/sessions.ts'
import type { OpenedSession, SessionIssuer } from './login.ts'
import { hashRefreshToken, mintRefreshToken } from './refresh.ts'

/** Lifetime of a hand-over's secret (contract 15), ms. */
const TTL_MS = 60_000

export interface HandOverOptions {
  secrets: HandOverStore
  store: AuthStore
  sessions: SessionStore
  issue: SessionIssuer['issue']
  now: () => number
}

/** Takes a session along to another host of the panel. It stays one session: it ends on both, with its user's rights. */
export const createHandOver = ({ secrets, store, sessions, issue, now }: HandOverOptions) => ({
  /** A secret that continues the session, once and within a minute. */
  begin: ({ sid }: Session): Promise<string> => secrets.issue(sid, TTL_MS),

  /** The session on this host, with a refresh token of its own; null for an invalid secret or an ended session. */
  async redeem(secret: string): Promise<OpenedSession | null> {
    const sid = await secrets.redeem(secret)
    const session = sid === null ? null : await sessions.find(sid, now())
    const account = session && (await store.findAccount(session.userId))
    if (!session || !account?.isActive || session.credential !== account.credential) return null
    const refreshToken = mintRefreshToken()
    if (!(await sessions.addRefresh(session.sid, hashRefreshToken(refreshToken), session.expiresAt))) return null
    return issue(account, session, refreshToken)
  }
})
export type HandOver = ReturnType<typeof createHandOver>
