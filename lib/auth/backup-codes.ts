import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { BackupCode } from '../../schemas/auth/auth-file.ts'
import { costFaultsOf } from './passwords/cost.ts'
import type { Hasher } from './passwords/hasher.ts'
import { readCode } from './typed-text.ts'

const CODES = 10
/** 32 characters, five random bits each; without the similar 0 and O, 1 and I. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** Ten codes of 40 random bits, `XXXX-XXXX`. */
export function mintBackupCodes(): string[] {
  const mintCode = (): string => {
    const signs = Array.from(randomBytes(8), (byte) => ALPHABET[byte % ALPHABET.length]).join('')
    return `${signs.slice(0, 4)}-${signs.slice(4)}`
  }
  const codes = new Set<string>()
  while (codes.size < CODES) codes.add(mintCode())
  return [...codes]
}

/** Hashes a set of codes under one salt, for storage. Throws HasherBusyError. */
export const hashBackupCodes = async (codes: readonly string[], hasher: Hasher): Promise<BackupCode[]> =>
  (await hasher.hashCodes(codes)).map((code) => ({ code, used: false }))

/** The spelling of a backup code that is hashed: upper case, with a dash. Null if the text is not a backup code. */
export function normaliseBackupCode(text: string): string | null {
  const bare = readCode(text).toUpperCase()
  return /^[A-Z0-9]{8}$/.test(bare) ? `${bare.slice(0, 4)}-${bare.slice(4)}` : null
}

export const countUnused = (codes: readonly BackupCode[] | undefined): number =>
  codes?.filter((entry) => !entry.used).length ?? 0

const sameHex = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

/** The unused entry of a normalised code; older installs stored a plain SHA-256. Throws HasherBusyError. */
export async function findBackupCode(
  codes: readonly BackupCode[],
  code: string,
  hasher: Hasher
): Promise<BackupCode | null> {
  const left = codes.filter((entry) => !entry.used)
  const faults = costFaultsOf(left.map((entry) => entry.code))
  const unused = left.filter((_, i) => faults[i] === null)
  const digest = createHash('sha256').update(code).digest('hex')
  const legacy = unused.find((entry) => sameHex(entry.code, digest))
  if (legacy || !unused.some((entry) => entry.code.includes('$'))) return legacy ?? null
  const index = await hasher.find(
    code,
    unused.map((entry) => entry.code)
  )
  return unused[index] ?? null
}
