import { Secret, TOTP } from 'otpauth'
import { readCode } from './typed-text.ts'

const PERIOD_S = 30
const ISSUER = 'ProxMenux Monitor'
/** The length of the HMAC's output (RFC 4226, section 4). */
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
  // A name edited by hand may hold a lone surrogate, which a URI cannot encode.
  totpOf(secret, username.toWellFormed()).toString()

/** The six digits of a typed code, without separators; null if it is not an authenticator's code. */
export function readTotpCode(text: string): string | null {
  const digits = readCode(text)
  return /^\d{6}$/.test(digits) ? digits : null
}

/**
 * The time step (RFC 6238: SHA-1, 6 digits, 30 s) of a code, within one step of the present; null for a wrong code.
 * `now` in milliseconds since the epoch.
 */
export function findTotpStep(secret: string, code: string, now: number): number | null {
  const delta = totpOf(secret).validate({ token: code, timestamp: now, window: 1 })
  return delta === null ? null : Math.floor(now / 1000 / PERIOD_S) + delta
}
