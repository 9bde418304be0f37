import { createHash } from 'node:crypto'
import type { Scope } from '../../schemas/auth/permission.ts'
import type { Account } from './accounts.ts'

export const ISSUER = 'proxmenux-monitor'
export const AUDIENCE = 'api'
/** How far a client's clock may differ (contract 5), in ms. */
export const LEEWAY_MS = 5000

/** Claims of a token whose signature, issuer, audience and expiry are good. Times are seconds since the epoch. */
export interface Claims {
  exp: number
  iat?: number
  jti?: string
  sid?: string
  username?: string
  user_id?: number
  amr?: string[]
  token_name?: string
  scope?: Scope
}

/** What a session token says of its user: the panel's claims and the Monitor's (contract 5). */
export interface SessionTokenInput {
  account: Account
  sid: string
  jti: string
  amr: string[]
  issuedAt: number
  ttl: number
}

/** What an API token says beside its user (contract 5). */
export interface ApiTokenInput {
  account: Account
  jti: string
  name: string
  scope: Scope
  issuedAt: number
  /** Whole days it is good for. */
  days: number
}

/** Signs claims under a secret (its UTF-8 bytes) as a JWT; throws where there is no secret. */
export type TokenSigner = (claims: object, secret: string) => string

/** Claims about a user. `issuedAt` in ms, `ttl` in seconds; `exp` comes back in seconds since the epoch. */
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
    reseller_id: account.resellerId,
    tenant_id: 0
  }
}

/** The claims of a session token. `issuedAt` in ms, `ttl` in seconds. */
export const sessionTokenClaims = ({ account, issuedAt, ttl, jti, sid, amr }: SessionTokenInput) =>
  claimsAbout(account, issuedAt, ttl, { jti, sid, amr })

/** The claims of an API token; `jti` makes two tokens of the same second differ. `issuedAt` in ms. */
export const apiTokenClaims = ({ account, issuedAt, days, jti, name, scope }: ApiTokenInput) =>
  claimsAbout(account, issuedAt, days * 86_400, { jti, token_name: name, scope })

/** SHA-256 of a whole token in hex, as `api_tokens[].token_hash` and `revoked_tokens[]` hold it. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex')

/** A token whose signature, algorithm, issuer, audience and times a JWT library has accepted. */
export interface VerifiedToken {
  header: object
  payload: object
  /** As it stands in the token. */
  signature: string
}

const isCanonical = (signature: string): boolean =>
  Buffer.from(signature, 'base64url').toString('base64url') === signature

/**
 * The checks that fast-jwt leaves out: any `crit` (it lets falsy ones pass), a time that is not a finite number (1e999), a
 * second spelling of the signature (whose SHA-256 stands in no deny-list), claims of another type, and the presence of
 * `iss` and `aud`, which only a registered API token of an older install may lack (RFC 7519, RFC 8725, contract 5).
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
