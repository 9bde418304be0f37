import { setPriority } from 'node:os'
import autocannon from 'autocannon'

/** Sent to this process over its IPC channel. */
export interface FloodOrder {
  url: string
  body: string
  connections: number
  /** Seconds. */
  duration: number
}

export interface FloodResult {
  /** Answers by status. */
  refused: number
  busy: number
  other: number
  seconds: number
}

// Many clients that log in without a pause: each sends its next attempt when the previous one is answered. They
// simulate other machines, so they run at a lower priority than the daemon.
process.once('message', async ({ url, body, connections, duration }: FloodOrder) => {
  setPriority(19)
  const { statusCodeStats, duration: seconds } = await autocannon({
    url,
    connections,
    duration,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    // Missing in the types.
    ...({ idReplacement: true } as object)
  })
  const countOf = (status: string) => statusCodeStats[status]?.count ?? 0
  const all = Object.values(statusCodeStats).reduce((sum, { count }) => sum + count, 0)
  const refused = countOf('401')
  const busy = countOf('503')
  const result: FloodResult = { refused, busy, other: all - refused - busy, seconds }
  process.send!(result, () => process.disconnect())
})
