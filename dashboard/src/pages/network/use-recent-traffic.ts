import { useEffect, useRef, useState } from 'react'
import { api } from '../../api/client.ts'
import { groupsOf, isRecorded, type Network } from './interfaces.ts'
import { createRecentTraffic, type RecentTraffic } from './recent-traffic.ts'

/** A tab may make 30 requests a minute in total, so that only the first interfaces begin with their history. */
const MOST = 6
/** Someone who goes back and forth does not load it each time. */
const LOAD_AGAIN_MS = 60_000

// Outside of the page, so that the lines are there when the user returns from an interface.
const recent = createRecentTraffic()
let loadedAt = Number.NEGATIVE_INFINITY

async function loadRecorded(names: readonly string[], signal: AbortSignal): Promise<void> {
  for (const name of names) {
    const reply = await api.get('/api/network/{name}/history', { path: { name }, query: { timeframe: 'hour' }, signal })
    const samples = reply.data.map(({ time, netin = null, netout = null }) => ({
      time: time * 1000,
      received: netin,
      sent: netout
    }))
    recent.addRecorded(name, samples)
  }
}

/** The traffic of the last minutes, which grows with the live values. */
export function useRecentTraffic(network: Network | null): RecentTraffic {
  const names = useRef<string[]>([])
  const [, redraw] = useState(0)
  const hasData = network !== null
  names.current = network
    ? groupsOf(network)
        .active.filter(isRecorded)
        .slice(0, MOST)
        .map(({ name }) => name)
    : []

  useEffect(() => {
    if (network?.timestamp == null) return
    const { active, inactive, guests } = groupsOf(network)
    const rates = [...active, ...inactive, ...guests].map((one) => ({
      name: one.name,
      received: one.bytes_recv_per_second ?? null,
      sent: one.bytes_sent_per_second ?? null
    }))
    recent.add(Date.parse(network.timestamp), rates)
  }, [network])

  useEffect(() => {
    if (!hasData || performance.now() - loadedAt < LOAD_AGAIN_MS) return
    const life = new AbortController()
    const load = async () => {
      await loadRecorded(names.current, life.signal)
      loadedAt = performance.now()
      redraw(loadedAt)
    }
    // The lines are decoration: without the history they begin now.
    load().catch(() => {})
    return () => life.abort()
  }, [hasData])

  return recent
}
