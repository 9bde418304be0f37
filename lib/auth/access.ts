import type { Permission, Scope } from '../../schemas/auth/permission.ts'
import type { TicketPurpose } from '../storage/stores/tickets.ts'
import { OWNER_ID } from './accounts.ts'
import { hasPermission, type Principal } from './authenticate.ts'

type Permissions = Permission | readonly Permission[]

/** Requirements besides a valid token. */
interface Conditions {
  /**
   * Refused with NO_ACCOUNT on a host without accounts, because the effect would outlive that state.
   * `terminal`: allowed if `terminal_without_auth` is set in auth.json.
   */
  account?: boolean | 'terminal'
  /** Overrides the weakest accepted token of contract 7: an API token of this scope, or a session. */
  scope?: Scope | 'session'
  /** Only the owner (user 1). */
  owner?: boolean
  /** Refused to users of a reseller, with any permissions. */
  notOfReseller?: boolean
}

/**
 * Who may call a route, as declared in `config.access`. A list of permissions requires at least one of them.
 *
 * - `open`: every caller (the list of contract 3).
 * - `first-launch`: every caller until an owner exists, then no caller.
 * - `session`: every user, for their own account. The object form changes the conditions; the defaults are
 *   `account: true` and `scope: 'session'`.
 * - `permission`: a token whose user has the permission.
 * - `ticket`: a WebSocket handshake with a ticket for this purpose, whose user still has the permission.
 */
export type Access =
  | 'open'
  | 'first-launch'
  | 'session'
  | ({ session: true } & Conditions)
  | ({ permission: Permissions } & Conditions)
  | { ticket: TicketPurpose; permission: Permissions }

/** The requirements of a route with all defaults resolved. */
export interface Requirement {
  permission: Permissions | null
  account: boolean | 'terminal'
  scope: Scope | 'session'
  owner: boolean
  notOfReseller: boolean
}

export interface RouteFacts {
  method: string
  url: string
  access: Access
}

const guardedUrls = ['/api/auth', '/api/users', '/api/security']

/**
 * The weakest token by contract 7. `read_only` tokens may GET `*.view` routes outside the guarded URLs. `full_admin`
 * tokens may call everything outside /api/auth and the terminal. All other routes require a session.
 */
function scopeOf({ method, url }: RouteFacts, permissions: Permissions): Scope | 'session' {
  const names = [permissions].flat()
  const under = (prefix: string) => url === prefix || url.startsWith(`${prefix}/`)
  if (under('/api/auth') || names.some((name) => name.startsWith('terminal.'))) return 'session'
  const reads = method === 'GET' || method === 'HEAD'
  if (reads && names.some((name) => name.endsWith('.view')) && !guardedUrls.some(under)) return 'read_only'
  return 'full_admin'
}

/** The requirement for the caller's token; null for a route without a token. */
export function requirementOf(route: RouteFacts): Requirement | null {
  const { access } = route
  if (access === 'open' || access === 'first-launch') return null
  const conditions = access === 'session' ? { session: true as const } : access
  if ('ticket' in conditions) return null
  if ('session' in conditions) {
    const { account = true, scope = 'session', owner = false, notOfReseller = false } = conditions
    return { permission: null, account, scope, owner, notOfReseller }
  }
  const { permission, account = false, scope = scopeOf(route, permission) } = conditions
  const { owner = false, notOfReseller = false } = conditions
  return { permission, account, scope, owner, notOfReseller }
}

/** Why a principal may not call a route; null if it may. */
export function refusalOf(
  principal: Principal,
  { permission, account, scope, owner, notOfReseller }: Requirement,
  terminalWithoutAuth: boolean
): 'account' | 'scope' | 'permission' | null {
  const needsAccount = account === 'terminal' ? !terminalWithoutAuth : account
  if (needsAccount && principal.account === null) return 'account'
  if (principal.kind === 'api-token') {
    if (scope === 'session') return 'scope'
    if (scope === 'full_admin' && principal.scope !== 'full_admin') return 'scope'
  }
  if (owner && principal.account?.id !== OWNER_ID) return 'permission'
  if (notOfReseller && principal.account && principal.account.resellerId !== 0) return 'permission'
  return permission === null || hasPermission(principal, permission) ? null : 'permission'
}
