import { execFile, execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { environmentIn } from '../attack/harness.ts'
import { createStandIn } from '../fail2ban/stand-in.ts'
import { type Certificate, HOST, makeCertificate } from './certificate.ts'
import { type Life, start, until } from './programs.ts'
import { writeNginx } from './proxies.ts'
import { nginx } from './shipped.ts'
import type { Exchange } from './visitor.ts'

const root = resolve(import.meta.dirname, '../..')
const prefix = `mon-${process.pid}`
const ip = (...args: string[]) => execFileSync('ip', args, { stdio: 'pipe' })
const inside = (place: string) => [`--net=/run/netns/${prefix}-${place}`, '--']

/** Documentation's own networks (RFC 5737, RFC 3849). Each host's IPv6 address is of a /64 of its own. */
export const addresses = {
  owner: { v4: '192.0.2.10', v6: '2001:db8:b::10' },
  proxy: { v4: '192.0.2.20', v6: '2001:db8:c::20' },
  daemon: { v4: '192.0.2.30', v6: '2001:db8:d::30' },
  /** It takes any of these, one after the other; each of `v6` is of a /64 of its own, each crowd is of one. */
  attacker: {
    v4: Array.from({ length: 40 }, (_, i) => `192.0.2.${100 + i}`),
    v6: Array.from({ length: 40 }, (_, i) => `2001:db8:a:${i + 1}::66`),
    crowds: ['aa', 'bb', 'cc'].map((net) => Array.from({ length: 11 }, (_, i) => `2001:db8:a:${net}::${i + 1}`))
  }
} as const

type Host = keyof typeof addresses
export type Family = 'v4' | 'v6'
export type Route = 'direct' | 'proxy'

/** Four hosts at one switch, which has a namespace too: nothing outside of them is touched. */
export function connectHosts(life: Life): void {
  const made: string[] = []
  life.teardown(() => {
    for (const name of made) ip('netns', 'del', name)
  })
  const add = (place: string) => {
    ip('netns', 'add', `${prefix}-${place}`)
    made.push(`${prefix}-${place}`)
    ip('-n', `${prefix}-${place}`, 'link', 'set', 'lo', 'up')
  }
  add('switch')
  const switchIp = (...args: string[]) => ip('-n', `${prefix}-switch`, ...args)
  switchIp('link', 'add', 'bridge', 'type', 'bridge')
  switchIp('link', 'set', 'bridge', 'up')
  for (const [host, { v4, v6, ...more }] of Object.entries(addresses)) {
    add(host)
    switchIp('link', 'add', host, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', `${prefix}-${host}`)
    switchIp('link', 'set', host, 'master', 'bridge', 'up')
    const all = [v4, v6, Object.values(more)].flat(3)
    for (const each of all) {
      const options = each.includes(':') ? [`${each}/32`, 'dev', 'eth0', 'nodad'] : [`${each}/24`, 'dev', 'eth0']
      ip('-n', `${prefix}-${host}`, 'address', 'add', ...options)
    }
    ip('-n', `${prefix}-${host}`, 'link', 'set', 'eth0', 'up')
  }
}

export interface Request {
  path?: string
  body?: object
  /** Header lines as they are sent, before the others. */
  lines?: string[]
}

export interface Reply {
  status: number
  code: unknown
  token: unknown
}

const textOf = (host: string, { path = '/api/auth/login', body, lines = [] }: Request) => {
  const content = body === undefined ? '' : JSON.stringify(body)
  const about =
    body === undefined ? [] : ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(content)}`]
  const head = [
    `${body === undefined ? 'GET' : 'POST'} ${path} HTTP/1.1`,
    ...lines,
    `Host: ${host}`,
    'Connection: close'
  ]
  return `${[...head, ...about].join('\r\n')}\r\n\r\n${content}`
}

const replyOf = (text: string): Reply => {
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(text)?.[1])
  const json = /\{.*\}/s.exec(text.slice(text.indexOf('\r\n\r\n')))?.[0] ?? '{}'
  const { code, token } = JSON.parse(json)
  return { status, code, token }
}

/** Sends requests from a host, each over a connection of its own and one after the other. */
async function send(host: Host, certificate: Certificate, route: Route, sent: { from: string; request: Request }[]) {
  const byProxy = route === 'proxy'
  const exchanges = sent.map(({ from, request }): Exchange => {
    const to = addresses[byProxy ? 'proxy' : 'daemon'][from.includes(':') ? 'v6' : 'v4']
    const text = textOf(byProxy ? HOST : `${to.includes(':') ? `[${to}]` : to}:8008`, request)
    return { from, to, port: byProxy ? 443 : 8008, name: byProxy ? HOST : null, text }
  })
  const args = [...inside(host), process.execPath, join(import.meta.dirname, 'visitor.ts'), certificate.cert]
  const run = promisify(execFile)('nsenter', args, { maxBuffer: 1e7 })
  run.child.stdin!.end(JSON.stringify(exchanges))
  return (JSON.parse((await run).stdout) as string[]).map(replyOf)
}

/** The real daemon and the real nginx in their places, with a stand-in for fail2ban-client. */
export async function startHosts(life: Life, folder: string) {
  connectHosts(life)
  const certificate = makeCertificate(folder)
  const standIn = await createStandIn(folder)
  await standIn.answer([])
  const env = environmentIn(folder, {
    MONITOR_HOST: '::',
    MONITOR_PORT: '8008',
    MONITOR_TRUSTED_PROXIES: `${addresses.proxy.v4},${addresses.proxy.v6}`,
    MONITOR_RATE_LIMIT_LOGIN: '10',
    MONITOR_FAIL2BAN_CLIENT: standIn.file
  })
  const daemon = start(life, 'nsenter', [...inside('daemon'), join(root, 'bin/proxmenux-monitor')], env)
  await until('the daemon listens', () => daemon.output().includes('Server listening'), daemon)
  const { v4, v6 } = addresses.daemon
  const parts = [nginx.http(`${v4}:8008`, `[${v6}]:8008`), nginx.hostAsItIs(certificate)]
  const proxy = start(life, 'nsenter', [...inside('proxy'), '/usr/sbin/nginx', ...writeNginx(folder, ...parts)])
  const isUp = async () => {
    const asked = [{ from: addresses.owner.v6, request: { path: '/api/auth/status' } }]
    const replies = await send('owner', certificate, 'proxy', asked).catch(() => [])
    return replies[0]?.status === 200
  }
  await until('nginx answers', isUp, proxy)
  return {
    attack: (route: Route, sent: { from: string; request: Request }[]) => send('attacker', certificate, route, sent),
    asOwner: async (route: Route, family: Family, request: Request) =>
      (await send('owner', certificate, route, [{ from: addresses.owner[family], request }]))[0]!,
    log: () => readFileSync(join(folder, 'auth.log'), 'utf8'),
    ban: standIn.answer,
    output: () => `${daemon.output()}\n${proxy.output()}`
  }
}
export type Hosts = Awaited<ReturnType<typeof startHosts>>
