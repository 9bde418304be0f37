import type { ApiTokenEntry } from '../../schemas/auth/auth-file.ts'
import type { Permission, Scope } from '../../schemas/auth/permission.ts'
import { compileAllowList } from '../net/address.ts'
import type { AuthSnapshot } from '../storage/auth-store.ts'
import type { Session, SessionStore } from '../storage/session-store.ts'
import type { TokenUseStore } from '../storage/token-use-store.ts'
import { type Account, OWNER_ID } from './accounts.ts'
import { endOf } from './api-token-list.ts'
import type { TicketPurpose } from './tickets.ts'
import { type Claims, LEEWAY_MS, tokenHash } from './tokens.ts'

/** On whose behalf a request runs. */
export interface Principal {
  kind: 'session' | 'api-token' | 'anonymous'
  account: Account | null
  permissions: readonly Permission[]
  scope: Scope
  session: Session | null
  tokenName: string | null
  /** The API token may not be used from the address it came from. */
  addressNotAllowed: boolean
}

/** Everybody, where the operator has chosen no protection. */
export const anonymous: Principal = {
  kind: 'anonymous',
  account: null,
  permissions: ['*'],
  scope: 'full_admin',
  session: null,
  tokenName: null,
  addressNotAllowed: false
}

/** Whether a principal has a permission, or one of several. */
export const hasPermission = (
  { permissions }: Pick<Principal, 'permissions'>,
  permission: Permission | readonly Permission[]
): boolean => permissions.includes('*') || [permission].flat().some((name) => permissions.includes(name))

/** The token of an Authorization header (RFC 6750), or which of the two faults it has. */
export function readBearer(header: string | undefined): { token: string } | 'missing' | 'malformed' {
  if (header === undefined || header === '') return 'missing'
  const space = header.indexOf(' ')
  if (space === -1 || header.slice(0, space).toLowerCase() !== 'bearer') return 'malformed'
  const token = header.slice(space + 1).trim()
  return token === '' || token.includes(' ') ? 'malformed' : { token }
}

/** Whom a live session stands for: its user as they are now, or null when they are out. */
export function principalOf(session: Session, auth: AuthSnapshot): Principal | null {
  const account = auth.accounts.get(session.userId)
  if (!account?.isActive || session.credential !== account.credential) return null
  const { permissions } = account
  return {
    kind: 'session',
    account,
    permissions,
    scope: 'full_admin',
    session,
    tokenName: null,
    addressNotAllowed: false
  }
}

/**
 * Whom a WebSocket stands for now, which was opened under a session, or under none where the operator has chosen no
 * protection (and, for a terminal, has opened that all the same). Null once that is over.
 */
export function presentPrincipal(
  session: Session | null,
  auth: AuthSnapshot,
  sessions: Pick<SessionStore, 'find'>,
  now: number,
  purpose: TicketPurpose
): Principal | null {
  if (session) return sessions.find(session.sid, now) === session ? principalOf(session, auth) : null
  const isOpenState = auth.mode === 'declined' || auth.mode === 'disabled'
  const isOpen = purpose === 'live' || (purpose === 'terminal' && auth.terminalWithoutAuth)
  return isOpenState && isOpen ? anonymous : null
}

export interface AuthenticatorOptions {
  snapshot: () => AuthSnapshot
  sessions: SessionStore
  tokenUses: TokenUseStore
  cacheSize?: number
}

/** What a good token says, and what is known of it here. */
interface Known {
  claims: Claims
  hash: string
  entry: ApiTokenEntry | undefined
  /** When a rotation ends it, ms; Infinity for never. */
  endsAt: number
  allows: (address: string) => boolean
}

/** A token and where it came from. */
export interface TokenUse {
  token: string
  /** Milliseconds since the epoch. */
  now: number
  address: string
  /** The claims of the token, or null when it is not good now. Called for a token that is not remembered. */
  verify: () => Promise<Claims | null>
}

/**
 * Turns a token into a principal, or null. A token is verified once and the outcome remembered; what may change
 * meanwhile (expiry, the session, the revision of auth.json) is looked at on every call, so that no cached outcome
 * outlives a logout, a revocation, a password change or a new secret.
 */
export function createAuthenticator({ snapshot, sessions, tokenUses, cacheSize = 1000 }: AuthenticatorOptions) {
  const cache = new Map<string, Known>()
  let revision = -1

  // Most often the caller is the one before: comparing two strings costs less than hashing one.
  let lastToken = ''
  let last: Known | null = null

  const present = (): AuthSnapshot => {
    const auth = snapshot()
    if (auth.revision !== revision) {
      cache.clear()
      lastToken = ''
      revision = auth.revision
    }
    return auth
  }

  const recall = (token: string): Known | null => {
    if (token === lastToken) return last
    const known = cache.get(token)
    if (known === undefined) return null
    lastToken = token
    last = known
    return known
  }

  const remember = (token: string, claims: Claims, auth: AuthSnapshot): void => {
    const hash = tokenHash(token)
    const entry = claims.token_name === undefined ? undefined : auth.tokens.get(hash)
    const endsAt = entry ? endOf(entry) : Number.POSITIVE_INFINITY
    // Only valid tokens get here, so nobody can push another's entry out; the oldest makes room.
    if (cache.size >= cacheSize) cache.delete(cache.keys().next().value!)
    cache.set(token, { claims, hash, entry, endsAt, allows: compileAllowList(entry?.allowed_ips) })
  }

  return async ({ token, now, address, verify }: TokenUse): Promise<Principal | null> => {
    for (;;) {
      const auth = present()
      const known = recall(token)
      if (known) return principalOfToken(known, auth, now, address)
      const claims = await verify()
      if (claims === null) return null
      // If auth.json changed during the await, the token must be verified again: the secret or the deny-list may be new.
      if (present().revision === auth.revision) remember(token, claims, auth)
    }
  }

  function principalOfToken(known: Known, auth: AuthSnapshot, now: number, address: string): Principal | null {
    const { claims } = known
    if (claims.exp * 1000 + LEEWAY_MS <= now) return null
    return claims.token_name === undefined
      ? sessionPrincipal(claims, auth, now)
      : tokenPrincipal(known, auth, now, address)
  }

  function sessionPrincipal(claims: Claims, auth: AuthSnapshot, now: number): Principal | null {
    const session = claims.sid === undefined ? null : sessions.find(claims.sid, now)
    if (session === null || session.userId !== claims.user_id) return null
    const principal = principalOf(session, auth)
    if (principal && now - session.lastUsedAt > 1000) sessions.touch(session, now)
    return principal
  }

  // The owner's token goes on through a reset, before and after the next setup; another user's goes with the user.
  function tokenPrincipal(known: Known, auth: AuthSnapshot, now: number, address: string): Principal | null {
    const { claims, entry, hash } = known
    const userId = claims.user_id ?? entry?.user_id ?? OWNER_ID
    const account = auth.accounts.get(userId) ?? null
    if (userId !== OWNER_ID && !account?.isActive) return null
    const scope = claims.scope ?? 'full_admin'
    if ((scope !== 'full_admin' && scope !== 'read_only') || known.endsAt <= now) return null
    const addressNotAllowed = !known.allows(address)
    if (!addressNotAllowed) tokenUses.touch(hash, now, address)
    return {
      kind: 'api-token',
      account,
      permissions: account?.permissions ?? ['*'],
      scope,
      session: null,
      tokenName: claims.token_name!,
      addressNotAllowed
    }
  }
}
export type Authenticator = ReturnType<typeof createAuthenticator>
