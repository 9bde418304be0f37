import type { Permission, Scope } from '../../schemas/auth/permission.ts'
import { compileAllowList } from '../net/address.ts'
import type { AccessFacts, AccessQuestion, AccessStore } from '../storage/stores/access.ts'
import type { Session, SessionStore } from '../storage/stores/sessions.ts'
import type { TicketPurpose } from '../storage/stores/tickets.ts'
import type { TokenUseStore } from '../storage/stores/token-uses.ts'
import { type Account, OWNER_ID } from './accounts.ts'
import { endOf } from './api-token-list.ts'
import { type Claims, LEEWAY_MS, tokenHash } from './tokens.ts'

/** The authenticated caller of a request. */
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

/** The principal of every request on a host without protection. */
export const anonymous: Principal = {
  kind: 'anonymous',
  account: null,
  permissions: ['*'],
  scope: 'full_admin',
  session: null,
  tokenName: null,
  addressNotAllowed: false
}

/** Whether a principal has a permission, or at least one of several permissions. */
export const hasPermission = (
  { permissions }: Pick<Principal, 'permissions'>,
  permission: Permission | readonly Permission[]
): boolean => permissions.includes('*') || [permission].flat().some((name) => permissions.includes(name))

/** The token of an Authorization header (RFC 6750), or its fault. */
export function readBearer(header: string | undefined): { token: string } | 'missing' | 'malformed' {
  if (header === undefined || header === '') return 'missing'
  const space = header.indexOf(' ')
  if (space === -1 || header.slice(0, space).toLowerCase() !== 'bearer') return 'malformed'
  const token = header.slice(space + 1).trim()
  return token === '' || token.includes(' ') ? 'malformed' : { token }
}

/** The principal of a session, with its user's present permissions; null if the session is no longer valid. */
export function principalOf({ session, account }: Pick<AccessFacts, 'session' | 'account'>): Principal | null {
  if (!session || !account?.isActive || session.credential !== account.credential) return null
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
 * The present principal of a WebSocket; null once access has ended. `sid` is the session that opened it, with its
 * `facts`. `sid` is null on a host without protection, where a terminal also needs `terminal_without_auth`.
 */
export function presentPrincipal(sid: string | null, facts: AccessFacts, purpose: TicketPurpose): Principal | null {
  if (sid !== null) return principalOf(facts)
  const isOpenState = facts.mode === 'declined' || facts.mode === 'disabled'
  const isOpen = purpose === 'live' || (purpose === 'terminal' && facts.terminalWithoutAuth)
  return isOpenState && isOpen ? anonymous : null
}

export interface AuthenticatorOptions {
  access: AccessStore
  sessions: Pick<SessionStore, 'touch'>
  tokenUses: Pick<TokenUseStore, 'touch'>
  /** The tenant of the present request; 0 on a host. */
  tenant: () => number
  cacheSize?: number
}

/** A verified token: its claims, and the question to the store. */
interface Known {
  claims: Claims
  hash: string
  question: Omit<AccessQuestion, 'now'>
  /** The revision under which the token was verified. */
  revision: AccessFacts['revision']
  /** Compiled from `allowedIps`, the allow-list of the registered token. */
  allows: (address: string) => boolean
  allowedIps: string | undefined
}

/** A token and its origin. */
export interface TokenUse {
  token: string
  /** Milliseconds since the epoch. */
  now: number
  address: string
  /** Returns the claims of the token, or null if it is invalid. Called for tokens that are not cached. */
  verify: () => Promise<Claims | null>
}

/** The caller, and the facts behind the decision. */
export interface Authentication {
  principal: Principal | null
  facts: AccessFacts
}

/** An API token is looked up by its hash, which leads to its user if the claims name no user. */
const questionOf = ({ token_name: tokenName, sid, user_id: userId }: Claims, tokenHash: string) =>
  tokenName === undefined ? { sid: sid ?? '', tokenHash } : { tokenHash, ...(userId === undefined ? {} : { userId }) }

/**
 * Turns a token into a principal, or null. The claims of a verified token are cached. Everything that can change is
 * read from the store on every call, so that no cached result outlives a logout, a revocation, a password change or a
 * new secret.
 */
export function createAuthenticator({ access, sessions, tokenUses, tenant, cacheSize = 1000 }: AuthenticatorOptions) {
  const cache = new Map<string, Known>()

  // Successive requests often carry the same token: comparing two strings is cheaper than hashing one.
  let last: { token: string; known: Known } | null = null
  const recall = (token: string): Known | undefined => {
    if (last?.token === token) return last.known
    const known = cache.get(token)
    if (known) last = { token, known }
    return known
  }

  const remember = (token: string, claims: Claims, revision: AccessFacts['revision']): void => {
    const hash = tokenHash(token)
    last = null
    cache.delete(token)
    // Evicts the oldest entry. Only valid tokens are cached, so invalid tokens cannot evict entries.
    if (cache.size >= cacheSize) cache.delete(cache.keys().next().value!)
    const question = questionOf(claims, hash)
    cache.set(token, { claims, hash, question, revision, allows: compileAllowList(undefined), allowedIps: undefined })
  }

  return async ({ token, now, address, verify }: TokenUse): Promise<Authentication> => {
    for (;;) {
      const known = recall(token)
      const facts = await access.read(known ? { ...known.question, now } : { now })
      if (known?.revision === facts.revision) return { principal: principalOfToken(known, facts, now, address), facts }
      const claims = await verify()
      if (claims === null) {
        last = null
        cache.delete(token)
        return { principal: null, facts: await access.read({ now }) }
      }
      // The next pass decides: if the revision changed during the await, the token is verified again.
      remember(token, claims, facts.revision)
    }
  }

  function principalOfToken(known: Known, facts: AccessFacts, now: number, address: string): Principal | null {
    const { claims } = known
    // One tenant's token is worth nothing under another's name, also where user ids are the same.
    if ((claims.tenant_id ?? 0) !== tenant()) return null
    if (facts.isRevoked || claims.exp * 1000 + LEEWAY_MS <= now) return null
    return claims.token_name === undefined
      ? sessionPrincipal(claims, facts, now)
      : tokenPrincipal(known, facts, now, address)
  }

  function sessionPrincipal(claims: Claims, facts: AccessFacts, now: number): Principal | null {
    const { session } = facts
    if (session === null || session.userId !== claims.user_id) return null
    const principal = principalOf(facts)
    if (principal && now - session.lastUsedAt > 1000) sessions.touch(session, now)
    return principal
  }

  // The owner's tokens survive a reset and the next setup; another user's tokens end with their account.
  function tokenPrincipal(known: Known, facts: AccessFacts, now: number, address: string): Principal | null {
    const { claims, hash } = known
    const { account, apiToken } = facts
    const userId = claims.user_id ?? apiToken?.user_id ?? OWNER_ID
    if (userId !== OWNER_ID && !account?.isActive) return null
    const scope = claims.scope ?? 'full_admin'
    if ((scope !== 'full_admin' && scope !== 'read_only') || (apiToken && endOf(apiToken) <= now)) return null
    if (known.allowedIps !== apiToken?.allowed_ips) {
      known.allowedIps = apiToken?.allowed_ips
      known.allows = compileAllowList(known.allowedIps)
    }
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
