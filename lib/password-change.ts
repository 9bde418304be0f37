import { credentialOf } from './accounts.ts'
import type { Principal } from './authenticate.ts'
import type { PasswordCheck } from './passwords/check.ts'
import type { Hasher } from './passwords/hasher.ts'
import type { PasswordPolicy } from './passwords/policy.ts'
import type { SecondFactor } from './second-factor.ts'
import type { AuthStore } from './storage/auth-store.ts'
import type { SessionStore } from './storage/session-store.ts'

export type PasswordChangeOutcome =
  | { ok: true; endedSessions: number }
  | { ok: false; code: 'PASSWORD_INCORRECT' | 'TOTP_REQUIRED' | 'TOTP_INVALID' | 'CONFLICT' }
  | { ok: false; code: 'PASSWORD_POLICY'; reason: string }

export interface PasswordChangeOptions {
  store: AuthStore
  sessions: SessionStore
  hasher: Hasher
  policy: PasswordPolicy
  checkPassword: PasswordCheck
  checkSecondFactor: SecondFactor
}

export interface PasswordChangeInput {
  current: string
  next: string
  code: string | undefined
}

/**
 * Changes the caller's own password: the present one is asked for, and the code where the second factor is on and this
 * session has not passed it. Every other session of the user ends.
 */
export function createPasswordChange(options: PasswordChangeOptions) {
  const { store, sessions, hasher, policy, checkPassword, checkSecondFactor } = options
  return async (principal: Principal, { current, next, code }: PasswordChangeInput): Promise<PasswordChangeOutcome> => {
    const account = principal.account!
    const session = principal.session!
    const credential = await checkPassword(account, current)
    if (credential === null) return { ok: false, code: 'PASSWORD_INCORRECT' }
    const reason = policy(next, account.username)
    if (reason !== null) return { ok: false, code: 'PASSWORD_POLICY', reason }
    if (account.totpSecret !== null && !session.amr.includes('otp')) {
      if (!code) return { ok: false, code: 'TOTP_REQUIRED' }
      if (!(await checkSecondFactor(account, code))) return { ok: false, code: 'TOTP_INVALID' }
    }
    const passwordHash = await hasher.hash(next)
    const renewed = await store.update((draft) => {
      // Somebody changed it meanwhile: their password is not to be overwritten on the strength of the old one.
      if (credentialOf(draft) !== credential) return null
      draft.password_hash = passwordHash
      return credentialOf(draft)
    })
    if (renewed === null) return { ok: false, code: 'CONFLICT' }
    await sessions.renewCredential(account.id, credential, renewed, session.sid)
    return { ok: true, endedSessions: await sessions.endAll(account.id, session.sid) }
  }
}
export type PasswordChange = ReturnType<typeof createPasswordChange>
