import { type ReactNode, useState } from 'react'
import { asSentence, explain } from '../../api/explain.ts'
import type { Reply } from '../../api/paths.ts'
import type { Polled } from '../../data/use-poll.ts'
import { Value, ValueOrReason } from '../../parts/sample.tsx'
import { healthTones } from '../../shell/health-tones.ts'
import { type HostInfo, useHostInfo } from '../../shell/host-info.tsx'
import { t } from '../../texts/index.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { Freshness } from '../../ui/freshness.tsx'
import { serverIcon } from '../../ui/icon-shapes.ts'
import { Loading, Skeleton } from '../../ui/skeleton.tsx'
import { type Updates, UpdatesDialog } from './updates-dialog.tsx'
import type { System } from './vital-cards.tsx'

export type Info = Reply<'/api/info'>

/** The state of a separately polled value: loading, the value, or the error. */
function PolledValue<T>({ polled: { data, problem }, children }: { polled: Polled<T>; children(data: T): ReactNode }) {
  if (data === null && !problem) return <Skeleton className="h-5 w-24" />
  return (
    <ValueOrReason value={data} reason={problem && explain(problem)}>
      {children}
    </ValueOrReason>
  )
}

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

function UpdateCount({ updates }: { updates: Updates }) {
  const [isOpen, setOpen] = useState(false)
  const { available_updates: count, security_updates: security, new_packages: fresh } = updates
  if (count === null)
    return (
      <ValueOrReason value={count} reason={updates.reason}>
        {() => null}
      </ValueOrReason>
    )
  if (count + (fresh ?? 0) === 0)
    // Without package lists, or with old ones, apt knows of no update either.
    return updates.reason === null ? (
      t.overview.upToDate
    ) : (
      <span className="font-normal text-muted">{asSentence(updates.reason)}</span>
    )
  return (
    <span className="flex flex-wrap items-center gap-2">
      <Button size="small" onClick={() => setOpen(true)}>
        {t.overview.updatesWaiting(count)}
      </Button>
      {security != null && security > 0 && (
        <Badge tone="warn" hasMark>
          {t.overview.securityUpdates(security)}
        </Badge>
      )}
      <UpdatesDialog updates={updates} isOpen={isOpen} onClose={() => setOpen(false)} />
    </span>
  )
}

function HealthSummary({ status, summary }: HostInfo['health']) {
  return (
    <span className="flex flex-wrap items-center gap-2">
      <Badge tone={healthTones[status] ?? 'neutral'} hasMark>
        {t.shell.health[status]}
      </Badge>
      <span className="font-normal">{summary}</span>
    </span>
  )
}

interface HostCardProps {
  system: System | null
  updates: Polled<Updates>
  info: Polled<Info>
}

export function HostCard({ system, updates, info }: HostCardProps) {
  const host = useHostInfo()
  const ownPackage = updates.data?.monitor
  return (
    <Card title={t.overview.host} icon={serverIcon} aside={<Freshness polled={updates} />}>
      {!system ? (
        <Loading lines={6} />
      ) : (
        <Facts>
          <Fact name={t.overview.health} className="col-span-full">
            <PolledValue polled={host}>{({ health }) => <HealthSummary {...health} />}</PolledValue>
          </Fact>
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
          <Fact name={t.overview.updates}>
            <PolledValue polled={updates}>{(data) => <UpdateCount updates={data} />}</PolledValue>
          </Fact>
          <Fact name={t.overview.reboot}>
            <PolledValue polled={updates}>
              {({ reboot_required: required, reason }) => (
                <Value value={required} reason={reason}>
                  {(isRequired) =>
                    isRequired ? (
                      <Badge tone="warn" hasMark>
                        {t.overview.rebootRequired}
                      </Badge>
                    ) : (
                      t.overview.rebootNone
                    )
                  }
                </Value>
              )}
            </PolledValue>
          </Fact>
        </Facts>
      )}
    </Card>
  )
}
