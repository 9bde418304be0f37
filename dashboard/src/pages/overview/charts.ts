import { formatBytes, formatLoad, formatPercent, formatRate } from '../../data/format.ts'
import { t } from '../../texts/index.ts'
import type { HistoryPoint } from './recent.ts'

export interface Line {
  name: string
  of(point: HistoryPoint): number | null
}
export interface ChartOf {
  title: string
  lines: readonly Line[]
  format(value: number): string
  isBytes?: boolean
  /** The minimum of the scale's upper end. */
  top: number
  bottom?: number
  /** The series whose reason is shown instead of the chart if no line has a value. */
  reason: string
}

const percent = (value: number | null | undefined) => (value == null ? null : value * 100)
const line = (name: string, of: (point: HistoryPoint) => number | null | undefined): Line => ({
  name,
  of: (point) => of(point) ?? null
})
const { history: h } = t

/** The charts of the history. The maximum of a step is shown next to its average if the host records it. */
export const charts: readonly ChartOf[] = [
  {
    title: h.cpu,
    reason: 'cpu',
    format: formatPercent,
    top: 100,
    lines: [
      line(h.inUse, ({ cpu }) => percent(cpu)),
      line(h.highest, ({ cpu_max: highest }) => percent(highest)),
      line(h.iowait, ({ iowait }) => percent(iowait))
    ]
  },
  {
    title: h.memory,
    reason: 'memused',
    isBytes: true,
    format: formatBytes,
    top: 1,
    lines: [
      line(h.inUse, ({ memused }) => memused),
      line(h.total, ({ memtotal }) => memtotal),
      line(h.swap, ({ swapused }) => swapused)
    ]
  },
  {
    title: h.load,
    reason: 'loadavg',
    format: formatLoad,
    top: 1,
    lines: [
      line(h.minute, ({ loadavg }) => loadavg),
      line(h.fiveMinutes, ({ loadavg5 }) => loadavg5),
      line(h.fifteenMinutes, ({ loadavg15 }) => loadavg15)
    ]
  },
  {
    title: h.network,
    reason: 'netin',
    isBytes: true,
    format: formatRate,
    top: 1024,
    lines: [line(h.received, ({ netin }) => netin), line(h.sent, ({ netout }) => netout)]
  },
  {
    title: h.disks,
    reason: 'diskread',
    isBytes: true,
    format: formatRate,
    top: 1024,
    lines: [line(h.read, ({ diskread }) => diskread), line(h.written, ({ diskwrite }) => diskwrite)]
  },
  {
    title: h.temperature,
    reason: 'temperature',
    format: (value) => t.overview.celsius(value.toFixed(1)),
    top: 60,
    bottom: 20,
    lines: [line(h.mean, ({ temperature }) => temperature), line(h.highest, ({ temperature_max: highest }) => highest)]
  }
]
