import { formatBytes, formatLoad, formatPercent, formatTemperature } from '../../data/format.ts'
import type { LiveData } from '../../data/live.ts'
import { toneOf } from '../../parts/sample.tsx'
import { t } from '../../texts/index.ts'
import { cpuIcon, gaugeIcon, memoryStickIcon, thermometerIcon } from '../../ui/icon-shapes.ts'
import { Meter } from '../../ui/meter.tsx'
import { Sparkline } from '../../ui/sparkline.tsx'
import type { Recent } from './recent.ts'
import { Detail, VitalCard } from './vital-card.tsx'

export type System = LiveData['system']
interface Vital {
  system: System | null
  recent: Recent
}

/** The daemon's reason for a null value; null with a value or while loading. */
export const reasonOf = (system: System | null, field: keyof System): string | null =>
  system && system[field] == null ? (system.reasons[field] ?? t.ui.notAvailable) : null

/** `iowait` is the share (0 to 1) from the recent history, because the live sample has no such value. */
export function CpuCard({ system, recent, iowait }: Vital & { iowait: number | null }) {
  const usage = system?.cpu_usage ?? null
  return (
    <VitalCard
      title={t.overview.cpu}
      icon={cpuIcon}
      value={usage === null ? null : formatPercent(usage)}
      reason={reasonOf(system, 'cpu_usage')}
      aside={
        system?.cpu_cores != null &&
        system.cpu_threads != null && (
          <span className="text-right text-xs text-muted max-sm:hidden">
            {t.overview.cpuDetail(system.cpu_cores, system.cpu_threads)}
          </span>
        )
      }
    >
      <Meter label={t.overview.cpu} percent={usage ?? 0} tone={toneOf(usage ?? 0)} />
      <Sparkline lines={[recent.of('cpu')]} from={recent.from} to={recent.to} top={100} />
      <Detail>
        {system?.cpu_user != null && <span>{t.overview.user(formatPercent(system.cpu_user))}</span>}
        {system?.cpu_system != null && <span>{t.overview.system(formatPercent(system.cpu_system))}</span>}
        {iowait !== null && <span>{t.overview.iowait(formatPercent(iowait * 100))}</span>}
      </Detail>
    </VitalCard>
  )
}

// The Monitor's fields of memory are in GiB.
const gibibytes = (value: number) => formatBytes(value * 2 ** 30)

export function MemoryCard({ system, recent }: Vital) {
  const { memory_usage: usage = null, memory_used: used, memory_total: total, memory_cached: cached } = system ?? {}
  return (
    <VitalCard
      title={t.overview.memory}
      icon={memoryStickIcon}
      value={usage === null ? null : formatPercent(usage)}
      reason={reasonOf(system, 'memory_usage')}
    >
      <Meter label={t.overview.memory} percent={usage ?? 0} tone={toneOf(usage ?? 0)} />
      <Sparkline lines={[recent.of('memory')]} from={recent.from} to={recent.to} top={100} />
      <Detail>
        {used != null && total != null && <span>{t.overview.memoryDetail(gibibytes(used), gibibytes(total))}</span>}
        {cached != null && <span>{t.overview.cached(gibibytes(cached))}</span>}
      </Detail>
    </VitalCard>
  )
}

const loadOrDash = (load: number | null) => (load === null ? '–' : formatLoad(load))

export function LoadCard({ system, recent }: Vital) {
  const load = system?.load_average ?? null
  const threads = system?.cpu_threads ?? null
  const lastMinute = load?.[0] ?? null
  const percent = lastMinute !== null && threads ? Math.round((lastMinute / threads) * 100) : null
  return (
    <VitalCard
      title={t.overview.load}
      icon={gaugeIcon}
      value={
        load && (
          <span className="flex flex-wrap items-baseline gap-x-2">
            {loadOrDash(lastMinute)}
            <span className="text-sm font-normal tracking-normal text-muted">
              {load.slice(1).map(loadOrDash).join(' · ')}
            </span>
          </span>
        )
      }
      reason={reasonOf(system, 'load_average')}
    >
      {percent !== null && <Meter label={t.overview.load} percent={percent} tone={toneOf(percent)} />}
      <Sparkline lines={[recent.of('load')]} from={recent.from} to={recent.to} top={threads ?? 1} />
      <Detail>
        <span>{t.overview.loadLabel}</span>
        {percent !== null && <span>{t.overview.perThread(percent)}</span>}
      </Detail>
    </VitalCard>
  )
}

export function TemperatureCard({ system, recent }: Vital) {
  const temperature = system?.temperature ?? null
  const points = system?.temperature_sparkline ?? []
  const past = points.map(({ value }) => value)
  // A host that has just started has less than an hour of them.
  const minutes = Math.max(1, Math.round(((points.at(-1)?.timestamp ?? 0) - (points[0]?.timestamp ?? 0)) / 60))
  return (
    <VitalCard
      title={t.overview.temperature}
      icon={thermometerIcon}
      value={temperature === null ? null : formatTemperature(temperature)}
      reason={reasonOf(system, 'temperature')}
    >
      <Sparkline lines={[recent.of('temperature')]} from={recent.from} to={recent.to} top={90} bottom={20} />
      {past.length > 1 && (
        <Detail>
          {t.overview.temperatureRange(
            formatTemperature(Math.min(...past)),
            formatTemperature(Math.max(...past)),
            minutes
          )}
        </Detail>
      )}
    </VitalCard>
  )
}
