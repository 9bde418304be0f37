import { Agent, get } from 'node:http'
import { setPriority } from 'node:os'
import { quantile } from './report.ts'

/** Sent to this process over its IPC channel. */
export interface ProbeOrder {
  url: string
  headers: Record<string, string>
  perSecond: number
  /** Milliseconds. */
  duration: number
}

export interface ProbeResult {
  /** Milliseconds from the request to the end of its answer. */
  latencies: number[]
  /** Delay of the probe's own timer, 99th percentile in milliseconds. */
  lateness: number
  failures: number
}

// A steady caller in a process of its own. It sends at fixed times without waiting for answers, so every request of a
// stall is measured. It simulates another machine, so it gets a high priority, which only root can set.
try {
  setPriority(-10)
} catch {}
process.once('message', async ({ url, headers, perSecond, duration }: ProbeOrder) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 })
  const latencies: number[] = []
  const lateness: number[] = []
  let failures = 0

  const ask = () =>
    new Promise<void>((done) => {
      const sent = performance.now()
      const fail = () => {
        failures++
        done()
      }
      get(url, { agent, headers, timeout: 5000 }, (reply) => {
        reply.resume()
        reply.once('end', () => {
          if (reply.statusCode !== 200) return fail()
          latencies.push(performance.now() - sent)
          done()
        })
      }).once('error', fail)
    })

  const count = Math.round((duration / 1000) * perSecond)
  const begin = performance.now()
  const asked: Promise<void>[] = []
  await new Promise<void>((done) => {
    const tick = () => {
      const due = begin + (asked.length * 1000) / perSecond
      const late = performance.now() - due
      if (late >= 0) {
        lateness.push(late)
        asked.push(ask())
      }
      if (asked.length >= count) return done()
      setTimeout(tick, Math.max(0, begin + (asked.length * 1000) / perSecond - performance.now()))
    }
    tick()
  })
  await Promise.all(asked)
  agent.destroy()
  const result: ProbeResult = { latencies, lateness: quantile(lateness, 0.99), failures }
  process.send!(result, () => process.disconnect())
})
