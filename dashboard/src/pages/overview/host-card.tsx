import { useState } from 'react'
import { api } from '../../api/client.ts'
import { usePoll } from '../../data/use-poll.ts'
import { Value } from '../../parts/sample.tsx'
import { healthTones } from '../../shell/health-tones.ts'
import { useHostInfo } from '../../shell/host-info.tsx'
import { t } from '../../texts/index.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { serverIcon } from '../../ui/icon-shapes.ts'
import { Loading, Skeleton } from '../../ui/skeleton.tsx'
import { type Updates, UpdatesDialog } from './updates-dialog.tsx'
import type { System } from './vital-cards.tsx'

const EVERY_MS = 5 * 60_000
const loadUpdates = (signal: AbortSignal) => api.get('/api/updates', { signal })
const loadInfo = (signal: AbortSignal) => api.get('/api/info', { signal })

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
      <Value value={count} reason={updates.reason}>
        {() => null}
      </Value>
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

function Verdict() {
  const { data } = useHostInfo()
  if (!data) return <Skeleton className="h-5 w-24" />
  const { status, summary } = data.health
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
  const updates = usePoll(loadUpdates, EVERY_MS).data
  const info = usePoll(loadInfo, 0).data
  return (
    <Card title={t.overview.host} icon={serverIcon}>
      {!system ? (
        <Loading lines={6} />
      ) : (
        <Facts>
          <Fact name={t.overview.health} className="col-span-full">
            <Verdict />
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
          <Fact name={t.overview.monitor}>{info ? info.version : <Skeleton className="h-5 w-16" />}</Fact>
          <Fact name={t.overview.updates}>
            {updates ? <Waiting updates={updates} /> : <Skeleton className="h-5 w-24" />}
          </Fact>
          <Fact name={t.overview.reboot}>
            {updates ? (
              <Value value={updates.reboot_required} reason={updates.reason}>
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
            ) : (
              <Skeleton className="h-5 w-24" />
            )}
          </Fact>
        </Facts>
      )}
    </Card>
  )
}
