import { formatLoad, formatTemperature } from '../../data/format.ts'
import { bytesChart, cpuChart, rateCharts } from '../../parts/history/charts.ts'
import { type ChartOf, line as lineOf, percent } from '../../parts/history/history.ts'
import { t } from '../../texts/index.ts'
import type { HistoryPoint } from './recent.ts'

const { history: h } = t
const line = lineOf<HistoryPoint>

/** The charts of the history. The maximum of a step is shown next to its average if the host records it. */
export const charts: readonly ChartOf<HistoryPoint>[] = [
  cpuChart([
    line(h.inUse, ({ cpu }) => percent(cpu)),
    line(h.highest, ({ cpu_max: highest }) => percent(highest)),
    line(h.iowait, ({ iowait }) => percent(iowait))
  ]),
  bytesChart(h.memory, 'memused', [
    line(h.inUse, ({ memused }) => memused),
    line(h.total, ({ memtotal }) => memtotal),
    line(h.swap, ({ swapused }) => swapused)
  ]),
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
  ...rateCharts<HistoryPoint>(),
  {
    title: h.temperature,
    reason: 'temperature',
    format: formatTemperature,
    top: 60,
    bottom: 20,
    lines: [line(h.mean, ({ temperature }) => temperature), line(h.highest, ({ temperature_max: highest }) => highest)]
  }
]
