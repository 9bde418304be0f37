import type { AuthStore } from '../storage/stores/auth.ts'
import type { SessionStore } from '../storage/stores/sessions.ts'
import { credentialOf, recordOf } from './accounts.ts'
import type { Principal } from './authenticate.ts'
import type { CredentialRefusal, VerifyCredentials } from './credential-check.ts'
import type { Hasher } from './passwords/hasher.ts'
import type { PasswordPolicy } from './passwords/policy.ts'

export type PasswordChangeOutcome =
  | { ok: true; endedSessions: number }
  | CredentialRefusal
  | { ok: false; code: 'CONFLICT' }
  | { ok: false; code: 'PASSWORD_POLICY'; reason: string }

export interface PasswordChangeOptions {
  store: AuthStore
  sessions: SessionStore
  hasher: Hasher
  policy: PasswordPolicy
  verifyCredentials: VerifyCredentials
}

export interface PasswordChangeInput {
  address: string
  current: string
  next: string
  code: string | undefined
}

/**
 * Changes the caller's own password and ends their other sessions. Requires the current password, and a code unless the
 * second factor is off or this session has passed it. Throws HasherBusyError and the errors of AuthStore.change.
 */
export function createPasswordChange(options: PasswordChangeOptions) {
  const { store, sessions, hasher, policy, verifyCredentials } = options
  return async (
    principal: Principal,
    { address, current, next, code }: PasswordChangeInput
  ): Promise<PasswordChangeOutcome> => {
    const account = principal.account!
    const session = principal.session!
    const reason = policy(next, account.username)
    if (reason !== null) return { ok: false, code: 'PASSWORD_POLICY', reason }
    const secondFactor = session.amr.includes('otp') ? 'not-needed' : 'needed'
    const { username } = account
    const proof = await verifyCredentials({ account, username, address, password: current, code, secondFactor })
    if (!proof.ok) return proof
    const { credential } = proof
    const passwordHash = await hasher.hash(next)
    const renewed = await store.change({ accounts: [account.id] }, (draft) => {
      // The password changed during the check: the old password must not overwrite the new one.
      const record = recordOf(draft, account.id)
      if (record === null || credentialOf(record, draft.jwt_secret) !== credential) return null
      record.password_hash = passwordHash
      return credentialOf(record, draft.jwt_secret)
    })
    if (renewed === null) return { ok: false, code: 'CONFLICT' }
    await sessions.renewCredential(account.id, credential, renewed, session.sid)
    return { ok: true, endedSessions: await sessions.endAll(account.id, session.sid) }
  }
}
export type PasswordChange = ReturnType<typeof createPasswordChange>
