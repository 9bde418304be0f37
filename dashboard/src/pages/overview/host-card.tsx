import { type ReactNode, useState } from 'react'
import { api } from '../../api/client.ts'
import { explain } from '../../api/explain.ts'
import { type Polled, usePoll } from '../../data/use-poll.ts'
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

const EVERY_MS = 5 * 60_000
const loadUpdates = (signal: AbortSignal) => api.get('/api/updates', { signal })
const loadInfo = (signal: AbortSignal) => api.get('/api/info', { signal })

/** What is asked for apart from the rest: on its way, there, or why it is not. */
function Asked<T>({ polled: { data, problem }, children }: { polled: Polled<T>; children(data: T): ReactNode }) {
  if (data === null && !problem) return <Skeleton className="h-5 w-24" />
  return (
    <ValueOrReason value={data} reason={problem && explain(problem)}>
      {children}
    </ValueOrReason>
  )
}

function Own({
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

function Waiting({ updates }: { updates: Updates }) {
  const [isOpen, setOpen] = useState(false)
  const { available_updates: count, security_updates: security, new_packages: fresh } = updates
  if (count === null)
    return (
      <ValueOrReason value={count} reason={updates.reason}>
        {() => null}
      </ValueOrReason>
    )
  if (count + (fresh ?? 0) === 0) return t.overview.upToDate
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

function Verdict({ status, summary }: HostInfo['health']) {
  return (
    <span className="flex flex-wrap items-center gap-2">
      <Badge tone={healthTones[status] ?? 'neutral'} hasMark>
        {t.shell.health[status]}
      </Badge>
      <span className="font-normal">{summary}</span>
    </span>
  )
}

export function HostCard({ system }: { system: System | null }) {
  const host = useHostInfo()
  const updates = usePoll(loadUpdates, EVERY_MS)
  const info = usePoll(loadInfo, 0)
  return (
    <Card title={t.overview.host} icon={serverIcon} aside={<Freshness polled={updates} />}>
      {!system ? (
        <Loading lines={6} />
      ) : (
        <Facts>
          <Fact name={t.overview.health} className="col-span-full">
            <Asked polled={host}>{({ health }) => <Verdict {...health} />}</Asked>
          </Fact>
          <Fact name={t.overview.hostname}>
            <span translate="no">{system.hostname}</span>
          </Fact>
          <Fact name={t.overview.uptime}>
            <Own system={system} field="uptime" />
          </Fact>
          <Fact name={t.overview.os}>
            <Own system={system} field="os_name" />
          </Fact>
          <Fact name={t.overview.kernel}>
            <Own system={system} field="kernel_version" />
          </Fact>
          <Fact name={t.overview.proxmox}>
            <Own system={system} field="proxmox_version" />
          </Fact>
          <Fact name={t.overview.monitor}>
            <Asked polled={info}>{({ version }) => version}</Asked>
          </Fact>
          <Fact name={t.overview.updates}>
            <Asked polled={updates}>{(data) => <Waiting updates={data} />}</Asked>
          </Fact>
          <Fact name={t.overview.reboot}>
            <Asked polled={updates}>
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
            </Asked>
          </Fact>
        </Facts>
      )}
    </Card>
  )
}
