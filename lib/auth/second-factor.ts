import type { AuthFile } from '../../schemas/auth/auth-file.ts'
import type { AuthStore } from '../storage/stores/auth.ts'
import { type Account, recordOf } from './accounts.ts'
import { countUnused, findBackupCode, normaliseBackupCode } from './backup-codes.ts'
import type { Hasher } from './passwords/hasher.ts'
import { findTotpStep, readTotpCode } from './totp.ts'

/** A valid code; `backupCodesLeft` is null for a code of the authenticator. */
export interface CodeUse {
  backupCodesLeft: number | null
}

export interface SecondFactorOptions {
  store: AuthStore
  hasher: Hasher
  now: () => number
}

/**
 * Checks a code of the second factor and uses it up, in one read-modify-write of auth.json: of several requests with
 * the same code, also in different processes, exactly one succeeds. On a full disk the use is kept in memory, so that
 * users can still log in.
 */
export function createSecondFactor({ store, hasher, now }: SecondFactorOptions) {
  const useStep =
    (id: number, secret: string, step: number) =>
    (draft: AuthFile): CodeUse | null => {
      const record = recordOf(draft, id)
      if (!record?.totp_enabled || record.totp_secret !== secret) return null
      if (step <= (record.last_totp_counter ?? -1)) return null
      record.last_totp_counter = step
      return { backupCodesLeft: null }
    }

  const useBackupCode =
    (id: number, stored: string) =>
    (draft: AuthFile): CodeUse | null => {
      const record = recordOf(draft, id)
      const entry = record?.backup_codes?.find((candidate) => candidate.code === stored && !candidate.used)
      if (!record?.totp_enabled || !entry) return null
      entry.used = true
      return { backupCodesLeft: countUnused(record.backup_codes) }
    }

  /** Null for an invalid code; a valid code is used up. Throws HasherBusyError, and as AuthStore.changeSoon does. */
  return async (account: Account, code: string): Promise<CodeUse | null> => {
    const secret = account.totpSecret
    if (secret === null) return null
    const digits = readTotpCode(code)
    if (digits !== null) {
      const step = findTotpStep(secret, digits, now())
      return step === null ? null : store.changeSoon({ accounts: [account.id] }, useStep(account.id, secret, step))
    }
    const backupCode = normaliseBackupCode(code)
    const entry = backupCode === null ? null : await findBackupCode(account.backupCodes, backupCode, hasher)
    return entry && store.changeSoon({ accounts: [account.id] }, useBackupCode(account.id, entry.code))
  }
}
export type SecondFactor = ReturnType<typeof createSecondFactor>
