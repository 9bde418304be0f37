import { TrustedProxies } from '../../parts/trusted-proxies.tsx'
import { texts } from '../../texts/settings.ts'
import { networkIcon } from '../../ui/icon-shapes.ts'
import { HowToChange, useConfiguration, VariablesCard } from './variables.tsx'

const { variables: v } = texts

/** Under which names and through which proxies this host is reached. */
export function AccessTab() {
  return (
    <>
      <VariablesCard
        polled={useConfiguration()}
        title={v.hosts}
        lead={v.hostsLead}
        icon={networkIcon}
        names={['MONITOR_ALLOWED_HOSTS', 'MONITOR_CORS_ORIGINS', 'MONITOR_PUBLIC_URL']}
      >
        <HowToChange />
      </VariablesCard>
      <TrustedProxies />
    </>
  )
}
