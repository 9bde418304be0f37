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

// Many clients that log in and never wait: each sends its next attempt when the one before is answered. They stand for
// other machines, so here they give way to the daemon.
process.once('message', async ({ url, body, connections, duration }: FloodOrder) => {
  setPriority(19)
  const { statusCodeStats, duration: seconds } = await autocannon({
    url,
    connections,
    duration,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    // Missing in its types.
    ...({ idReplacement: true } as object)
  })
  const countOf = (status: string) => statusCodeStats[status]?.count ?? 0
  const all = Object.values(statusCodeStats).reduce((sum, { count }) => sum + count, 0)
  const refused = countOf('401')
  const busy = countOf('503')
  const result: FloodResult = { refused, busy, other: all - refused - busy, seconds }
  process.send!(result, () => process.disconnect())
})
