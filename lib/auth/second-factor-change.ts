import type { AuthFile } from '../../schemas/auth/auth-file.ts'
import { type Account, type CredentialRecord, credentialOf, noSecondFactor, recordOf } from './accounts.ts'
import type { Principal } from './authenticate.ts'
import { hashBackupCodes, mintBackupCodes } from './backup-codes.ts'
import type { CredentialRefusal } from './credential-check.ts'
import type { Conflict, EnrolmentOptions } from './enrolment.ts'

export interface SecondFactorChangeInput {
  address: string
  /** Undefined where a code alone is the proof. */
  password?: string
  code: string | undefined
}

const isOff: Conflict = { ok: false, code: 'CONFLICT', reason: 'the second factor is not on' }
const changed: Conflict = { ok: false, code: 'CONFLICT', reason: 'the account was changed meanwhile' }

/** What the owner of a second factor that is on may do with it, against proof. */
export function createSecondFactorChange({
  store,
  sessions,
  hasher,
  verifyCredentials
}: Omit<EnrolmentOptions, 'now'>) {
  /** Changes the record if it still is what the proof was about. */
  const change = (account: Account, credential: string, apply: (record: CredentialRecord) => void) =>
    store.change({ accounts: [account.id] }, (draft: AuthFile): boolean => {
      const record = recordOf(draft, account.id)
      if (!record?.totp_enabled || record.totp_secret !== account.totpSecret) return false
      if (credentialOf(record, draft.jwt_secret) !== credential) return false
      apply(record)
      return true
    })

  return {
    /**
     * Switches it off and forgets it; the user's other sessions end. With the password, a code is asked unless this
     * session has passed the second factor; without it, a code always. Throws HasherBusyError, or what AuthStore.change
     * throws.
     */
    async disable(
      { account, session }: Principal,
      input: SecondFactorChangeInput
    ): Promise<{ ok: true; endedSessions: number } | CredentialRefusal | Conflict> {
      const { id, username, totpSecret } = account!
      if (totpSecret === null) return isOff
      const hasPassed = input.password !== undefined && session!.amr.includes('otp')
      const proof = await verifyCredentials({
        ...input,
        account,
        username,
        secondFactor: hasPassed ? 'not-needed' : 'needed'
      })
      if (!proof.ok) return proof
      const isDone = await change(account!, proof.credential, (record) => Object.assign(record, noSecondFactor()))
      if (!isDone) return changed
      const endedSessions = await sessions.endAll(id, session!.sid)
      await sessions.setSecondFactor(id, null)
      return { ok: true, endedSessions }
    },

    /** Ten new ones in place of all there were, against password and code. Throws as `disable` does. */
    async replaceBackupCodes(
      { account }: Principal,
      input: SecondFactorChangeInput
    ): Promise<{ ok: true; backupCodes: string[] } | CredentialRefusal | Conflict> {
      const { username, totpSecret } = account!
      if (totpSecret === null) return isOff
      const proof = await verifyCredentials({ ...input, account, username, secondFactor: 'needed' })
      if (!proof.ok) return proof
      const backupCodes = mintBackupCodes()
      const hashed = await hashBackupCodes(backupCodes, hasher)
      const isDone = await change(account!, proof.credential, (record) => {
        record.backup_codes = hashed
      })
      return isDone ? { ok: true, backupCodes } : changed
    }
  }
}
export type SecondFactorChange = ReturnType<typeof createSecondFactorChange>
