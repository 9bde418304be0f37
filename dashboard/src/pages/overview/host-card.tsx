import type { ReactNode } from 'react'
import { healthTones } from '../../shell/health-pill.tsx'
import { useHostInfo } from '../../shell/host-info.tsx'
import { t } from '../../texts/index.ts'
import { Badge } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { cx } from '../../ui/class-names.ts'
import { serverIcon } from '../../ui/icon-shapes.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import type { System } from './overview.tsx'
import { whyNot } from './vital-cards.tsx'

function Fact({ name, className, children }: { name: string; className?: string; children: ReactNode }) {
  return (
    <div className={cx('flex min-w-0 flex-col gap-0.5', className)}>
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="text-sm font-medium">{children}</dd>
    </div>
  )
}

/** A value of the host's own, or why there is none. */
function Own({
  system,
  field
}: {
  system: System
  field: 'uptime' | 'os_name' | 'kernel_version' | 'proxmox_version'
}) {
  const value = system[field]
  if (value === null) return <span className="font-normal text-muted">{whyNot(system, field)}</span>
  return <span translate="no">{value}</span>
}

function Updates({ system }: { system: System }) {
  const { available_updates: count } = system
  if (count === null) {
    return <span className="font-normal text-muted">{whyNot(system, 'available_updates')}</span>
  }
  return count === 0 ? t.overview.upToDate : t.overview.updatesWaiting(count)
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
  return (
    <Card title={t.overview.host} icon={serverIcon}>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4 lg:grid-cols-3">
        <Fact name={t.overview.health} className="max-lg:col-span-2">
          <Verdict />
        </Fact>
        {system ? (
          <>
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
            <Fact name={t.overview.updates}>
              <Updates system={system} />
            </Fact>
          </>
        ) : (
          Array.from({ length: 5 }, (_, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
            <div key={i} className="flex flex-col gap-1.5">
              <Skeleton className="h-3 w-16" />
              <Skeleton className="h-5 w-36" />
            </div>
          ))
        )}
      </dl>
    </Card>
  )
}
