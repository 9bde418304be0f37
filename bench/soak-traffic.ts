import { setTimeout as wait } from 'node:timers/promises'
import { doorOf, endTerminal, openTerminal } from '../test/support/terminal-client.ts'
import { handshake } from '../test/support/web-sockets.ts'
import { bearer, PASSWORD, USERNAME } from './daemon.ts'
import type { Server } from './process.ts'

/** Requests by kind and outcome. */
export type Counts = Map<string, number>

const ADDRESSES = 200
let turn = 0
/** The headers of one of 200 clients behind a proxy on loopback, in rotation: each stays below its limits. */
const nextAddress = () => ({ 'x-forwarded-for': `10.1.${turn % 8}.${1 + (turn++ % ADDRESSES)}` })

const FORGED = [
  'not an address',
  '127.0.0.1, 127.0.0.1',
  '203.0.113.7, 198.51.100.9, 127.0.0.1',
  '[2001:db8::1]:443, "unknown", _hidden',
  '::ffff:127.0.0.1',
  Array.from({ length: 100 }, (_, i) => `198.51.100.${i}`).join(', ')
]

/** Sends mixed traffic at a bounded rate until `signal` is aborted. Resolves when all requests have ended. */
export async function runTraffic(server: Server, token: string, signal: AbortSignal): Promise<Counts> {
  const counts: Counts = new Map()
  const count = (what: string) => void counts.set(what, (counts.get(what) ?? 0) + 1)
  const send = async (
    what: string,
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: object
  ) => {
    const type = body === undefined ? {} : { 'content-type': 'application/json' }
    const options = { method, headers: { ...nextAddress(), ...type, ...headers }, body: JSON.stringify(body) ?? null }
    const reply = await fetch(server.url + path, options)
    const text = await reply.text()
    count(`${what} ${reply.status}`)
    return { status: reply.status, text, cookies: reply.headers.getSetCookie().map((each) => each.split(';', 1)[0]!) }
  }

  const comeAndGo = async () => {
    const login = await send('login', 'POST', '/api/auth/login', {}, { username: USERNAME, password: PASSWORD })
    const cookie = login.cookies.join('; ')
    const refreshed = await send('refresh', 'POST', '/api/auth/refresh', { cookie })
    const { token } = JSON.parse(refreshed.text) as { token: string }
    await send('logout', 'POST', '/api/auth/logout', bearer(token))
  }
  const guess = () =>
    send('guess', 'POST', '/api/auth/login', {}, { username: `nobody${turn % 50}`, password: 'Wrong-Horse-7' })
  const forge = () =>
    send('forged', 'GET', '/api/system', {
      ...bearer(token),
      'x-forwarded-for': FORGED[turn++ % FORGED.length]!,
      'x-forwarded-host': 'evil.example.com, a b',
      'x-forwarded-proto': 'gopher',
      'x-real-ip': '127.0.0.1'
    })
  const liveClient = async (ms: number) => {
    const { text } = await send('ticket', 'POST', '/api/live/ticket', bearer(token))
    const { ticket } = JSON.parse(text) as { ticket: string }
    const opened = await handshake(`${server.url.replace('http', 'ws')}/ws/live`, ['live.v1', `ticket.${ticket}`])
    if (!('socket' in opened)) return count(`live ${opened.status}`)
    opened.socket.send(JSON.stringify({ type: 'subscribe', topics: ['system', 'system-info'] }))
    await wait(ms, undefined, { signal }).catch(() => {})
    opened.socket.close()
    count('live client')
  }
  const terminal = async () => {
    const client = await openTerminal(doorOf(server.url, token))
    client.type('seq 1000\r')
    await client.waitFor('1000')
    await endTerminal(client)
    count('terminal')
  }

  /** Milliseconds from one start to the next; a longer run delays the next one. */
  const repeat = async (everyMs: number, what: string, step: () => Promise<unknown>) => {
    while (!signal.aborted) {
      const begin = performance.now()
      await step().catch((error: Error) => count(`${what} failed: ${error.message}`))
      await wait(Math.max(0, everyMs - (performance.now() - begin)), undefined, { signal }).catch(() => {})
    }
  }
  await Promise.all([
    repeat(3000, 'login', comeAndGo),
    repeat(5000, 'guess', guess),
    repeat(5000, 'scrape', () => send('scrape', 'GET', '/api/prometheus', bearer(token))),
    repeat(500, 'system', () => send('system', 'GET', '/api/system', bearer(token))),
    repeat(500, 'forged', forge),
    repeat(500, 'not found', () => send('not found', 'GET', `/api/nothing/${turn}`, bearer(token))),
    repeat(1000, 'page', () => send('page', 'GET', `/no-page-${turn}`)),
    repeat(15_000, 'terminal', terminal),
    repeat(10_000, 'live', () => liveClient(5000)),
    ...Array.from({ length: 5 }, () => repeat(1000, 'live', () => liveClient(600_000)))
  ])
  return counts
}
