import { useCallback } from 'react'
import { api } from '../../api/client.ts'
import type { Reply } from '../../api/paths.ts'
import { formatPercent, formatTemperature } from '../../data/format.ts'
import { peakChart } from '../../parts/history/charts.ts'
import { type ChartOf, line as lineOf, type Timeframe } from '../../parts/history/history.ts'
import { HistoryCard, useHistory } from '../../parts/history/history-card.tsx'
import { t } from '../../texts/index.ts'
import type { Disk } from './disk.ts'

type Point = Reply<'/api/storage/disks/{disk}/history'>['data'][number]

const { history: h, storage: s } = t
const line = lineOf<Point>

const charts: readonly ChartOf<Point>[] = [
  peakChart<Point>(
    h.read,
    'diskread',
    ({ diskread }) => diskread,
    ({ diskread_max: highest }) => highest
  ),
  peakChart<Point>(
    h.written,
    'diskwrite',
    ({ diskwrite }) => diskwrite,
    ({ diskwrite_max: highest }) => highest
  ),
  {
    title: s.busy,
    reason: 'utilization',
    format: formatPercent,
    top: 100,
    lines: [line(h.mean, ({ utilization }) => utilization)]
  }
]

/** A virtual disk has no temperature. */
const withTemperature: readonly ChartOf<Point>[] = [
  ...charts,
  {
    title: s.temperature,
    reason: 'temperature',
    format: formatTemperature,
    top: 50,
    bottom: 20,
    lines: [line(h.mean, ({ temperature }) => temperature)]
  }
]

/** The I/O and the temperature of a disk, for one hour to one year. */
export function DiskHistory({ disk: { name, type } }: { disk: Pick<Disk, 'name' | 'type'> }) {
  const load = useCallback(
    (timeframe: Timeframe, signal: AbortSignal) =>
      api.get('/api/storage/disks/{disk}/history', { path: { disk: name }, query: { timeframe }, signal }),
    [name]
  )
  return <HistoryCard history={useHistory(load)} charts={type === 'virtual' ? charts : withTemperature} />
}
