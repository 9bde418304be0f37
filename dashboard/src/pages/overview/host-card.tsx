import { asSentence } from '../../api/explain.ts'
import type { Reply } from '../../api/paths.ts'
import type { Polled } from '../../data/use-poll.ts'
import { Value } from '../../parts/sample.tsx'
import { t } from '../../texts/index.ts'
import { Card } from '../../ui/card.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { serverIcon } from '../../ui/icon-shapes.ts'
import { Loading } from '../../ui/skeleton.tsx'
import { PolledValue } from './polled-value.tsx'
import type { Updates } from './updates-dialog.tsx'
import type { System } from './vital-cards.tsx'

export type Info = Reply<'/api/info'>

function SystemValue({
  system,
  field
}: {
  system: System
  field: 'uptime' | 'os_name' | 'kernel_version' | 'proxmox_version'
}) {
  return (
    <Value value={system[field]} reason={system.reasons[field]}>
      {(value) => <span translate="no">{value}</span>}
    </Value>
  )
}

interface HostCardProps {
  system: System | null
  updates: Polled<Updates>
  info: Polled<Info>
}

export function HostCard({ system, updates, info }: HostCardProps) {
  const ownPackage = updates.data?.monitor
  return (
    <Card title={t.overview.host} icon={serverIcon}>
      {!system ? (
        <Loading lines={6} />
      ) : (
        <Facts>
          <Fact name={t.overview.hostname}>
            <span translate="no">{system.hostname}</span>
          </Fact>
          <Fact name={t.overview.uptime}>
            <SystemValue system={system} field="uptime" />
          </Fact>
          <Fact name={t.overview.os}>
            <SystemValue system={system} field="os_name" />
          </Fact>
          <Fact name={t.overview.kernel}>
            <SystemValue system={system} field="kernel_version" />
          </Fact>
          <Fact name={t.overview.proxmox}>
            <SystemValue system={system} field="proxmox_version" />
          </Fact>
          <Fact name={t.overview.monitor}>
            <PolledValue polled={info}>{({ version }) => version}</PolledValue>
            {ownPackage?.update_available === null && ownPackage.reason !== null && (
              <span className="block text-xs font-normal text-muted">{asSentence(ownPackage.reason)}</span>
            )}
          </Fact>
        </Facts>
      )}
    </Card>
  )
}
