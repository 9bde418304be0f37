import { createHash } from 'node:crypto'
import type { Scope } from '../../schemas/auth/permission.ts'
import type { Account } from './accounts.ts'

export const ISSUER = 'proxmenux-monitor'
export const AUDIENCE = 'api'
/** Accepted clock skew (contract 5), in ms. */
export const LEEWAY_MS = 5000

/** Claims of a token with valid signature, issuer, audience and expiry. Times are seconds since the epoch. */
export interface Claims {
  exp: number
  iat?: number
  jti?: string
  sid?: string
  username?: string
  user_id?: number
  /** Absent in API tokens of the Monitor, which belong to the operator. */
  tenant_id?: number
  amr?: string[]
  token_name?: string
  scope?: Scope
}

/** Input for the claims of a session token (contract 5). `issuedAt` in ms, `ttl` in seconds. */
export interface SessionTokenInput {
  account: Account
  sid: string
  jti: string
  amr: string[]
  issuedAt: number
  ttl: number
}

/** Input for the claims of an API token (contract 5). `issuedAt` in ms. */
export interface ApiTokenInput {
  account: Account
  jti: string
  name: string
  scope: Scope
  issuedAt: number
  /** Lifetime in whole days. */
  days: number
}

/** Signs claims as a JWT with the UTF-8 bytes of a secret, and adds `tenant_id`. Throws if the secret is empty. */
export type TokenSigner = (claims: object, secret: string) => string

/** Claims about a user. `issuedAt` in ms, `ttl` in seconds; the returned `exp` is in seconds since the epoch. */
function claimsAbout(account: Account, issuedAt: number, ttl: number, claims: object) {
  const iat = Math.floor(issuedAt / 1000)
  return {
    iss: ISSUER,
    aud: AUDIENCE,
    iat,
    exp: iat + ttl,
    ...claims,
    user_id: account.id,
    username: account.username,
    user_type: account.userType,
    reseller_id: account.resellerId
  }
}

/** The claims of a session token. `issuedAt` in ms, `ttl` in seconds. */
export const sessionTokenClaims = ({ account, issuedAt, ttl, jti, sid, amr }: SessionTokenInput) =>
  claimsAbout(account, issuedAt, ttl, { jti, sid, amr })

/** The claims of an API token; `jti` distinguishes tokens issued in the same second. `issuedAt` in ms. */
export const apiTokenClaims = ({ account, issuedAt, days, jti, name, scope }: ApiTokenInput) =>
  claimsAbout(account, issuedAt, days * 86_400, { jti, token_name: name, scope })

/** SHA-256 of a token in hex, as stored in `api_tokens[].token_hash` and `revoked_tokens[]`. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex')

/** A token that passed the checks of the JWT library: signature, algorithm, issuer, audience and times. */
export interface VerifiedToken {
  header: object
  payload: object
  /** base64url, as sent in the token. */
  signature: string
}

const isCanonical = (signature: string): boolean =>
  Buffer.from(signature, 'base64url').toString('base64url') === signature

/**
 * The checks that fast-jwt omits. Rejected are any `crit` (fast-jwt accepts falsy values), times that are not finite
 * numbers (1e999), claims of the wrong type, and a non-canonical signature, whose SHA-256 no deny-list holds. `iss` and
 * `aud` are required except in registered API tokens of older installs (RFC 7519, RFC 8725, contract 5).
 */
export function isSoundToken({ header, payload, signature }: VerifiedToken, isRegistered: boolean): boolean {
  const claims = payload as Record<string, unknown>
  const { iss, aud, exp, nbf, iat, sid, jti, username, token_name: tokenName, scope } = claims
  const isOlderApiToken = isRegistered && tokenName !== undefined
  return (
    !Object.hasOwn(header, 'crit') &&
    isCanonical(signature) &&
    Number.isFinite(exp) &&
    [nbf, iat].every((time) => time === undefined || Number.isFinite(time)) &&
    [sid, jti, username, tokenName, scope].every((text) => text === undefined || typeof text === 'string') &&
    (isOlderApiToken || (iss !== undefined && aud !== undefined))
  )
}
