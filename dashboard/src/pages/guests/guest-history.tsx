import { useCallback } from 'react'
import { api } from '../../api/client.ts'
import type { Reply } from '../../api/paths.ts'
import { bytesChart, cpuChart, rateCharts } from '../../parts/history/charts.ts'
import { type ChartOf, line as lineOf, percent, type Timeframe } from '../../parts/history/history.ts'
import { HistoryCard, useHistory } from '../../parts/history/history-card.tsx'
import { SampleNote } from '../../parts/sample.tsx'
import { texts } from '../../texts/guests.ts'
import { t } from '../../texts/index.ts'
import type { Guest } from './guest.ts'

type Point = Reply<'/api/guests/{vmid}/history'>['data'][number]

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
  const load = useCallback(
    (timeframe: Timeframe, signal: AbortSignal) =>
      api.get('/api/guests/{vmid}/history', { path: { vmid }, query: { timeframe }, signal }),
    [vmid]
  )
  const history = useHistory(load)
  const { data } = history.polled
  return (
    <HistoryCard history={history} charts={type === 'lxc' ? ofContainers : charts}>
      {data && <SampleNote age={data} />}
    </HistoryCard>
  )
}
