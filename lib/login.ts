import { randomUUID } from 'node:crypto'
import { type Account, describeAccount } from './accounts.ts'
import type { PasswordCheck } from './passwords/check.ts'
import { hashRefreshToken, mintRefreshToken } from './refresh.ts'
import type { SecondFactor } from './second-factor.ts'
import type { AuthStore } from './storage/auth-store.ts'
import type { Session, SessionStore } from './storage/session-store.ts'
import { issueSessionToken } from './tokens.ts'

/** Where a login comes from. */
export interface Origin {
  address: string
  userAgent: string
}

export interface LoginInput extends Origin {
  username: string
  password: string
  code: string | undefined
}

export interface OpenedSession {
  ok: true
  account: Account
  token: string
  /** Seconds. */
  expiresIn: number
  refreshToken: string
}

export type LoginRefusal = 'CREDENTIALS' | 'ACCOUNT_DISABLED' | 'TOTP_REQUIRED' | 'TOTP_INVALID'
export type LoginOutcome = OpenedSession | { ok: false; code: LoginRefusal }

export interface SessionIssuerOptions {
  store: AuthStore
  sessions: SessionStore
  now: () => number
  /** Lifetimes in seconds. */
  ttl: number
  refreshTtl: number
}

/** Opens sessions for whoever has proved who they are, and signs tokens for sessions that are open. */
export function createSessionIssuer({ store, sessions, now, ttl, refreshTtl }: SessionIssuerOptions) {
  const issue = (account: Account, session: Session, refreshToken: string): OpenedSession => {
    const token = issueSessionToken(store.snapshot().secret, {
      account,
      sid: session.sid,
      jti: randomUUID(),
      amr: session.amr,
      issuedAt: now(),
      ttl
    })
    return { ok: true, account, token, expiresIn: ttl, refreshToken }
  }

  return {
    issue,
    async open(account: Account, credential: string, amr: string[], origin: Origin): Promise<OpenedSession> {
      const createdAt = now()
      const refreshToken = mintRefreshToken()
      const expiresAt = createdAt + Math.max(ttl, refreshTtl) * 1000
      const fields = { ...origin, userId: account.id, credential, amr, createdAt, expiresAt }
      return issue(account, await sessions.open(fields, hashRefreshToken(refreshToken)), refreshToken)
    }
  }
}
export type SessionIssuer = ReturnType<typeof createSessionIssuer>

export interface LoginOptions {
  store: AuthStore
  checkPassword: PasswordCheck
  checkSecondFactor: SecondFactor
  openSession: SessionIssuer['open']
}

/**
 * The login, in the contract's order: password, account enabled, second factor. What comes before (ban, limit) is the
 * gates'. A second factor that is missing is asked for only after the right password.
 */
export function createLogin({ store, checkPassword, checkSecondFactor, openSession }: LoginOptions) {
  return async ({ username, password, code, ...origin }: LoginInput): Promise<LoginOutcome> => {
    const owner = store.snapshot().owner
    const account = owner?.username === username ? owner : null
    const credential = await checkPassword(account, password)
    if (!account || credential === null) return { ok: false, code: 'CREDENTIALS' }
    if (!account.isActive) return { ok: false, code: 'ACCOUNT_DISABLED' }
    if (account.totpSecret === null) return openSession(account, credential, ['pwd'], origin)
    if (!code) return { ok: false, code: 'TOTP_REQUIRED' }
    if (!(await checkSecondFactor(account, code))) return { ok: false, code: 'TOTP_INVALID' }
    return openSession(account, credential, ['pwd', 'otp'], origin)
  }
}
export type Login = ReturnType<typeof createLogin>

/** The answer to a login and to a setup. */
export const describeLogin = ({ account, token, expiresIn }: OpenedSession, message: string) => ({
  success: true as const,
  token,
  expires_in: expiresIn,
  message,
  user: describeAccount(account)
})
