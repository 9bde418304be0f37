import { strictEqual as equal, ok, deepStrictEqual as same } from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { WebSocket } from 'ws'
import { PASSWORD } from '../support/app.ts'
import { quietFor } from '../support/waiting.ts'
import { echo, handshake } from '../support/web-sockets.ts'
import { type Answer, ask, handshakeOptions, originOf, overHttp2, type Question } from './client.ts'
import { connectOverHttp2 } from './http2-web-socket.ts'
import { until } from './programs.ts'
import type { Way } from './proxies.ts'

/** What a cell is about: one way, the daemon behind it, and client addresses of its own. */
export interface Case {
  way: Way
  ca: string
  token: string
  /** The daemon's authentication log. */
  log: string
  row: number
}

export const BANNED = '127.0.0.6'
/** Longer than Nginx's and HAProxy's own patience, which is 60 s. */
const IDLE_MS = 70_000

const asOwner = ({ token }: Case) => ({ authorization: `Bearer ${token}` })
const get = ({ way, ca }: Case, path: string, question: Question = {}) => ask(way, ca, path, question)
const told = (answer: Answer) => [answer.status, answer.json.code]

async function api(at: Case) {
  const me = await get(at, '/api/auth/me', { headers: asOwner(at) })
  equal(me.status, 200, me.text)
  equal((me.json.user as { username: string }).username, 'admin')
  same(told(await get(at, '/api/auth/me')), [401, 'TOKEN_MISSING'])
  same(told(await get(at, '/api/no/such?path=%2f..%2f', { headers: asOwner(at) })), [404, 'NOT_FOUND'])
  for (const [path, type] of [
    ['/', 'text/html'],
    ['/assets/icon.svg', 'image/svg+xml']
  ] as const) {
    const page = await get(at, path)
    equal(page.status, 200)
    ok(page.headers['content-type']?.startsWith(type), `${path} is ${page.headers['content-type']}`)
  }
  const { way, ca } = at
  if (way.http2) equal(await overHttp2(way, ca, (session) => statusOf(session, way, at.token)), 200)
}

function statusOf(session: import('node:http2').ClientHttp2Session, { host, port, prefix }: Way, token: string) {
  const asked = { ':path': `${prefix}/api/auth/me`, ':authority': `${host}:${port}`, authorization: `Bearer ${token}` }
  return new Promise<unknown>((resolve) => {
    session.request(asked).on('response', (headers) => resolve(headers[':status']))
  })
}

/** Set-Cookie lines as name and attributes. */
const cookiesOf = (answer: Answer) =>
  new Map(
    (answer.headers['set-cookie'] ?? []).map((line) => {
      const [pair, ...attributes] = line.split('; ') as [string, ...string[]]
      const [name, value] = pair.split('=') as [string, string]
      return [name, { value, attributes: attributes.filter((each) => !/^(Max-Age|Expires)=/.test(each)).toSorted() }]
    })
  )

async function cookie(at: Case) {
  const { way, row } = at
  const from = `127.0.2.${row + 1}`
  const login = await get(at, '/api/auth/login', { from, body: { username: 'admin', password: PASSWORD } })
  equal(login.status, 200, login.text)
  const secure = way.scheme === 'https' ? ['Secure'] : []
  const attributes = ['HttpOnly', `Path=${way.prefix}/api/auth`, 'SameSite=Lax', ...secure].toSorted()
  const cookies = cookiesOf(login)
  const names = way.scheme === 'https' ? ['refresh_token'] : ['refresh_token', 'refresh_token_http']
  same([...cookies.keys()], [...names, `${names.at(-1)}_${way.port}`])
  for (const each of cookies.values()) same(each.attributes, attributes)

  const sent = { cookie: `refresh_token=${cookies.get('refresh_token')!.value}` }
  const refresh = (origin: string) =>
    get(at, '/api/auth/refresh', { from, method: 'POST', headers: { ...sent, origin } })
  same(told(await refresh('https://evil.example')), [403, 'ORIGIN'])
  const renewed = await refresh(originOf(way))
  equal(renewed.status, 200, renewed.text)
  same(cookiesOf(renewed).get('refresh_token')?.attributes, attributes)
}

