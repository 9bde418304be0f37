import { Agent, request } from 'node:http'
import { setUp, startDaemon, USERNAME, withFolder } from './daemon.ts'
import type { Server } from './process.ts'
import { argument, mean, median, percent, report, row } from './report.ts'

// Checks whether the time of a rejected login reveals that the user exists.
const TRIES = argument(0, 200)
let tries = 0
const agent = new Agent({ keepAlive: true, maxSockets: 1 })

/** Milliseconds of one rejected login. */
function attempt(server: Server, username: string): Promise<number> {
  const body = JSON.stringify({ username, password: 'Wrong-Horse-7' })
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    // A new address each time, to measure the check and not the lockout.
    'x-forwarded-for': `10.0.${tries >> 8}.${tries++ & 255}`
  }
  return new Promise((done, fail) => {
    const begin = performance.now()
    request(`${server.url}/api/auth/login`, { method: 'POST', agent, headers }, (reply) => {
      reply.resume()
      if (reply.statusCode !== 401) fail(new Error(`the login answered ${reply.statusCode}`))
      reply.once('end', () => done(performance.now() - begin))
    })
      .once('error', fail)
      .end(body)
  })
}

await withFolder(async (folder) => {
  const server = await startDaemon(folder)
  await setUp(server)
  const known: number[] = []
  const unknown: number[] = []
  const pair = async (turn: number) => {
    // As long as the real name; the order of the pair alternates.
    const both = [
      async () => known.push(await attempt(server, USERNAME)),
      async () => unknown.push(await attempt(server, 'nobdy'))
    ]
    if (turn % 2 === 1) both.reverse()
    for (const one of both) await one()
  }
  for (let turn = 0; turn < 5; turn++) await pair(turn)
  known.length = unknown.length = 0
  for (let turn = 0; turn < TRIES; turn++) await pair(turn)
  agent.destroy()
  await server.stop()

  const apart = (of: (values: readonly number[]) => number) => Math.abs(of(unknown) / of(known) - 1)
  const shown = (values: readonly number[]) => `median ${median(values).toFixed(2)}, mean ${mean(values).toFixed(2)} ms`
  report([
    row(`Wrong password, ${TRIES} tries`, shown(known)),
    row(`Unknown user, ${TRIES} tries`, shown(unknown)),
    row('… medians apart', percent(apart(median), 2), '≤ 5 %', apart(median) <= 0.05),
    row('… means apart', percent(apart(mean), 2), '≤ 5 %', apart(mean) <= 0.05)
  ])
})
