import type { Permission, Scope } from '../schemas/permission.ts'
import type { Account } from './accounts.ts'
import type { AuthSnapshot } from './storage/auth-store.ts'
import type { Session, SessionStore } from './storage/session-store.ts'
import { type Claims, createTokenVerifier, tokenHash } from './tokens.ts'

/** On whose behalf a request runs. */
export interface Principal {
  kind: 'session' | 'api-token' | 'anonymous'
  account: Account | null
  permissions: readonly Permission[]
  scope: Scope
  session: Session | null
  tokenName: string | null
}

/** Everybody, where the operator has chosen no protection. */
export const anonymous: Principal = {
  kind: 'anonymous',
  account: null,
  permissions: ['*'],
  scope: 'full_admin',
  session: null,
  tokenName: null
}

export const hasPermission = (principal: Principal, permission: Permission): boolean =>
  principal.permissions.includes('*') || principal.permissions.includes(permission)

/** The token of an Authorization header (RFC 6750), or which of the two faults it has. */
export function readBearer(header: string | undefined): { token: string } | 'missing' | 'malformed' {
  if (header === undefined || header === '') return 'missing'
  const space = header.indexOf(' ')
  if (space === -1 || header.slice(0, space).toLowerCase() !== 'bearer') return 'malformed'
  const token = header.slice(space + 1).trim()
  return token === '' || token.includes(' ') ? 'malformed' : { token }
}

export interface AuthenticatorOptions {
  snapshot: () => AuthSnapshot
  sessions: SessionStore
  cacheSize?: number
}

const LEEWAY_S = 5

/**
 * Turns a token into a principal, or null. The signature is checked once and its outcome remembered; what may change
 * meanwhile (expiry, the session, the revision of auth.json) is looked at on every call, so that no cached outcome
 * outlives a logout, a revocation, a password change or a new secret.
 */
export function createAuthenticator({ snapshot, sessions, cacheSize = 1000 }: AuthenticatorOptions) {
  const cache = new Map<string, Claims>()
  let revision = -1
  let verify = createTokenVerifier('')

  // Most often the caller is the one before: comparing two strings costs less than hashing one.
  let lastToken = ''
  let lastClaims: Claims | null = null

  const claimsOf = (token: string, now: number, auth: AuthSnapshot): Claims | null => {
    if (token === lastToken) return lastClaims
    const claims = cache.get(token) ?? verifyAndKeep(token, now, auth)
    if (claims === null) return null
    lastToken = token
    lastClaims = claims
    return claims
  }

  const verifyAndKeep = (token: string, now: number, auth: AuthSnapshot): Claims | null => {
    const claims = verify(token, now)
    if (claims === null || auth.revoked.has(tokenHash(token))) return null
    // Only valid tokens get here, so nobody can push another's entry out; the oldest makes room.
    if (cache.size >= cacheSize) cache.delete(cache.keys().next().value!)
    cache.set(token, claims)
    return claims
  }

  return (token: string, now: number): Principal | null => {
    const auth = snapshot()
    if (auth.revision !== revision) {
      cache.clear()
      lastToken = ''
      verify = createTokenVerifier(auth.secret)
      revision = auth.revision
    }
    const claims = claimsOf(token, now, auth)
    if (claims === null || claims.exp + LEEWAY_S <= now / 1000) return null
    return claims.token_name === undefined ? sessionPrincipal(claims, auth, now) : tokenPrincipal(claims, auth)
  }

  function sessionPrincipal(claims: Claims, auth: AuthSnapshot, now: number): Principal | null {
    const session = claims.sid === undefined ? null : sessions.find(claims.sid, now)
    const account = auth.owner
    if (!session || !account?.isActive) return null
    if (session.userId !== account.id || claims.user_id !== account.id) return null
    if (session.credential !== account.credential) return null
    if (now - session.lastUsedAt > 1000) sessions.touch(session, now)
    return { kind: 'session', account, permissions: account.permissions, scope: 'full_admin', session, tokenName: null }
  }

  // A token belongs to the owner, not to a user name: it goes on through a reset, before and after the next setup.
  function tokenPrincipal(claims: Claims, auth: AuthSnapshot): Principal | null {
    if (claims.user_id !== undefined && claims.user_id !== 1) return null
    const scope = claims.scope ?? 'full_admin'
    if (scope !== 'full_admin' && scope !== 'read_only') return null
    return {
      kind: 'api-token',
      account: auth.owner,
      permissions: auth.owner?.permissions ?? ['*'],
      scope,
      session: null,
      tokenName: claims.token_name!
    }
  }
}
export type Authenticator = ReturnType<typeof createAuthenticator>