async function redirect(at: Case) {
  const { way, ca } = at
  const page = await get(at, '/')
  equal(page.status, 200, 'the page itself leads nowhere')
  if (way.prefix !== '') {
    const bare = await ask({ ...way, prefix: '' }, ca, way.prefix)
    equal(bare.status, 308)
    equal(new URL(bare.headers.location!, originOf(way)).href, `${originOf(way)}${way.prefix}/`)
  }
  if (way.plainPort === undefined) return
  const plain = { ...way, scheme: 'http', port: way.plainPort } as const
  // The daemon keeps the port, which is its own; a proxy leads to 443.
  const host = way.plainPort === way.port ? `${way.host}:${way.port}` : way.host
  for (const path of ['/?x=1', '/api/docs']) {
    const led = await ask(plain, ca, path, { headers: { host } })
    same([led.status, led.headers.location], [308, `https://${host}${path}`])
  }
  for (const path of ['/api/auth/me', '/api/auth/login']) {
    const refused = await ask(plain, ca, path, { method: 'POST', headers: { host } })
    equal(refused.status, 426)
    ok(refused.headers.upgrade?.includes('TLS/'), 'it says with what to come again')
  }
  const socket = await handshake(`ws://127.0.0.1:${plain.port}/ws/connection`, [], handshakeOptions(plain, ca))
  equal(socket.status, 426)
}

async function ticketOf(at: Case): Promise<string> {
  const answer = await get(at, '/api/security/connection/ticket', { method: 'POST', headers: asOwner(at) })
  equal(answer.status, 200, answer.text)
  return answer.json.ticket as string
}

const socketUrl = ({ scheme, port, prefix }: Way, query = '') =>
  `${scheme === 'https' ? 'wss' : 'ws'}://127.0.0.1:${port}${prefix}/ws/connection${query}`

async function open(at: Case, query: string, protocols: string[] = []): Promise<WebSocket> {
  const shaken = await handshake(socketUrl(at.way, query), protocols, handshakeOptions(at.way, at.ca))
  if ('socket' in shaken) return shaken.socket
  throw new Error(`the handshake was answered ${shaken.status} ${shaken.body}`)
}

async function webSocket(at: Case) {
  const idle = await open(at, '', [`ticket.${await ticketOf(at)}`, 'probe'])
  equal(await echo(idle, 'before'), 'before')
  const since = performance.now()
  let end = ''
  idle.once('close', (code) => {
    end = `closed with ${code} after ${Math.round((performance.now() - since) / 1000)} s`
  })
  const byQuery = await open(at, `?ticket=${await ticketOf(at)}`)
  equal(await echo(byQuery, 'ü'.repeat(500)), 'ü'.repeat(500))
  byQuery.terminate()
  if (at.way.name === 'HAProxy' && at.way.http2) {
    const path = `${at.way.prefix}/ws/connection?ticket=${await ticketOf(at)}`
    equal(
      await overHttp2(at.way, at.ca, (session) => connectOverHttp2(session, at.way, path, 'by RFC 8441')),
      'by RFC 8441'
    )
  }
  await quietFor(IDLE_MS - (performance.now() - since))
  equal(end, '')
  equal(await echo(idle, 'after'), 'after')
  idle.terminate()
}

/** What a client may claim of itself. */
const CLAIMS: Record<string, string | string[]>[] = [
  {},
  { 'x-forwarded-for': '198.51.100.7' },
  { 'x-real-ip': '198.51.100.7', forwarded: 'for=198.51.100.7' },
  // Duplicates, and a wish that the proxy drop its own as if they were the connection's (RFC 9110, 7.6.1).
  {
    'x-forwarded-for': ['198.51.100.7', '127.0.0.1'],
    'x-forwarded-prefix': '/elsewhere',
    connection: 'close, X-Forwarded-For, X-Real-IP, X-Forwarded-Proto'
  }
]

async function address(at: Case) {
  const from = `127.0.1.${at.row + 1}`
  for (const [i, headers] of CLAIMS.entries()) {
    const username = `visitor-${at.row}-${i}`
    const refused = await get(at, '/api/auth/login', { from, headers, body: { username, password: 'wrong' } })
    same(told(refused), [401, 'CREDENTIALS'])
    const line = () => readFileSync(at.log, 'utf8').match(new RegExp(`failure; rhost=(\\S+) user=${username}$`, 'm'))
    await until(`a line about ${username} in the log`, () => line() !== null)
    equal(line()![1], from, JSON.stringify(headers))
  }
}

async function gate(at: Case) {
  for (const headers of CLAIMS) {
    for (const path of ['/', '/api/auth/status', '/assets/icon.svg', '/nothing'])
      same(told(await get(at, path, { from: BANNED, headers })), [403, 'IP_BANNED'], path)
  }
  const query = `?ticket=${await ticketOf(at)}`
  const shaken = await handshake(socketUrl(at.way, query), [], handshakeOptions(at.way, at.ca, BANNED))
  equal(shaken.status, 403)
  equal((await get(at, '/api/auth/status')).status, 200)
  // Nobody has used the ticket up.
  ;(await open(at, query)).terminate()
}

export const cells = { API: api, cookie, redirect, WebSocket: webSocket, address, gate } as const
export type Column = keyof typeof cells
