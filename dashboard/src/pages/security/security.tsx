import { lazy, type ReactNode, Suspense, useState } from 'react'
import { PendingChange } from '../../parts/pending-change.tsx'
import { goTo } from '../../router.ts'
import type { PageProps } from '../../routes.ts'
import { usePanel } from '../../session/panel.ts'
import type { User } from '../../session/state.ts'
import { useSession } from '../../session/use-session.ts'
import { t } from '../../texts/index.ts'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { lockIcon, shieldOffIcon } from '../../ui/icon-shapes.ts'
import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/skeleton.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { AccountTab } from './account/account-tab.tsx'
import { AuditTab } from './audit/audit-tab.tsx'
import { ConnectionTab } from './connection/connection-tab.tsx'
import { Fail2banTab } from './fail2ban/fail2ban-tab.tsx'
import { HttpsTab } from './https/https-tab.tsx'
import { type Move, MoveDialog } from './https/move-dialog.tsx'
import { mayManageResellers } from './resellers/reseller.ts'
import { SessionsTab } from './sessions/sessions-tab.tsx'
import { TokensTab } from './tokens/tokens-tab.tsx'
import { UsersTab } from './users/users-tab.tsx'

const TenantsTab = lazy(() => import('./tenants/tenants-tab.tsx'))

interface Tab {
  value: keyof typeof t.security.tabs
  /** It concerns accounts, so a tenant of a panel has it too. */
  isForTenants?: boolean
  /** One of these is required. */
  permissions?: readonly User['permissions'][number][]
  /** Not available without an account. */
  needsAccount?: boolean
  content: ReactNode
}

function NoAccount() {
  const session = useSession()
  const texts = t.security
  const isDisabled = session.kind === 'open' && session.mode === 'disabled'
  return (
    <Card>
      <EmptyState icon={shieldOffIcon} title={isDisabled ? texts.disabledTitle : texts.openTitle}>
        {isDisabled ? texts.disabledText : texts.openText}
      </EmptyState>
    </Card>
  )
}

/** Tabs without permission are hidden. An old link to such a tab shows the required permission. */
export default function Security({ rest: [requestedTab = 'account', ...rest] }: PageProps) {
  const session = useSession()
  const user = session.kind === 'in' ? session.user : null
  const panel = usePanel()
  const isTenant = panel?.tenant != null
  const [move, setMove] = useState<Move | null>(null)
  const mayUse = ({ permissions }: Tab) =>
    !user ||
    !permissions ||
    user.permissions.includes('*') ||
    permissions.some((permission) => user.permissions.includes(permission))

  const usersPermissions = [
    'users.manage',
    ...(user && mayManageResellers(user) ? ['resellers.manage' as const] : [])
  ] as const

  const tenants: Tab = {
    value: 'tenants',
    permissions: ['tenants.manage'],
    needsAccount: true,
    content: (
      <Suspense fallback={<Loading />}>
        <TenantsTab rest={rest} />
      </Suspense>
    )
  }
  const all: Tab[] = [
    { value: 'account', isForTenants: true, needsAccount: true, content: <AccountTab /> },
    { value: 'tokens', isForTenants: true, permissions: ['tokens.manage'], needsAccount: true, content: <TokensTab /> },
    { value: 'sessions', isForTenants: true, needsAccount: true, content: <SessionsTab /> },
    { value: 'users', isForTenants: true, permissions: usersPermissions, needsAccount: true, content: <UsersTab /> },
    ...(panel?.domain ? [tenants] : []),
    { value: 'https', permissions: ['security.view'], content: <HttpsTab onMove={setMove} /> },
    { value: 'fail2ban', permissions: ['security.view'], content: <Fail2banTab /> },
    { value: 'audit', isForTenants: true, permissions: ['security.view'], content: <AuditTab filters={rest} /> },
    { value: 'connection', permissions: ['security.view'], content: <ConnectionTab /> }
  ]
  const tabs = all.filter(({ isForTenants }) => isForTenants || !isTenant)
  const activeTab = tabs.find(({ value }) => value === requestedTab) ?? tabs[0]!
  // This page can no longer reach the host, so it sends no more requests.
  if (move) {
    return (
      <Page title={t.security.title}>
        <MoveDialog move={move} />
      </Page>
    )
  }
  return (
    <Page title={t.security.title}>
      {user && !isTenant && <PendingChange />}
      <Tabs
        label={t.security.tabsLabel}
        value={activeTab.value}
        onChange={(value) => goTo('security', value)}
        tabs={tabs.filter(mayUse).map((tab) => ({
          value: tab.value,
          label: t.security.tabs[tab.value],
          content: tab.needsAccount && !user ? <NoAccount /> : tab.content
        }))}
      />
      {!mayUse(activeTab) && (
        <Card>
          <EmptyState icon={lockIcon} title={t.pages.forbidden}>
            {t.pages.forbiddenText(activeTab.permissions![0]!)}
          </EmptyState>
        </Card>
      )}
    </Page>
  )
}
