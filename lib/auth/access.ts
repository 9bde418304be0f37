import type { Permission, Scope } from '../../schemas/auth/permission.ts'
import { OWNER_ID } from './accounts.ts'
import { hasPermission, type Principal } from './authenticate.ts'

/**
 * Who may call a route; each one says so in `config.access`.
 * `open` needs no token (the list of contract 3). `first-launch` is open until an owner exists and refused
 * afterwards; it asks for MONITOR_SETUP_CODE where that is set.
 * Otherwise a token is needed, and `permission` unless the route is about the caller's own account.
 * `stepUp: true` asks for the password again (plugins/gates/step-up.ts), and so for a session.
 * `owner: true` is for user 1 alone.
 * `permission` may be several, of which one is enough.
 * `account: true` marks what would outlive an unprotected state: without an account it is refused with NO_ACCOUNT.
 * `account: 'terminal'` likewise, unless `terminal_without_auth` stands in auth.json.
 */
export type Access =
  | 'open'
  | 'first-launch'
  | {
      permission?: Permission | readonly Permission[]
      account?: boolean | 'terminal'
      scope?: Scope | 'session'
      stepUp?: boolean
      owner?: boolean
    }

export interface RouteFacts {
  method: string
  url: string
  access: Exclude<Access, string>
}

const guardedUrls = ['/api/auth', '/api/users', '/api/security']

/**
 * What a token must be for a route (contract 7). `read_only` tokens reach `*.view` routes by GET outside the guarded
 * URLs; `full_admin` ones everything outside /api/auth and the terminal; the rest is for sessions. `access.scope`
 * decides for one route by name (me is for every token, a ticket for sessions).
 */
export function scopeNeeded({ method, url, access }: RouteFacts): Scope | 'session' {
  if (access.scope) return access.scope
  const under = (prefix: string) => url === prefix || url.startsWith(`${prefix}/`)
  const permissions = [access.permission ?? []].flat()
  if (access.stepUp || under('/api/auth') || permissions.some((name) => name.startsWith('terminal.'))) return 'session'
  const reads = method === 'GET' || method === 'HEAD'
  if (reads && permissions.some((name) => name.endsWith('.view')) && !guardedUrls.some(under)) return 'read_only'
  return 'full_admin'
}

/** Why a principal may not call a route, or null when it may. */
export function refusalOf(
  principal: Principal,
  access: Exclude<Access, string>,
  needed: Scope | 'session',
  terminalWithoutAuth: boolean
): 'account' | 'scope' | 'permission' | null {
  const needsAccount = access.account === 'terminal' ? !terminalWithoutAuth : access.account
  if (needsAccount && principal.account === null) return 'account'
  if (principal.kind === 'api-token') {
    if (needed === 'session') return 'scope'
    if (needed === 'full_admin' && principal.scope !== 'full_admin') return 'scope'
  }
  if (access.owner && principal.account?.id !== OWNER_ID) return 'permission'
  return access.permission === undefined || hasPermission(principal, access.permission) ? null : 'permission'
}
