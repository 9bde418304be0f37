import type { PendingTotp } from '../../schemas/auth/auth-file.ts'
import type { AuthStore } from '../storage/stores/auth.ts'
import type { Session, SessionStore } from '../storage/stores/sessions.ts'
import { type Account, type CredentialRecord, credentialOf, recordOf } from './accounts.ts'
import type { Principal } from './authenticate.ts'
import { countUnused, hashBackupCodes, mintBackupCodes } from './backup-codes.ts'
import type { CredentialRefusal, VerifyCredentials } from './credential-check.ts'
import type { Hasher } from './passwords/hasher.ts'
import { findTotpStep, mintTotpSecret, otpauthUrlOf, readTotpCode } from './totp.ts'

const PENDING_MS = 3_600_000
const FRESH_MS = 300_000

export interface EnrolmentOptions {
  store: AuthStore
  sessions: SessionStore
  hasher: Hasher
  verifyCredentials: VerifyCredentials
  now: () => number
}

export interface EnrolmentInput {
  address: string
  password?: string | undefined
  code: string | undefined
}

export type Conflict = { ok: false; code: 'CONFLICT'; reason: string }
export type StartOutcome =
  | { ok: true; secret: string; url: string; backupCodes: string[] }
  | CredentialRefusal
  | Conflict
  | { ok: false; code: 'STEP_UP_REQUIRED'; needs: readonly string[] }
export type FinishOutcome = { ok: true; replaced: boolean; endedSessions: number } | CredentialRefusal | Conflict

const conflict = (reason: string): Conflict => ({ ok: false, code: 'CONFLICT', reason })

const isOpen = (pending: PendingTotp | null | undefined, now: number): pending is PendingTotp =>
  pending != null && Math.abs(now - Date.parse(pending.created_at)) < PENDING_MS

/** Turns a pending enrolment into the second factor, if this is a code of it; says what became of it. */
function takeOver(record: CredentialRecord | null, code: string, now: number) {
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
    // The code that was typed here must not open a login as well.
    last_totp_counter: step,
    totp_pending: null
  })
  return outcome
}

/**
 * Enrolment of a second factor (contract 6). It stands beside the one that is on, if any, until a code of it was seen,
 * so that whoever changes phones is never without; an hour later it is void.
 */
export function createEnrolment({ store, sessions, hasher, verifyCredentials, now }: EnrolmentOptions) {
  const isRecent = (at: number): boolean => at <= now() && now() - at < FRESH_MS

  // To replace the second factor takes what switching it off takes: a login alone does not do.
  const isConfirmed = ({ totpSecret }: Account, session: Session): boolean =>
    isRecent(session.confirmedAt) || (totpSecret === null && isRecent(session.createdAt))

  return {
    /** What the caller is to be shown once. Throws HasherBusyError, or what AuthStore.change throws. */
    async start({ account, session }: Principal, input: EnrolmentInput): Promise<StartOutcome> {
      const { id, username, totpSecret } = account!
      const needsCode = totpSecret !== null && !session!.amr.includes('otp')
      let { credential } = account!
      if (input.password !== undefined) {
        const proof = await verifyCredentials({
          ...input,
          account,
          username,
          secondFactor: needsCode ? 'needed' : 'not-needed'
        })
        if (!proof.ok) return proof
        credential = proof.credential
      } else if (!isConfirmed(account!, session!)) {
        return { ok: false, code: 'STEP_UP_REQUIRED', needs: needsCode ? ['password', 'totp'] : ['password'] }
      }
      const secret = mintTotpSecret()
      const backupCodes = mintBackupCodes()
      const hashed = await hashBackupCodes(backupCodes, hasher)
      const isStored = await store.change({ accounts: [id] }, (draft) => {
        const record = recordOf(draft, id)
        if (!record || credentialOf(record, draft.jwt_secret) !== credential) return false
        // What was enough while none was on is not enough to replace one switched on meanwhile.
        if ((record.totp_enabled ? (record.totp_secret ?? null) : null) !== totpSecret) return false
        const created_at = new Date(now()).toISOString()
        record.totp_pending = { secret, backup_codes: hashed, created_at, session: session!.sid }
        return true
      })
      if (!isStored) return conflict('the account was changed meanwhile')
      return { ok: true, secret, url: otpauthUrlOf(secret, username), backupCodes }
    },

    /**
     * Switches the second factor on by its first code. Of two at the same moment one does. Another one that was on ends
     * with the user's other sessions. Throws what AuthStore.change throws.
     */
    async finish({ account, session }: Principal, { address, code }: EnrolmentInput): Promise<FinishOutcome> {
      const { id, username } = account!
      let outcome = 'wrong' as ReturnType<typeof takeOver>
      const checkCode = async (typed: string): Promise<boolean> => {
        outcome = await store.change({ accounts: [id] }, (draft) => takeOver(recordOf(draft, id), typed, now()))
        return outcome !== 'wrong'
      }
      const proof = await verifyCredentials({ account, username, address, code, secondFactor: 'needed', checkCode })
      if (!proof.ok) return proof
      if (outcome === 'void') return conflict('no enrolment is pending; start one, it is good for an hour')
      const replaced = outcome === 'replaced'
      const endedSessions = replaced ? await sessions.endAll(id, session!.sid) : 0
      await sessions.setSecondFactor(id, session!.sid)
      return { ok: true, replaced, endedSessions }
    },

    /** The secret of a pending enrolment is shown to the session that started it, and to no other. */
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
