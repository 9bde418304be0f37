import type { PendingTotp } from '../../schemas/auth/auth-file.ts'
import type { AuthStore } from '../storage/stores/auth.ts'
import type { SessionStore } from '../storage/stores/sessions.ts'
import { type CredentialRecord, credentialOf, recordOf } from './accounts.ts'
import type { Principal } from './authenticate.ts'
import { countUnused, hashBackupCodes, mintBackupCodes } from './backup-codes.ts'
import type { Reauthenticate, StepUpRefusal } from './confirmation.ts'
import type { CredentialRefusal, VerifyCredentials } from './credential-check.ts'
import type { Hasher } from './passwords/hasher.ts'
import { findTotpStep, mintTotpSecret, otpauthUrlOf, readTotpCode } from './totp.ts'

const PENDING_MS = 3_600_000

export interface EnrolmentOptions {
  store: AuthStore
  sessions: SessionStore
  hasher: Hasher
  verifyCredentials: VerifyCredentials
  reauthenticate: Reauthenticate
  now: () => number
}

export interface EnrolmentInput {
  address: string
  password: string | undefined
  code: string | undefined
}

export type Conflict = { ok: false; code: 'CONFLICT'; reason: string }
export type StartOutcome =
  | { ok: true; secret: string; url: string; backupCodes: string[] }
  | CredentialRefusal
  | Conflict
  | StepUpRefusal
export type FinishOutcome = { ok: true; replaced: boolean; endedSessions: number } | CredentialRefusal | Conflict

const conflict = (reason: string): Conflict => ({ ok: false, code: 'CONFLICT', reason })

const isOpen = (pending: PendingTotp | null | undefined, now: number): pending is PendingTotp =>
  pending != null && Math.abs(now - Date.parse(pending.created_at)) < PENDING_MS

/** Turns a pending enrolment into the second factor if the code is correct; returns the outcome. */
function activatePending(record: CredentialRecord | null, code: string, now: number) {
  const pending = record?.totp_pending
  if (!record || !isOpen(pending, now)) return 'void'
  const digits = readTotpCode(code)
  const step = digits === null ? null : findTotpStep(pending.secret, digits, now)
  if (step === null) return 'wrong'
  const outcome = record.totp_enabled ? 'replaced' : 'enabled'
  Object.assign(record, {
    totp_enabled: true,
    totp_secret: pending.secret,
    backup_codes: pending.backup_codes,
    // The same code must not also work for a login.
    last_totp_counter: step,
    totp_pending: null
  })
  return outcome
}

/**
 * Enrolment of a second factor (contract 6). The present second factor stays on until a code verifies the new one, so
 * that a change of phones leaves no gap. An enrolment expires after an hour.
 */
export function createEnrolment(options: EnrolmentOptions) {
  const { store, sessions, hasher, verifyCredentials, reauthenticate, now } = options
  return {
    /** Returns the secret and backup codes, shown once. Throws HasherBusyError and the errors of AuthStore.change. */
    async start({ account, session }: Principal, input: EnrolmentInput): Promise<StartOutcome> {
      const { id, username, totpSecret } = account!
      const secondFactor = session!.amr.includes('otp') ? 'not-needed' : 'needed'
      const proof = await reauthenticate({ ...input, account: account!, session: session!, secondFactor })
      if (!proof.ok) return proof
      const { credential } = proof
      const secret = mintTotpSecret()
      const backupCodes = mintBackupCodes()
      const hashed = await hashBackupCodes(backupCodes, hasher)
      const isStored = await store.change({ accounts: [id] }, (draft) => {
        const record = recordOf(draft, id)
        if (!record || credentialOf(record, draft.jwt_secret) !== credential) return false
        // The weaker confirmation without a second factor must not replace one that was turned on meanwhile.
        if ((record.totp_enabled ? (record.totp_secret ?? null) : null) !== totpSecret) return false
        const created_at = new Date(now()).toISOString()
        record.totp_pending = { secret, backup_codes: hashed, created_at, session: session!.sid }
        return true
      })
      if (!isStored) return conflict('the account was changed meanwhile')
      return { ok: true, secret, url: otpauthUrlOf(secret, username), backupCodes }
    },

    /**
     * Turns the second factor on after its first code; exactly one of several concurrent calls succeeds. Replacing a
     * second factor ends the user's other sessions. Throws the errors of AuthStore.change.
     */
    async finish(
      { account, session }: Principal,
      { address, code }: Omit<EnrolmentInput, 'password'>
    ): Promise<FinishOutcome> {
      const { id, username } = account!
      let outcome = 'wrong' as ReturnType<typeof activatePending>
      const checkCode = async (typed: string): Promise<boolean> => {
        outcome = await store.change({ accounts: [id] }, (draft) => activatePending(recordOf(draft, id), typed, now()))
        return outcome !== 'wrong'
      }
      const proof = await verifyCredentials({ account, username, address, code, secondFactor: 'needed', checkCode })
      if (!proof.ok) return proof
      if (outcome === 'void') return conflict('no enrolment is pending; start one and finish it within an hour')
      const replaced = outcome === 'replaced'
      const endedSessions = replaced ? await sessions.endAll(id, session!.sid) : 0
      await sessions.setSecondFactor(id, session!.sid)
      return { ok: true, replaced, endedSessions }
    },

    /** The state of the second factor. Only the session that started an enrolment sees its secret. */
    status({ account, session }: Principal) {
      const { username, totpSecret, totpPending: pending, backupCodes } = account!
      const isOwn = isOpen(pending, now()) && pending.session === session!.sid
      return {
        enabled: totpSecret !== null,
        qr_url: isOwn ? otpauthUrlOf(pending.secret, username) : '',
        backup_codes_left: totpSecret === null ? 0 : countUnused(backupCodes)
      }
    }
  }
}
export type Enrolment = ReturnType<typeof createEnrolment>
