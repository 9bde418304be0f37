import { Secret, TOTP } from 'otpauth'
import { readCode } from './typed-text.ts'

const PERIOD_S = 30
const ISSUER = 'ProxMenux Monitor'
/** As long as the HMAC's output (RFC 4226, section 4). */
const SECRET_BYTES = 20

const totpOf = (secret: string, label = '') =>
  new TOTP({
    issuer: ISSUER,
    label,
    secret: Secret.fromBase32(secret),
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_S
  })

/** 160 random bits, base32. */
export const mintTotpSecret = (): string => new Secret({ size: SECRET_BYTES }).base32

/** The URI an authenticator reads; it shows the issuer and the user name. */
export const otpauthUrlOf = (secret: string, username: string): string =>
  // A name written by hand may hold half a character, which no URI can.
  totpOf(secret, username.toWellFormed()).toString()

/** The six digits, however they were typed; null for what is no code of an authenticator. */
export function readTotpCode(text: string): string | null {
  const digits = readCode(text)
  return /^\d{6}$/.test(digits) ? digits : null
}

/**
 * The step (RFC 6238: SHA-1, 6 digits, 30 s) whose code this is, among the present one and its two neighbours; null when
 * none. `now` is in milliseconds since the epoch.
 */
export function findTotpStep(secret: string, code: string, now: number): number | null {
  const delta = totpOf(secret).validate({ token: code, timestamp: now, window: 1 })
  return delta === null ? null : Math.floor(now / 1000 / PERIOD_S) + delta
}
