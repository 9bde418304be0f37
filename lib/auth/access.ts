import type { Permission, Scope } from '../../schemas/auth/permission.ts'
import type { TicketPurpose } from '../storage/stores/tickets.ts'
import { OWNER_ID } from './accounts.ts'
import { hasPermission, type Principal } from './authenticate.ts'

type Permissions = Permission | readonly Permission[]

/** What is asked for besides a valid token. */
interface Conditions {
  /**
   * Refused with NO_ACCOUNT where nobody has an account, because its effect would outlive that state.
   * `terminal`: unless `terminal_without_auth` is set in auth.json.
   */
  account?: boolean | 'terminal'
  /** The weakest token, where it is not the one that contract 7 derives: an API token of this scope, or a session. */
  scope?: Scope | 'session'
  /** For user 1 alone. */
  owner?: boolean
}

/**
 * Who may call a route; each route says so in `config.access`. A list of permissions asks for one of them.
 *
 * - `open`: everybody (the list of contract 3).
 * - `first-launch`: everybody until an owner exists, and nobody afterwards.
 * - `session`: every user, about their own account. The object form changes its conditions, which are by default
 *   `account: true` and `scope: 'session'`.
 * - `permission`: a token whose user has it.
 * - `ticket`: a WebSocket whose handshake brings a ticket of this purpose, whose user still has the permission.
 */
export type Access =
  | 'open'
  | 'first-launch'
  | 'session'
  | ({ session: true } & Conditions)
  | ({ permission: Permissions } & Conditions)
  | { ticket: TicketPurpose; permission: Permissions }

/** What a token must be for a route, with nothing left to derive. */
export interface Requirement {
  permission: Permissions | null
  account: boolean | 'terminal'
  scope: Scope | 'session'
  owner: boolean
}

export interface RouteFacts {
  method: string
  url: string
  access: Access
}

const guardedUrls = ['/api/auth', '/api/users', '/api/security']

/**
 * The token that contract 7 asks for: `read_only` ones reach `*.view` routes by GET outside the guarded URLs,
 * `full_admin` ones everything outside /api/auth and the terminal; the rest is for sessions.
 */
function scopeOf({ method, url }: RouteFacts, permissions: Permissions): Scope | 'session' {
  const names = [permissions].flat()
  const under = (prefix: string) => url === prefix || url.startsWith(`${prefix}/`)
  if (under('/api/auth') || names.some((name) => name.startsWith('terminal.'))) return 'session'
  const reads = method === 'GET' || method === 'HEAD'
  if (reads && names.some((name) => name.endsWith('.view')) && !guardedUrls.some(under)) return 'read_only'
  return 'full_admin'
}

/** What a route asks of its caller's token; null where it asks for none. */
export function requirementOf(route: RouteFacts): Requirement | null {
  const { access } = route
  if (access === 'open' || access === 'first-launch') return null
  const conditions = access === 'session' ? { session: true as const } : access
  if ('ticket' in conditions) return null
  if ('session' in conditions) {
    const { account = true, scope = 'session', owner = false } = conditions
    return { permission: null, account, scope, owner }
  }
  const { permission, account = false, scope = scopeOf(route, permission), owner = false } = conditions
  return { permission, account, scope, owner }
}

/** Why a principal may not call a route, or null when it may. */
export function refusalOf(
  principal: Principal,
  { permission, account, scope, owner }: Requirement,
  terminalWithoutAuth: boolean
): 'account' | 'scope' | 'permission' | null {
  const needsAccount = account === 'terminal' ? !terminalWithoutAuth : account
  if (needsAccount && principal.account === null) return 'account'
  if (principal.kind === 'api-token') {
    if (scope === 'session') return 'scope'
    if (scope === 'full_admin' && principal.scope !== 'full_admin') return 'scope'
  }
  if (owner && principal.account?.id !== OWNER_ID) return 'permission'
  return permission === null || hasPermission(principal, permission) ? null : 'permission'
}
