import type { ReactNode } from 'react'
import { asSentence } from '../../api/explain.ts'
import { formatDecimal, formatLoad } from '../../data/format.ts'
import { t } from '../../texts/index.ts'
import { Card } from '../../ui/card.tsx'
import { cpuIcon, gaugeIcon, memoryStickIcon, type Shape, thermometerIcon } from '../../ui/icon-shapes.ts'
import { Meter } from '../../ui/meter.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import type { System } from './overview.tsx'

type Vital = { system: System | null }

const toneOf = (percent: number) => (percent >= 95 ? 'bad' : percent >= 85 ? 'warn' : 'accent')

interface VitalCardProps {
  title: string
  icon: Shape
  /** Null while it is on its way; a reason where this host does not have it. */
  value: string | null
  /** Stands beside the value, and is less than it. */
  more?: string | undefined
  reason?: string | undefined
  children?: ReactNode
}

function VitalCard({ title, icon, value, more, reason, children }: VitalCardProps) {
  return (
    <Card title={title} icon={icon}>
      {reason ? (
        <>
          <p className="text-2xl font-semibold text-muted">–</p>
          <p className="text-sm text-muted">{reason}</p>
        </>
      ) : value === null ? (
        <>
          <Skeleton className="h-8 w-24" />
          <Skeleton className="h-1.5 w-full" />
          <Skeleton className="h-4 w-32" />
        </>
      ) : (
        <>
          <p className="flex flex-wrap items-baseline gap-x-2 text-2xl font-semibold tracking-tight tabular-nums">
            {value}
            {more && <span className="text-sm font-normal tracking-normal text-muted">{more}</span>}
          </p>
          {children}
        </>
      )}
    </Card>
  )
}

/** Why a value is null, in the daemon's words. */
export const whyNot = (system: System, field: keyof System): string =>
  asSentence(system.reasons[field] ?? t.ui.notAvailable)

const reasonOf = (system: System | null, field: keyof System): string | undefined =>
  system && system[field] === null ? whyNot(system, field) : undefined

function Detail({ children }: { children: ReactNode }) {
  return <p className="flex flex-wrap justify-between gap-x-3 text-sm text-muted tabular-nums">{children}</p>
}

export function CpuCard({ system }: Vital) {
  const usage = system?.cpu_usage ?? null
  return (
    <VitalCard
      title={t.overview.cpu}
      icon={cpuIcon}
      value={usage === null ? null : t.overview.percent(formatDecimal(usage))}
      reason={reasonOf(system, 'cpu_usage')}
    >
      <Meter label={t.overview.cpu} percent={usage ?? 0} tone={toneOf(usage ?? 0)} />
      <Detail>
        {system?.cpu_cores != null && system.cpu_threads != null && (
          <span>{t.overview.cpuDetail(system.cpu_cores, system.cpu_threads)}</span>
        )}
      </Detail>
    </VitalCard>
  )
}

export function MemoryCard({ system }: Vital) {
  const { memory_usage: usage = null, memory_used: used, memory_total: total, memory_cached: cached } = system ?? {}
  return (
    <VitalCard
      title={t.overview.memory}
      icon={memoryStickIcon}
      value={usage === null ? null : t.overview.percent(formatDecimal(usage))}
      reason={reasonOf(system, 'memory_usage')}
    >
      <Meter label={t.overview.memory} percent={usage ?? 0} tone={toneOf(usage ?? 0)} />
      <Detail>
        {used != null && total != null && (
          <span>{t.overview.memoryDetail(formatDecimal(used), formatDecimal(total))}</span>
        )}
        {cached != null && <span>{t.overview.cached(formatDecimal(cached))}</span>}
      </Detail>
    </VitalCard>
  )
}

export function LoadCard({ system }: Vital) {
  const load = system?.load_average ?? null
  const threads = system?.cpu_threads ?? null
  const percent = load && threads ? Math.round((load[0]! / threads) * 100) : null
  return (
    <VitalCard
      title={t.overview.load}
      icon={gaugeIcon}
      value={load === null ? null : formatLoad(load[0]!)}
      more={load?.slice(1).map(formatLoad).join(' · ')}
      reason={reasonOf(system, 'load_average')}
    >
      {percent !== null && <Meter label={t.overview.load} percent={percent} tone={toneOf(percent)} />}
      <Detail>
        <span>{t.overview.loadLabel}</span>
        {percent !== null && <span>{t.overview.perThread(percent)}</span>}
      </Detail>
    </VitalCard>
  )
}

export function TemperatureCard({ system }: Vital) {
  const temperature = system?.temperature ?? null
  const past = system?.temperature_sparkline.map(({ value }) => value) ?? []
  return (
    <VitalCard
      title={t.overview.temperature}
      icon={thermometerIcon}
      value={temperature === null ? null : t.overview.celsius(formatDecimal(temperature))}
      reason={reasonOf(system, 'temperature')}
    >
      {past.length > 1 && (
        <Detail>
          {t.overview.temperatureRange(formatDecimal(Math.min(...past)), formatDecimal(Math.max(...past)))}
        </Detail>
      )}
    </VitalCard>
  )
}
