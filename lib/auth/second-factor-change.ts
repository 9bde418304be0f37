import type { AuthFile } from '../../schemas/auth/auth-file.ts'
import { type Account, type CredentialRecord, credentialOf, noSecondFactor, recordOf } from './accounts.ts'
import type { Principal } from './authenticate.ts'
import { hashBackupCodes, mintBackupCodes } from './backup-codes.ts'
import type { StepUpRefusal } from './confirmation.ts'
import type { CredentialRefusal } from './credential-check.ts'
import type { Conflict, EnrolmentInput, EnrolmentOptions } from './enrolment.ts'

export interface SecondFactorChangeInput {
  address: string
  /** Undefined if the caller sends only a code. */
  password?: string
  code: string | undefined
}

const isOff: Conflict = { ok: false, code: 'CONFLICT', reason: 'the second factor is not on' }
const changed: Conflict = { ok: false, code: 'CONFLICT', reason: 'the account was changed meanwhile' }

/** Changes to an enabled second factor by its user, after a check of their credentials. */
export function createSecondFactorChange({
  store,
  sessions,
  hasher,
  verifyCredentials,
  reauthenticate
}: Omit<EnrolmentOptions, 'now'>) {
  /** Changes the record, unless its second factor or credential changed since the check. */
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
     * Turns the second factor off, deletes its secret and ends the user's other sessions. A code is required, except
     * with the password in a session that has passed the second factor. Throws HasherBusyError and the errors of
     * AuthStore.change.
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

    /**
     * Replaces all backup codes by ten new codes, after password and code or a confirmation. Throws as `disable` does.
     */
    async replaceBackupCodes(
      { account, session }: Principal,
      input: EnrolmentInput
    ): Promise<{ ok: true; backupCodes: string[] } | CredentialRefusal | Conflict | StepUpRefusal> {
      if (account!.totpSecret === null) return isOff
      const proof = await reauthenticate({ ...input, account: account!, session: session!, secondFactor: 'needed' })
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
