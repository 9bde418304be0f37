import type { Session } from '../storage/stores/sessions.ts'
import type { Account } from './accounts.ts'
import type { CredentialInput, CredentialOutcome, VerifyCredentials } from './credential-check.ts'

/** How long a confirmation is valid (contract 6), seconds. */
export const CONFIRMATION_S = 300

export type StepUpRefusal = { ok: false; code: 'STEP_UP_REQUIRED'; needs: readonly string[] }

/**
 * Whether the session's user gave their password, and a code if two-factor authentication is on, within five minutes: at
 * the login or with `POST /api/auth/confirm`. A refresh does not count.
 */
export const isConfirmed = ({ confirmedAt }: Pick<Session, 'confirmedAt'>, now: number): boolean => {
  const age = now - confirmedAt
  return age >= 0 && age < CONFIRMATION_S * 1000
}

export const stepUpRefusal = (needsCode: boolean): StepUpRefusal => ({
  ok: false,
  code: 'STEP_UP_REQUIRED',
  needs: needsCode ? ['password', 'totp'] : ['password']
})

export interface ReauthenticationInput extends Pick<CredentialInput, 'address' | 'code' | 'secondFactor'> {
  account: Account
  session: Pick<Session, 'confirmedAt'>
  /** Undefined if the body has none: a live confirmation then replaces it. */
  password: string | undefined
}

export type Reauthenticate = ReturnType<typeof createReauthentication>

/**
 * For routes that take the password in their body. A client of the Monitor sends none, and gets through within five
 * minutes of its login (contract 6).
 */
export function createReauthentication(verifyCredentials: VerifyCredentials, now: () => number) {
  return async (input: ReauthenticationInput): Promise<CredentialOutcome | StepUpRefusal> => {
    const { account, session, password, ...more } = input
    const { username, credential, totpSecret } = account
    if (password !== undefined) return verifyCredentials({ ...more, account, username, password })
    if (!isConfirmed(session, now())) return stepUpRefusal(more.secondFactor === 'needed' && totpSecret !== null)
    // The confirmation included a code, so none is needed. A code that is sent must still be right.
    if (!more.code || totpSecret === null) return { ok: true, credential, passedSecondFactor: false }
    return verifyCredentials({ ...more, account, username, secondFactor: 'needed' })
  }
}
