import { createHash, timingSafeEqual } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import type { AuthFile, BackupCode } from '../schemas/auth-file.ts'
import { type Account, recordOf } from './accounts.ts'
import type { Hasher } from './passwords/hasher.ts'
import type { AuthStore } from './storage/auth-store.ts'

const PERIOD_S = 30

/** The step (RFC 6238) whose code this is, among the present one and its two neighbours; null when none. */
export function findTotpStep(secret: string, code: string, now: number): number | null {
  const totp = new TOTP({ secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: PERIOD_S })
  const delta = totp.validate({ token: code, timestamp: now, window: 1 })
  return delta === null ? null : Math.floor(now / 1000 / PERIOD_S) + delta
}

/** Backup codes in the one spelling that is hashed: upper case, with the dash. Null for what is no backup code. */
export function normaliseBackupCode(text: string): string | null {
  const bare = text.toUpperCase().replace(/[\s-]/g, '')
  return /^[A-Z0-9]{8}$/.test(bare) ? `${bare.slice(0, 4)}-${bare.slice(4)}` : null
}

const sameHex = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

export interface SecondFactorOptions {
  store: AuthStore
  hasher: Hasher
  now: () => number
}

/**
 * Checks a code of the second factor and uses it up, in one read-modify-write of auth.json: of two requests
 * with the same code, in whatever process, one gets through.
 */
export function createSecondFactor({ store, hasher, now }: SecondFactorOptions) {
  const useStep = (id: number, secret: string, step: number) => (draft: AuthFile) => {
    const record = recordOf(draft, id)
    if (!record?.totp_enabled || record.totp_secret !== secret) return false
    if (step <= (record.last_totp_counter ?? -1)) return false
    record.last_totp_counter = step
    return true
  }

  const useBackupCode = (id: number, stored: string) => (draft: AuthFile) => {
    const record = recordOf(draft, id)
    const entry = record?.backup_codes?.find((candidate) => candidate.code === stored && !candidate.used)
    if (!record?.totp_enabled || !entry) return false
    entry.used = true
    return true
  }

  const findBackupCode = async (codes: readonly BackupCode[], code: string): Promise<BackupCode | null> => {
    const unused = codes.filter((entry) => !entry.used)
    const digest = createHash('sha256').update(code).digest('hex')
    const legacy = unused.find((entry) => sameHex(entry.code, digest))
    if (legacy || !unused.some((entry) => entry.code.includes('$'))) return legacy ?? null
    const index = await hasher.find(
      code,
      unused.map((entry) => entry.code)
    )
    return unused[index] ?? null
  }

  /** True when the code was good; it is then used up. Throws HasherBusyError, or what AuthStore.update throws. */
  return async (account: Account, code: string): Promise<boolean> => {
    const secret = account.totpSecret
    if (secret === null) return false
    const digits = code.replace(/\s/g, '')
    if (/^\d{6}$/.test(digits)) {
      const step = findTotpStep(secret, digits, now())
      return step !== null && (await store.update(useStep(account.id, secret, step)))
    }
    const backupCode = normaliseBackupCode(code)
    const entry = backupCode === null ? null : await findBackupCode(account.backupCodes, backupCode)
    return entry !== null && (await store.update(useBackupCode(account.id, entry.code)))
  }
}
export type SecondFactor = ReturnType<typeof createSecondFactor>
