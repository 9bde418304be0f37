import { setTimeout as wait } from 'node:timers/promises'
import { ITERATIONS } from '../lib/auth/passwords/derive.ts'
import { bearer, hashingThreads, logIn, setUp, startDaemon, USERNAME, withFolder } from './daemon.ts'
import type { DerivationOrder } from './derivation.ts'
import type { FloodOrder, FloodResult } from './flood.ts'
import type { ProbeOrder, ProbeResult } from './probe.ts'
import { memoryOf, order, type Server } from './process.ts'
import { argument, mean, median, note, quantile, ratios, report, row, whole } from './report.ts'

// 1. Logins per second, compared with PBKDF2 alone on as many threads.
// 2. GET /api/system for a steady caller, idle and while CLIENTS log in with a wrong password without a pause.
// They share the processors of this machine, so the clients run at the lowest priority and, as root, the caller at a
// high one.
const ROUNDS = argument(0, 6)
const PHASE_S = argument(1, 10)
const PHASES = 2
const LOGINS = 16 * hashingThreads
const CLIENTS = 50
const PROBES_PER_SECOND = 100

/** Logins per second, with some always waiting. */
async function measureLogins(server: Server): Promise<number> {
  let left = LOGINS
  const client = async () => {
    while (left-- > 0) await logIn(server)
  }
  const begin = performance.now()
  await Promise.all(Array.from({ length: 4 * hashingThreads }, client))
  return (LOGINS / (performance.now() - begin)) * 1000
}

async function measureDerivations(): Promise<number> {
  const each = LOGINS / hashingThreads
  const ms = await order<DerivationOrder, number>('derivation.ts', {
    threads: hashingThreads,
    iterations: ITERATIONS,
    each
  })
  return (LOGINS / ms) * 1000
}

const probe = (server: Server, token: string): Promise<ProbeResult> =>
  order<ProbeOrder, ProbeResult>('probe.ts', {
    url: `${server.url}/api/system`,
    headers: bearer(token),
    perSecond: PROBES_PER_SECOND,
    duration: PHASE_S * 1000
  })

/** Probes the daemon during the flood; also returns its resident memory. */
async function probeInFlood(server: Server, token: string) {
  const flood = order<FloodOrder, FloodResult>('flood.ts', {
    url: `${server.url}/api/auth/login`,
    // A new name each time, to measure the check and not the lockout.
    body: JSON.stringify({ username: `${USERNAME}[<id>]`, password: 'Wrong-Horse-7' }),
    connections: CLIENTS,
    duration: PHASE_S + 2
  })
  await wait(1000)
  const memory: number[] = []
  const timer = setInterval(() => memory.push(memoryOf(server.pid).rss), 250)
  const result = await probe(server, token)
  clearInterval(timer)
  return { result, memory, flood: await flood }
}

await withFolder(async (folder) => {
  const server = await startDaemon(folder)
  const token = await setUp(server)

  const derived: number[] = []
  const loggedIn: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    derived.push(await measureDerivations())
    loggedIn.push(await measureLogins(server))
    note(`round ${round + 1}: PBKDF2 ${derived.at(-1)!.toFixed(1)}/s, logins ${loggedIn.at(-1)!.toFixed(1)}/s`)
  }

  const before = memoryOf(server.pid)
  const idle: number[] = []
  const flooded: number[] = []
  const memory: number[] = []
  const floods: FloodResult[] = []
  const late = { idle: 0, flooded: 0 }
  for (let phase = 0; phase < PHASES; phase++) {
    const quiet = await probe(server, token)
    const loud = await probeInFlood(server, token)
    if (quiet.failures + loud.result.failures > 0) throw new Error('GET /api/system failed')
    idle.push(...quiet.latencies)
    flooded.push(...loud.result.latencies)
    memory.push(...loud.memory)
    floods.push(loud.flood)
    late.idle = Math.max(late.idle, quiet.lateness)
    late.flooded = Math.max(late.flooded, loud.result.lateness)
    await wait(500)
  }
  await server.stop()

  const p99 = { idle: quantile(idle, 0.99), flooded: quantile(flooded, 0.99) }
  const slower = p99.flooded / p99.idle
  const rate = (of: (flood: FloodResult) => number) => whole(mean(floods.map((flood) => of(flood) / flood.seconds)))
  const ms = (values: readonly number[]) =>
    `p50 ${quantile(values, 0.5).toFixed(2)}, p99 ${quantile(values, 0.99).toFixed(2)} ms`
  const half = memory.length >> 1
  const growth = median(memory.slice(-(half >> 1))) - median(memory.slice(half, half + (half >> 1)))
  report([
    row(`PBKDF2 alone, ${hashingThreads} thread(s)`, `${median(derived).toFixed(1)}/s`),
    row('Logins', `${median(loggedIn).toFixed(1)}/s`),
    row('… logins ÷ PBKDF2 alone', median(ratios(loggedIn, derived)).toFixed(2)),
    row('Wrong logins by 50 clients: 401, 503', `${rate((f) => f.refused)}/s, ${rate((f) => f.busy)}/s`),
    row('GET /api/system, idle', ms(idle)),
    row('GET /api/system, during the wrong logins', ms(flooded)),
    row('… p99 during ÷ p99 idle', slower.toFixed(2), '≤ 3', slower <= 3),
    row('… lateness of the caller itself, p99 idle, during', `${late.idle.toFixed(2)}, ${late.flooded.toFixed(2)} ms`),
    row(
      'Resident memory before, at the end of the flood',
      `${before.rss.toFixed(1)}, ${memory.at(-1)!.toFixed(1)} MiB`
    ),
    row('… growth over its second half', `${growth.toFixed(1)} MiB`, '≤ 5 MiB', growth <= 5)
  ])
})
