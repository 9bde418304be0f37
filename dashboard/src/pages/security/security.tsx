import { lazy, type ReactNode, Suspense, useState } from 'react'
import { forbiddenText } from '../../data/forbidden-text.ts'
import { listSecurityTabs, type SecurityTab } from '../../data/security-tabs.ts'
import { PendingChange } from '../../parts/pending-change.tsx'
import { goTo } from '../../router.ts'
import type { PageProps } from '../../routes.ts'
import { usePanel } from '../../session/panel.ts'
import { mayAny, useSession } from '../../session/use-session.ts'
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
import { SessionsTab } from './sessions/sessions-tab.tsx'
import { TokensTab } from './tokens/tokens-tab.tsx'
import { UsersTab } from './users/users-tab.tsx'

const TenantsTab = lazy(() => import('./tenants/tenants-tab.tsx'))
const GatewayTab = lazy(() => import('./gateway/gateway-tab.tsx'))

/** What the guide says about a tab: the anchor of its heading. The tenants of a panel are not in it. */
const guideSections: Partial<Record<keyof typeof t.security.tabs, string>> = {
  account: 'two-factor-authentication',
  tokens: 'api-tokens',
  sessions: 'login-and-sessions',
  users: 'users',
  https: 'https',
  gateway: 'secure-gateway',
  fail2ban: 'fail2ban',
  audit: 'audit-log',
  connection: 'behind-a-reverse-proxy'
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
  const [move, setMove] = useState<Move | null>(null)
  const contents: Record<SecurityTab['value'], ReactNode> = {
    account: <AccountTab />,
    tokens: <TokensTab />,
    sessions: <SessionsTab />,
    users: <UsersTab />,
    tenants: (
      <Suspense fallback={<Loading />}>
        <TenantsTab rest={rest} />
      </Suspense>
    ),
    https: <HttpsTab onMove={setMove} />,
    gateway: (
      <Suspense fallback={<Loading />}>
        <GatewayTab />
      </Suspense>
    ),
    fail2ban: <Fail2banTab />,
    audit: <AuditTab filters={rest} />,
    connection: <ConnectionTab />
  }
  const tabs = listSecurityTabs(user, panel)
  const mayUse = ({ permissions }: SecurityTab) => mayAny(user, permissions)
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
    <Page title={t.security.title} help={guideSections[activeTab.value]} helpAbout={t.security.tabs[activeTab.value]}>
      {user && panel?.tenant == null && <PendingChange />}
      <Tabs
        label={t.security.tabsLabel}
        value={activeTab.value}
        onChange={(value) => goTo('security', value)}
        tabs={tabs.filter(mayUse).map((tab) => ({
          value: tab.value,
          label: t.security.tabs[tab.value],
          content: tab.needsAccount && !user ? <NoAccount /> : contents[tab.value]
        }))}
      />
      {!mayUse(activeTab) && (
        <Card>
          <EmptyState icon={lockIcon} title={t.pages.forbidden}>
            {forbiddenText(activeTab.permissions)}
          </EmptyState>
        </Card>
      )}
    </Page>
  )
}
