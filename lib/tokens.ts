import { createHash } from 'node:crypto'
import type { Scope } from '../schemas/permission.ts'
import type { Account } from './accounts.ts'
import { openJws, signJws } from './jws.ts'

export const ISSUER = 'proxmenux-monitor'
export const AUDIENCE = 'api'
const LEEWAY_MS = 5000

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

/** Signs claims about a user. `issuedAt` in ms, `ttl` in seconds; `exp` comes back in seconds since the epoch. */
function signFor(secret: string, account: Account, issuedAt: number, ttl: number, claims: Record<string, unknown>) {
  const iat = Math.floor(issuedAt / 1000)
  const exp = iat + ttl
  const payload = {
    iss: ISSUER,
    aud: AUDIENCE,
    iat,
    exp,
    ...claims,
    user_id: account.id,
    username: account.username,
    user_type: account.userType,
    reseller_id: account.resellerId,
    tenant_id: 0
  }
  return { token: signJws(payload, secret), exp }
}

/** Signs a session token. `issuedAt` in ms, `ttl` in seconds. */
export function issueSessionToken(secret: string, input: SessionTokenInput): string {
  const { account, issuedAt, ttl, jti, sid, amr } = input
  return signFor(secret, account, issuedAt, ttl, { jti, sid, amr }).token
}

/** Signs an API token; its `jti` makes two of the same second differ. Times in ms. */
export function issueApiToken(secret: string, input: ApiTokenInput): { token: string; expiresAt: number } {
  const { account, issuedAt, days, jti, name, scope } = input
  const { token, exp } = signFor(secret, account, issuedAt, days * 86_400, { jti, token_name: name, scope })
  return { token, expiresAt: exp * 1000 }
}

/** SHA-256 of a whole token in hex, as `api_tokens[].token_hash` and `revoked_tokens[]` hold it. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex')

const isText = (value: unknown): boolean => value === undefined || typeof value === 'string'
/** RFC 7519, 4.1.3: one text, or a list of texts. */
const namesUs = (audience: unknown): boolean => {
  const names = [audience].flat()
  return names.includes(AUDIENCE) && names.every((name) => typeof name === 'string')
}
const isTime = (value: unknown): value is number => Number.isFinite(value)

/**
 * A verifier for one secret (its UTF-8 bytes). It returns null for every token that is not good, and does not say why:
 * HS256 only, issuer, audience and a numeric expiry present and right, at most 5 s of leeway, no `crit` (RFC 7519, 8725).
 * `now` in ms.
 */
export function createTokenVerifier(secret: string): (token: string, now: number) => Claims | null {
  if (secret === '') return () => null
  return (token, now) => {
    const payload = openJws(token, secret)
    if (payload?.iss !== ISSUER || !namesUs(payload.aud)) return null
    const { exp, nbf, iat } = payload
    if (!isTime(exp) || exp * 1000 + LEEWAY_MS <= now) return null
    if (nbf !== undefined && !(isTime(nbf) && nbf * 1000 - LEEWAY_MS <= now)) return null
    if (iat !== undefined && !isTime(iat)) return null
    const texts = [payload.sid, payload.jti, payload.username, payload.token_name, payload.scope]
    return texts.every(isText) ? (payload as unknown as Claims) : null
  }
}
