import type { Panel } from '../session/panel.ts'
import type { User } from '../session/state.ts'
import type { t } from '../texts/index.ts'
import { mayManageResellers } from './role.ts'

type Permission = User['permissions'][number]

export interface SecurityTab {
  /** The last part of its address. */
  value: keyof typeof t.security.tabs
  /** It concerns accounts, so a tenant of a panel has it too. */
  isForTenants?: boolean
  /** One of these is required. */
  permissions: readonly Permission[]
  /** Not available without an account. */
  needsAccount?: boolean
}

/** The tabs of this host, in their order, with those that the user may not open. */
export function listSecurityTabs(user: User | null, panel: Panel | undefined): SecurityTab[] {
  const users: Permission[] = [
    'users.manage',
    ...(user && mayManageResellers(user) ? (['resellers.manage'] as const) : [])
  ]
  const all: SecurityTab[] = [
    { value: 'account', isForTenants: true, permissions: [], needsAccount: true },
    { value: 'tokens', isForTenants: true, permissions: ['tokens.manage'], needsAccount: true },
    { value: 'sessions', isForTenants: true, permissions: [], needsAccount: true },
    { value: 'users', isForTenants: true, permissions: users, needsAccount: true },
    ...(panel?.domain
      ? [{ value: 'tenants', permissions: ['tenants.manage'], needsAccount: true } satisfies SecurityTab]
      : []),
    { value: 'https', permissions: ['security.view'] },
    { value: 'gateway', permissions: ['gateway.manage'] },
    { value: 'fail2ban', permissions: ['security.view'] },
    { value: 'audit', isForTenants: true, permissions: ['security.view'] },
    { value: 'connection', permissions: ['security.view'] }
  ]
  return all.filter(({ isForTenants }) => isForTenants || panel?.tenant == null)
}
