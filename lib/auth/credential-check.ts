import { AppError, type ErrorCode, lockedOut } from '../api/errors.ts'
import type { Audit } from '../audit/events.ts'
import { compileAllowList } from '../net/address.ts'
import type { Lockouts } from '../storage/stores/lockouts.ts'
import type { Account } from './accounts.ts'
import type { PasswordCheck } from './passwords/check.ts'
import type { SecondFactor } from './second-factor.ts'
import { countedNameOf, readCode } from './typed-text.ts'

export interface Claim {
  /** Null for a user that does not exist: it costs the same. */
  account: Account | null
  /** The account's own name; without an account as the client wrote it, which the log keeps. */
  username: string
  address: string
  /** Undefined where only a code is asked. */
  password?: string
  code?: string | undefined
  /** Whether a code is asked where the second factor is on. */
  secondFactor: 'needed' | 'not-needed'
  /**
   * Set by an enrolment: the code is one of a second factor that is not on yet, and this says whether it is right. Who
   * sends it has been told its secret, so a right one takes back no earlier failure.
   */
  checkCode?: (code: string) => Promise<boolean>
  /** Also looks at the allow-list. */
  isLogin?: boolean
}

export type CredentialRefusal =
  | { ok: false; code: 'PASSWORD' | 'TOTP_REQUIRED' | 'TOTP_INVALID' | 'ACCOUNT_DISABLED' | 'IP_NOT_ALLOWED' }
  | { ok: false; code: 'ACCOUNT_LOCKED'; seconds: number }

/** `credential` is the one under which a session may be opened; `passedSecondFactor` says that a code was checked. */
export type CredentialOutcome = { ok: true; credential: string; passedSecondFactor: boolean } | CredentialRefusal

export interface CredentialCheckOptions {
  lockout: Lockouts
  checkPassword: PasswordCheck
  checkSecondFactor: SecondFactor
  audit: Pick<Audit, 'loginFailed' | 'lockedOut' | 'backupCodeUsed' | 'backupCodesLow'>
}

const FEW_BACKUP_CODES = 3

/**
 * The one place where somebody proves who they are, at the login and wherever a route asks again, in the contract's
 * order: lockout, allow-list, password, account enabled, second factor. Each check counts towards the lockout, and each
 * refusal but the question for a code is written to the authentication log.
 * Throws HasherBusyError, and what AuthStore.change throws; such an attempt does not count.
 */
export function createCredentialCheck({ lockout, checkPassword, checkSecondFactor, audit }: CredentialCheckOptions) {
  const check = async (claim: Claim): Promise<CredentialOutcome> => {
    const { account, address, password, code, isLogin } = claim
    if (isLogin && !compileAllowList(account?.allowedIps)(address)) return { ok: false, code: 'IP_NOT_ALLOWED' }
    const credential = password === undefined ? account?.credential : await checkPassword(account, password)
    if (!account || !credential) return { ok: false, code: 'PASSWORD' }
    if (!account.isActive) return { ok: false, code: 'ACCOUNT_DISABLED' }
    const needsCode = claim.checkCode || (claim.secondFactor === 'needed' && account.totpSecret !== null)
    if (!needsCode) return { ok: true, credential, passedSecondFactor: false }
    if (!code || readCode(code) === '') return { ok: false, code: 'TOTP_REQUIRED' }
    const isRight = claim.checkCode ? await claim.checkCode(code) : await useCode(claim, account, code)
    return isRight ? { ok: true, credential, passedSecondFactor: true } : { ok: false, code: 'TOTP_INVALID' }
  }

  const useCode = async ({ address, username: user }: Claim, account: Account, code: string): Promise<boolean> => {
    const use = await checkSecondFactor(account, code)
    if (use === null || use.backupCodesLeft === null) return use !== null
    audit.backupCodeUsed({ address, user })
    if (use.backupCodesLeft < FEW_BACKUP_CODES) audit.backupCodesLow({ address, user })
    return true
  }

  return async (claim: Claim): Promise<CredentialOutcome> => {
    const actor = { address: claim.address, user: claim.username }
    const counted = claim.account ? claim.username : countedNameOf(claim.username)
    const attempt = await lockout.begin(counted, claim.address)
    if ('lockedFor' in attempt) {
      audit.loginFailed(actor)
      return { ok: false, code: 'ACCOUNT_LOCKED', seconds: attempt.lockedFor }
    }
    let outcome: CredentialOutcome
    try {
      outcome = await check(claim)
    } catch (error) {
      await attempt.withdrawn()
      throw error
    }
    if (outcome.ok) await (claim.checkCode ? attempt.withdrawn() : attempt.succeeded())
    else {
      if (outcome.code !== 'TOTP_REQUIRED') audit.loginFailed(actor)
      if (outcome.code !== 'PASSWORD' && outcome.code !== 'TOTP_INVALID') await attempt.withdrawn()
      else if (await attempt.failed()) audit.lockedOut(actor)
    }
    return outcome
  }
}
export type VerifyCredentials = ReturnType<typeof createCredentialCheck>

/** What lib refuses with: a code of the table, or a password that did not match, and what more there is to say. */
export interface Refusal {
  ok: false
  code: ErrorCode | 'PASSWORD'
  reason?: string
  needs?: readonly string[]
  seconds?: number
}

/** A refusal as a client sees it; `wrongPassword` is its code where the password did not match. */
export function toHttpError(
  { code, reason, needs, seconds }: Refusal,
  wrongPassword: 'CREDENTIALS' | 'PASSWORD_INCORRECT' = 'PASSWORD_INCORRECT'
): AppError {
  if (seconds !== undefined) return lockedOut(seconds)
  return new AppError(code === 'PASSWORD' ? wrongPassword : code, { message: reason, needs })
}

/** What came of it, or the refusal thrown. */
export function unwrap<T extends { ok: true } | Refusal>(outcome: T): Extract<T, { ok: true }> {
  if (!outcome.ok) throw toHttpError(outcome)
  return outcome as Extract<T, { ok: true }>
}
