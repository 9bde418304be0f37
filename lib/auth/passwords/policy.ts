import { readFileSync } from 'node:fs'
import { locations } from '../../startup/locations.ts'

export const MIN_LENGTH = 10
export const MAX_LENGTH = 256

// The Monitor's list of obvious passwords, and words of this product and its field (ASVS 6.2.11). The dashboard checks
// the same list during typing: dashboard/src/access/password-rules.ts.
export const obvious: ReadonlySet<string> = new Set(
  `password passw0rd qwerty qwertyuiop letmein welcome admin administrator root proxmox proxmenux proxmenuxmonitor
   monitor changeme abcdefgh abcdefghij 12345678 123456789 1234567890 homelab homeserver raspberry debian ubuntu linux
   server dashboard secret default temporary temppass`.split(/\s+/)
)

const lower = /\p{Ll}/u
const upper = /\p{Lu}/u
const digit = /\p{Nd}/u
const symbol = /[^\p{Ll}\p{Lu}\p{Nd}]/u
const unprintable = /[\p{Cc}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]/u

const categoriesOf = (text: string): number => [lower, upper, digit, symbol].filter((kind) => kind.test(text)).length

/** NFKC, so that a password typed on different keyboards is the same password. */
export const normalisePassword = (password: string): string => password.normalize('NFKC')

/** Whether some mix of upper and lower case meets length and categories; only such passwords belong in the list. */
export const canPassWithOtherCase = (folded: string): boolean =>
  [...folded].length >= MIN_LENGTH &&
  categoriesOf(folded) + (lower.test(folded) && [...folded].filter((c) => lower.test(c)).length > 1 ? 1 : 0) >= 3

/** Why a password is rejected; null if it is accepted. */
export type PasswordPolicy = (password: string, username: string) => string | null

/**
 * The rules for new passwords (contract 4). The list of common passwords is read once, here, and not during a request.
 */
export function createPasswordPolicy(listPath = locations.commonPasswords): PasswordPolicy {
  // One string takes a tenth of the memory of ten thousand strings; a search takes a fraction of a millisecond.
  const common = `\n${readFileSync(listPath, 'utf8')}\n`
  return (raw, username) => {
    const password = normalisePassword(raw)
    const length = [...password].length
    if (length < MIN_LENGTH) return 'new_password too short'
    if (length > MAX_LENGTH || raw.length > 2 * MAX_LENGTH)
      return `the password is longer than ${MAX_LENGTH} characters`
    if (unprintable.test(password)) return 'the password has a character that cannot be typed'
    if (categoriesOf(password) < 3) {
      return 'the password needs 3 of these 4: lower-case letters, upper-case letters, digits, symbols'
    }
    const folded = password.toLowerCase()
    if (folded === normalisePassword(username).toLowerCase()) return 'the password is the username'
    const bare = folded.replace(/[^\p{L}]+$/u, '')
    if (obvious.has(folded) || obvious.has(bare) || common.includes(`\n${folded}\n`)) {
      return 'the password is commonly used'
    }
    return null
  }
}
