import { useCallback, useState } from 'react'
import { api } from '../../api/client.ts'
import type { Reply } from '../../api/paths.ts'
import { usePoll } from '../../data/use-poll.ts'
import { bytesChart, cpuChart, rateCharts } from '../../parts/history/charts.ts'
import { type ChartOf, line as lineOf, percent, type Timeframe, timeframeOptions } from '../../parts/history/history.ts'
import { HistoryPanels } from '../../parts/history/history-panels.tsx'
import { SampleNote } from '../../parts/sample.tsx'
import { texts } from '../../texts/guests.ts'
import { t } from '../../texts/index.ts'
import { Card } from '../../ui/card.tsx'
import { Choice } from '../../ui/choice.tsx'
import { historyIcon } from '../../ui/icon-shapes.ts'
import type { Guest } from './guest.ts'

type Point = Reply<'/api/guests/{vmid}/history'>['data'][number]

const EVERY_MS = 60_000
const { history: h } = t
const line = lineOf<Point>

const charts: readonly ChartOf<Point>[] = [
  cpuChart([line(h.inUse, ({ cpu }) => percent(cpu))]),
  bytesChart(h.memory, 'mem', [line(h.inUse, ({ mem }) => mem), line(h.total, ({ maxmem }) => maxmem)]),
  ...rateCharts<Point>()
]

/** Proxmox VE cannot see how full the disks of a VM are. */
const ofContainers: readonly ChartOf<Point>[] = [
  ...charts,
  bytesChart(texts.disk, 'disk', [line(h.inUse, ({ disk }) => disk), line(h.total, ({ maxdisk }) => maxdisk)])
]

/** What Proxmox VE has measured of a guest, for one hour to one year. */
export function GuestHistory({ vmid, type }: Pick<Guest, 'vmid' | 'type'>) {
  const [timeframe, setTimeframe] = useState<Timeframe>('hour')
  const load = useCallback(
    (signal: AbortSignal) => api.get('/api/guests/{vmid}/history', { path: { vmid }, query: { timeframe }, signal }),
    [vmid, timeframe]
  )
  const polled = usePoll(load, EVERY_MS)
  return (
    <Card title={h.title} icon={historyIcon}>
      <div>
        <Choice<Timeframe> label={h.timeframe} value={timeframe} options={timeframeOptions} onChange={setTimeframe} />
      </div>
      {polled.data && <SampleNote age={polled.data} />}
      <HistoryPanels polled={polled} charts={type === 'lxc' ? ofContainers : charts} />
    </Card>
  )
}
