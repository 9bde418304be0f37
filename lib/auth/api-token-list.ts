import type { ApiTokenEntry } from '../../schemas/auth/auth-file.ts'
import type { RegisteredToken } from '../storage/stores/auth.ts'
import type { TokenUse } from '../storage/stores/token-uses.ts'
import { fingerprintOf, OWNER_ID } from './accounts.ts'

/** The id of the token's user. Entries of older installs name no user and belong to the owner. */
export const userIdOf = (entry: ApiTokenEntry): number => entry.user_id ?? OWNER_ID

/** Users see and revoke their own tokens; the owner sees and revokes all tokens. */
export const isVisibleTo = (entry: ApiTokenEntry, userId: number): boolean =>
  userId === OWNER_ID || userIdOf(entry) === userId

/** True if a time in auth.json has passed; false for an invalid time. `now` in ms. */
export const hasPassed = (time: string, now: number): boolean => Date.parse(time) <= now

/** When a rotation ends a token, in ms; Infinity without a rotation, 0 for an invalid time. */
export const endOf = ({ ends_at }: ApiTokenEntry): number =>
  ends_at === undefined ? Number.POSITIVE_INFINITY : Date.parse(ends_at) || 0

/** Why a registered token is refused, as shown in the list; null if no reason is known. */
function faultOf({ entry, account, isRevoked }: RegisteredToken, fingerprint: string, now: number): string | null {
  if (isRevoked) return 'Revoked'
  if (hasPassed(entry.expires_at, now)) return 'Expired'
  if (endOf(entry) <= now) return 'Replaced by a rotation'
  if (entry.signed_with !== undefined && entry.signed_with !== fingerprint) return 'Invalid — regenerate'
  if (userIdOf(entry) === OWNER_ID) return null
  if (!account) return 'Its user was removed'
  if (!account.isEnabled) return 'Its user is disabled'
  return account.isActive ? null : 'Its user’s reseller is suspended'
}

/**
 * A token as the list shows it. `valid` is null if unknown: the oldest entries do not record the secret that signed
 * them, and only the token itself reveals it.
 */
export function describeToken(token: RegisteredToken, secret: string, use: TokenUse | undefined, now: number) {
  const fault = faultOf(token, fingerprintOf(secret), now)
  const { entry, account, isRevoked } = token
  return {
    id: entry.id,
    name: entry.name,
    token_prefix: entry.token_prefix,
    scope: entry.scope ?? ('full_admin' as const),
    user_id: userIdOf(entry),
    username: account?.username ?? null,
    created_at: entry.created_at,
    expires_at: entry.expires_at,
    ...(entry.ends_at === undefined ? {} : { ends_at: entry.ends_at }),
    last_used_at: use === undefined ? null : new Date(use.at).toISOString(),
    last_used_ip: use?.address ?? null,
    allowed_ips: entry.allowed_ips ?? '',
    revoked: isRevoked,
    valid: fault === null ? (entry.signed_with === undefined ? null : true) : false,
    ...(fault === null ? {} : { invalidation_reason: fault })
  }
}
