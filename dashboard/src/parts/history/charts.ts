import { formatBytes, formatPercent, formatRate } from '../../data/format.ts'
import { t } from '../../texts/index.ts'
import { type ChartOf, type Line, line } from './history.ts'

const { history: h } = t

/** Usage of the CPU in percent. */
export const cpuChart = <P>(lines: readonly Line<P>[]): ChartOf<P> => ({
  title: h.cpu,
  reason: 'cpu',
  format: formatPercent,
  top: 100,
  lines
})

/** Sizes in bytes. `reason` is the series whose reason is shown if no line has a value. */
export const bytesChart = <P>(title: string, reason: string, lines: readonly Line<P>[]): ChartOf<P> => ({
  title,
  reason,
  isBytes: true,
  format: formatBytes,
  top: 1,
  lines
})

/** Bytes per second. */
type Rate = number | null | undefined

/** Rates in bytes per second. */
export const rateChart = <P>(title: string, reason: string, lines: readonly Line<P>[]): ChartOf<P> => ({
  ...bytesChart(title, reason, lines),
  format: formatRate,
  top: 1024
})

/** Bytes per second, of the network and of the disks. */
export const rateCharts = <
  P extends { netin?: Rate; netout?: Rate; diskread?: Rate; diskwrite?: Rate }
>(): readonly ChartOf<P>[] => [
  rateChart(h.network, 'netin', [line(h.received, ({ netin }) => netin), line(h.sent, ({ netout }) => netout)]),
  rateChart(h.disks, 'diskread', [
    line(h.read, ({ diskread }) => diskread),
    line(h.written, ({ diskwrite }) => diskwrite)
  ])
]

/** A rate with the maximum of each step. */
export const peakChart = <P>(title: string, reason: string, mean: (point: P) => Rate, max: (point: P) => Rate) =>
  rateChart<P>(title, reason, [line(h.mean, mean), line(h.highest, max)])
