import type { ReactNode } from 'react'
import { forbiddenText } from '../../data/forbidden-text.ts'
import { type SettingsTab, settingsTabs } from '../../data/settings-tabs.ts'
import { PendingChange } from '../../parts/pending-change.tsx'
import { goTo } from '../../router.ts'
import type { PageProps } from '../../routes.ts'
import { mayAny, useUser } from '../../session/use-session.ts'
import { t } from '../../texts/index.ts'
import { texts } from '../../texts/settings.ts'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { lockIcon } from '../../ui/icon-shapes.ts'
import { Page } from '../../ui/page.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { AccessTab } from './access-tab.tsx'
import { AlertsTab } from './alerts/alerts-tab.tsx'
import { DisplayTab } from './display-tab.tsx'
import { EnvironmentTab } from './environment-tab.tsx'
import { TerminalTab } from './terminal-tab.tsx'
import { ThresholdsTab } from './thresholds-tab.tsx'

const contents: Record<SettingsTab['value'], ReactNode> = {
  display: <DisplayTab />,
  health: <ThresholdsTab />,
  alerts: <AlertsTab />,
  access: <AccessTab />,
  terminal: <TerminalTab />,
  environment: <EnvironmentTab />
}

/** What the guide says about a tab: the anchor of its heading. */
const guideSections: Partial<Record<SettingsTab['value'], string>> = {
  health: 'reading-health',
  alerts: 'alerts',
  access: 'behind-a-reverse-proxy'
}

/** Tabs without permission are hidden. A link to such a tab shows the required permission. */
export default function Settings({ rest: [requestedTab] }: PageProps) {
  const user = useUser()
  const mayUse = ({ permissions }: SettingsTab) => mayAny(user, permissions)
  const activeTab = settingsTabs.find(({ value }) => value === requestedTab) ?? settingsTabs[0]!
  return (
    <Page title={t.nav.settings} help={guideSections[activeTab.value]} helpAbout={t.settingsTabs[activeTab.value]}>
      {user && <PendingChange />}
      <Tabs
        label={texts.tabsLabel}
        value={activeTab.value}
        onChange={(value) => goTo('settings', value)}
        tabs={settingsTabs
          .filter(mayUse)
          .map(({ value }) => ({ value, label: t.settingsTabs[value], content: contents[value] }))}
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
