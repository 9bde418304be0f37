import { AppError, type ErrorCode, lockedOut } from '../api/errors.ts'
import type { Audit } from '../audit/events.ts'
import { compileAllowList } from '../net/address.ts'
import type { Lockouts } from '../storage/stores/lockouts.ts'
import type { Account } from './accounts.ts'
import type { PasswordCheck } from './passwords/check.ts'
import type { SecondFactor } from './second-factor.ts'
import { countedNameOf, readCode } from './typed-text.ts'

export interface CredentialInput {
  /** Null for an unknown user; the check takes the same time. */
  account: Account | null
  /** The account's name; for an unknown user the name as typed, for the log. */
  username: string
  address: string
  /** Undefined if only a code is required. */
  password?: string
  code?: string | undefined
  /** Whether an account with a second factor needs a code. */
  secondFactor: 'needed' | 'not-needed'
  /**
   * Set by an enrolment, whose second factor is not on yet: checks the code. The caller has seen the secret, so a
   * correct code does not clear earlier failures.
   */
  checkCode?: (code: string) => Promise<boolean>
  /** Also checks the allow-list. */
  isLogin?: boolean
}

export type CredentialRefusal =
  | { ok: false; code: 'PASSWORD' | 'TOTP_REQUIRED' | 'TOTP_INVALID' | 'ACCOUNT_DISABLED' | 'IP_NOT_ALLOWED' }
  | { ok: false; code: 'ACCOUNT_LOCKED'; seconds: number }

/** `credential` binds a new session to the account; `passedSecondFactor`: a code was checked. */
export type CredentialOutcome = { ok: true; credential: string; passedSecondFactor: boolean } | CredentialRefusal

export interface CredentialCheckOptions {
  lockout: Lockouts
  checkPassword: PasswordCheck
  checkSecondFactor: SecondFactor
  audit: Pick<Audit, 'loginFailed' | 'lockedOut' | 'backupCodeUsed' | 'backupCodesLow'>
}

const FEW_BACKUP_CODES = 3

/**
 * Checks credentials, at login and for each reauthentication, in the contract's order: lockout, allow-list, password,
 * account enabled, second factor. Each check counts towards the lockout. Each refusal except TOTP_REQUIRED is written
 * to the authentication log.
 * Throws HasherBusyError and the errors of AuthStore.change; such an attempt does not count.
 */
export function createCredentialCheck({ lockout, checkPassword, checkSecondFactor, audit }: CredentialCheckOptions) {
  const check = async (input: CredentialInput): Promise<CredentialOutcome> => {
    const { account, address, password, code, isLogin } = input
    if (isLogin && !compileAllowList(account?.allowedIps)(address)) return { ok: false, code: 'IP_NOT_ALLOWED' }
    const credential = password === undefined ? account?.credential : await checkPassword(account, password)
    if (!account || !credential) return { ok: false, code: 'PASSWORD' }
    if (!account.isActive) return { ok: false, code: 'ACCOUNT_DISABLED' }
    const needsCode = input.checkCode || (input.secondFactor === 'needed' && account.totpSecret !== null)
    if (!needsCode) return { ok: true, credential, passedSecondFactor: false }
    if (!code || readCode(code) === '') return { ok: false, code: 'TOTP_REQUIRED' }
    const isRight = input.checkCode ? await input.checkCode(code) : await useCode(input, account, code)
    return isRight ? { ok: true, credential, passedSecondFactor: true } : { ok: false, code: 'TOTP_INVALID' }
  }

  const useCode = async (
    { address, username: user }: CredentialInput,
    account: Account,
    code: string
  ): Promise<boolean> => {
    const use = await checkSecondFactor(account, code)
    if (use === null || use.backupCodesLeft === null) return use !== null
    audit.backupCodeUsed({ address, user })
    if (use.backupCodesLeft < FEW_BACKUP_CODES) audit.backupCodesLow({ address, user })
    return true
  }

  return async (input: CredentialInput): Promise<CredentialOutcome> => {
    const actor = { address: input.address, user: input.username }
    const counted = input.account ? input.username : countedNameOf(input.username)
    const attempt = await lockout.begin(counted, input.address)
    if ('lockedFor' in attempt) {
      audit.loginFailed(actor)
      return { ok: false, code: 'ACCOUNT_LOCKED', seconds: attempt.lockedFor }
    }
    let outcome: CredentialOutcome
    try {
      outcome = await check(input)
    } catch (error) {
      await attempt.withdrawn()
      throw error
    }
    if (outcome.ok) await (input.checkCode ? attempt.withdrawn() : attempt.succeeded())
    else {
      if (outcome.code !== 'TOTP_REQUIRED') audit.loginFailed(actor)
      if (outcome.code !== 'PASSWORD' && outcome.code !== 'TOTP_INVALID') await attempt.withdrawn()
      else if (await attempt.failed()) audit.lockedOut(actor)
    }
    return outcome
  }
}
export type VerifyCredentials = ReturnType<typeof createCredentialCheck>

/** A refusal by lib: an error code or a wrong password, with details. */
export interface Refusal {
  ok: false
  code: ErrorCode | 'PASSWORD'
  reason?: string
  needs?: readonly string[]
  seconds?: number
}

/**
 * Who sent the credentials. A missing or wrong credential is a 403 in a live session, since the Monitor's client drops
 * its session at any 401, and a 401 without a session (contract 2). `put-password`: `PUT /api/auth/password`, where the
 * panel documents a 401 for a wrong password.
 */
export type CredentialSender = 'login' | 'session' | 'no-session' | 'put-password'

const statusOf = (code: Refusal['code'], sender: CredentialSender): 403 | undefined => {
  if (code !== 'PASSWORD' && code !== 'TOTP_REQUIRED' && code !== 'TOTP_INVALID') return undefined
  return sender === 'session' || (sender === 'put-password' && code !== 'PASSWORD') ? 403 : undefined
}

/** Converts a refusal to the error for the client. */
export function toHttpError({ code, reason, needs, seconds }: Refusal, sender: CredentialSender = 'session'): AppError {
  if (seconds !== undefined) return lockedOut(seconds)
  const wrongPassword = sender === 'login' ? 'CREDENTIALS' : 'PASSWORD_INCORRECT'
  const status = statusOf(code, sender)
  // Every 503 says when to try again (contract 2).
  const retryAfter = code === 'BUSY' ? 5 : undefined
  return new AppError(code === 'PASSWORD' ? wrongPassword : code, { message: reason, needs, status, retryAfter })
}

/** Returns a successful outcome. Throws the AppError of a refusal. */
export function unwrap<T extends { ok: true } | Refusal>(
  outcome: T,
  sender?: CredentialSender
): Extract<T, { ok: true }> {
  if (!outcome.ok) throw toHttpError(outcome, sender)
  return outcome as Extract<T, { ok: true }>
}
