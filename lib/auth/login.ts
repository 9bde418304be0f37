import { randomUUID } from 'node:crypto'
import type { AuthStore } from '../storage/stores/auth.ts'
import type { Session, SessionStore } from '../storage/stores/sessions.ts'
import { type Account, describeAccount } from './accounts.ts'
import type { CredentialRefusal, VerifyCredentials } from './credential-check.ts'
import { hashRefreshToken, mintRefreshToken } from './refresh.ts'
import { sessionTokenClaims, type TokenSigner } from './tokens.ts'

/** The origin of a login. */
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
  session: Session
  token: string
  /** Seconds. */
  expiresIn: number
  refreshToken: string
}

export type LoginOutcome = OpenedSession | CredentialRefusal

export interface SessionIssuerOptions {
  store: AuthStore
  sessions: SessionStore
  now: () => number
  sign: TokenSigner
  /** Lifetimes in seconds. */
  ttl: number
  refreshTtl: number
}

/** Opens sessions after a successful credential check, and signs tokens for open sessions. */
export function createSessionIssuer({ store, sessions, now, sign, ttl, refreshTtl }: SessionIssuerOptions) {
  const issue = async (account: Account, session: Session, refreshToken: string): Promise<OpenedSession> => {
    const { sid, amr } = session
    const claims = sessionTokenClaims({ account, sid, jti: randomUUID(), amr, issuedAt: now(), ttl })
    const token = sign(claims, await store.secret())
    return { ok: true, account, session, token, expiresIn: ttl, refreshToken }
  }

  return {
    issue,
    async open(account: Account, credential: string, amr: string[], origin: Origin): Promise<OpenedSession> {
      const createdAt = now()
      const refreshToken = mintRefreshToken()
      const expiresAt = createdAt + Math.max(ttl, refreshTtl) * 1000
      // The password was just given, and the code where one is on: this is a confirmation (contract 6). A link is not.
      const times = { createdAt, confirmedAt: amr.includes('pwd') ? createdAt : 0, expiresAt }
      const fields = { ...origin, userId: account.id, credential, amr, ...times }
      return issue(account, await sessions.open(fields, hashRefreshToken(refreshToken)), refreshToken)
    }
  }
}
export type SessionIssuer = ReturnType<typeof createSessionIssuer>

export interface LoginOptions {
  store: AuthStore
  verifyCredentials: VerifyCredentials
  openSession: SessionIssuer['open']
}

/** The login. The gates check bans and rate limits before it. */
export function createLogin({ store, verifyCredentials, openSession }: LoginOptions) {
  return async ({ username: typed, password, code, ...origin }: LoginInput): Promise<LoginOutcome> => {
    const account = await store.findByName(typed)
    const username = account?.username ?? typed
    const { address } = origin
    const input = { account, username, address, password, code, secondFactor: 'needed', isLogin: true } as const
    const proof = await verifyCredentials(input)
    if (!proof.ok) return proof
    const amr = proof.passedSecondFactor ? ['pwd', 'otp'] : ['pwd']
    return openSession(account!, proof.credential, amr, origin)
  }
}
export type Login = ReturnType<typeof createLogin>

/** The answer to a login or a setup. */
export const describeLogin = ({ account, token, expiresIn }: OpenedSession, message: string) => ({
  success: true as const,
  token,
  expires_in: expiresIn,
  message,
  user: describeAccount(account)
})
