import { useEffect, useRef, useState } from 'react'
import { api } from '../../api/client.ts'
import type { Reply } from '../../api/paths.ts'
import type { LiveData } from '../../data/live.ts'
import { type Polled, usePoll } from '../../data/use-poll.ts'
import type { SparkPoint } from '../../ui/sparkline.tsx'

export type History = Reply<'/api/node/metrics'>
export type HistoryPoint = History['data'][number]

const WINDOW_MS = 15 * 60_000
const LEAST_MS = 2 * 60_000
const EVERY_MS = 60_000
const NEW_EVERY_MS = 15_000
const NEW_POINTS = 5
/** The last live value of each step is kept. */
const STEP_MS = 5000

const loadHour = (signal: AbortSignal) => api.get('/api/node/metrics', { query: { timeframe: 'hour' }, signal })

/** The last hour of the host's history, polled each minute, and more often while the host has only a few points. */
export function useHour(): Polled<History> {
  const [isNew, setNew] = useState(true)
  const polled = usePoll(loadHour, isNew ? NEW_EVERY_MS : EVERY_MS)
  if (isNew && (polled.data?.data.length ?? 0) > NEW_POINTS) setNew(false)
  return polled
}

export interface Moment {
  cpu: number | null
  memory: number | null
  load: number | null
  temperature: number | null
  netin: number | null
  netout: number | null
  diskread: number | null
  diskwrite: number | null
}

const percentOf = (part: number | null | undefined, whole: number | null | undefined) =>
  part == null || !whole ? null : (part / whole) * 100

const momentOf = (point: HistoryPoint): Moment => ({
  cpu: percentOf(point.cpu, 1),
  memory: percentOf(point.memused, point.memtotal),
  load: point.loadavg ?? null,
  temperature: point.temperature ?? null,
  netin: point.netin ?? null,
  netout: point.netout ?? null,
  diskread: point.diskread ?? null,
  diskwrite: point.diskwrite ?? null
})

interface Live {
  system: LiveData['system'] | null
  network: LiveData['network'] | null
  storage: LiveData['storage'] | null
}

const momentNow = ({ system, network, storage }: Live): Moment => ({
  cpu: system?.cpu_usage ?? null,
  memory: system?.memory_usage ?? null,
  load: system?.load_average?.[0] ?? null,
  temperature: system?.temperature ?? null,
  netin: network?.traffic.bytes_recv_per_second ?? null,
  netout: network?.traffic.bytes_sent_per_second ?? null,
  diskread: storage?.io.read_bytes_per_second ?? null,
  diskwrite: storage?.io.write_bytes_per_second ?? null
})

export interface Recent {
  from: number
  to: number
  of(name: keyof Moment): SparkPoint[]
}

/** The last 15 minutes: the recorded history and the live values after it. */
export function useRecent(hour: History | null, live: Live): Recent {
  const liveMoments = useRef<{ time: number; moment: Moment }[]>([])
  const time = live.system ? Date.parse(live.system.timestamp) : 0
  useEffect(() => {
    if (time === 0) return
    const list = liveMoments.current
    const last = list.at(-1)
    const entry = { time, moment: momentNow(live) }
    if (last && Math.floor(last.time / STEP_MS) === Math.floor(time / STEP_MS)) list[list.length - 1] = entry
    else list.push(entry)
    while (list.length > 0 && list[0]!.time < time - WINDOW_MS) list.shift()
  }, [time, live])

  // By the host's clock, which may differ from the browser's.
  const to = Math.max(time, ((hour?.data.at(-1)?.time ?? 0) + (hour?.resolution_seconds ?? 0)) * 1000)
  const written = (hour?.data ?? []).map((point) => ({ time: point.time * 1000, moment: momentOf(point) }))
  const recordedUntil = (written.at(-1)?.time ?? 0) + (hour?.resolution_seconds ?? 0) * 1000
  const since = liveMoments.current.filter((each) => each.time >= recordedUntil)
  const all = [...written.filter((each) => each.time >= to - WINDOW_MS), ...since]
  // After a start of the daemon, the available data fills the width, at least two minutes.
  const from = Math.min(all[0]?.time ?? to, to - LEAST_MS)
  return { from, to, of: (name) => all.map(({ time, moment }) => ({ time, value: moment[name] })) }
}
