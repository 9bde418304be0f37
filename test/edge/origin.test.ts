import { hostname } from 'node:os'
import type { FastifyInstance } from 'fastify'
import t, { type Test } from 'tap'
import { type App, build, setUp } from '../support/app.ts'
import { openSession } from '../support/sessions.ts'
import { standIn } from '../support/stand-in.ts'
import { getTicket, handshake, portOf } from '../support/web-sockets.ts'

// Contract 3: where no token is asked for, a page that some user visits must not drive the daemon.
const states = {
  unconfigured: async () => {},
  declined: (app: App) => app.inject({ method: 'POST', url: '/api/auth/skip' }),
  disabled: async (app: App) => {
    await setUp(app)
    await app.authStore.update((draft) => Object.assign(draft, { enabled: false }))
  }
} as const

async function start(t: Test, state: keyof typeof states, config: Parameters<typeof build>[1] = {}) {
  const app = await build(t, config)
  await states[state](app)
  const ask = async (headers: Record<string, string>, more: object = {}) => {
    const url = '/api/auth/status'
    const reply = await app.inject({ url, ...more, headers: { host: 'localhost:8008', ...headers } })
    return reply.statusCode < 400 ? 'in' : reply.json().code
  }
  /** A change: this one does nothing but pass the gates, or not. */
  const change = (headers: Record<string, string>, method = 'POST') =>
    ask(headers, { method, url: '/api/auth/nothing' })
  return { app, ask, change, in: state === 'unconfigured' ? 'SETUP_REQUIRED' : 'NOT_FOUND' }
}

for (const state of Object.keys(states) as (keyof typeof states)[]) {
  t.test(`${state}: a rebound host name is refused on every route and method`, async (t) => {
    const { app, ask, change, in: allowed } = await start(t, state)
    const rebound = { host: 'evil.example:8008', origin: 'http://evil.example:8008', 'sec-fetch-site': 'same-origin' }
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'] as const) {
      for (const url of ['/api/auth/status', '/api/system-info', '/api/system', '/api/nothing', '/ws/connection']) {
        const reply = await app.inject({ method, url, headers: rebound })
        t.equal(reply.statusCode, 403, `${method} ${url}`)
        if (method !== 'HEAD') t.equal(reply.json().code, 'HOST', `${method} ${url}`)
      }
    }
    t.match((await app.inject({ url: '/api/system-info', headers: rebound })).json().message, 'MONITOR_ALLOWED_HOSTS')
    t.equal((await app.inject({ url: '/', headers: rebound })).statusCode, 200, 'static files hold nothing')
    t.equal(await change({ ...rebound, 'x-forwarded-host': 'localhost' }), allowed, 'by a trusted proxy')
    const stranger = { remoteAddress: '192.168.1.66' }
    for (const name of ['x-forwarded-host', 'x-forwarded-for', 'x-real-ip', 'x-forwarded-proto'])
      t.equal(await ask({ ...rebound, [name]: 'localhost' }, stranger), 'HOST', `${name} from anybody`)
  })

  t.test(`${state}: a change from another origin is refused, and one without an origin is accepted`, async (t) => {
    const { ask, change, in: allowed } = await start(t, state)
    t.equal(await change({}), allowed, 'only browsers send an origin')
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      t.equal(await change({ origin: 'https://evil.example' }, method), 'ORIGIN', method)
      t.equal(await change({ origin: 'http://localhost:8008' }, method), allowed, method)
    }
    t.equal(
      await ask({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }),
      'in',
      'the browser keeps the answer from the page'
    )
  })
}

t.test('Sec-Fetch-Site decides if it is present', async (t) => {
  const { change, in: allowed } = await start(t, 'declined')
  const own = 'http://localhost:8008'
  const evil = 'https://evil.example'
  for (const [origin, site, verdict] of [
    [evil, 'same-origin', allowed],
    [own, 'none', allowed],
    [own, 'same-site', 'ORIGIN'],
    [own, 'cross-site', 'ORIGIN'],
    [own, 'Same-Origin', 'ORIGIN'],
    [own, 'same-origin, cross-site', 'ORIGIN'],
    [own, '', 'ORIGIN']
  ] as const)
    t.equal(await change({ origin, 'sec-fetch-site': site }), verdict, `${origin} ${site}`)
})

t.test('hosts are compared by name, and by port if both have one', async (t) => {
  const { change, in: allowed } = await start(t, 'declined', { allowedHosts: ['pve.example.com'] })
  for (const [host, origin] of [
    ['pve.example.com', 'https://pve.example.com'],
    ['PVE.Example.com.', 'https://pve.example.com'],
    ['pve.example.com:8008', 'http://pve.example.com:8008'],
    ['pve.example.com', 'https://pve.example.com:8443'],
    ['pve.example.com:8008', 'http://pve.example.com'],
    ['[2001:db8::1]:8008', 'http://[2001:db8::1]:8008'],
    ['[2001:DB8::1]', 'http://[2001:db8::1]'],
    ['192.168.1.5:8008', 'http://192.168.1.5:8008']
  ] as const)
    t.equal(await change({ host, origin }), allowed, `${origin} to ${host}`)
  for (const [host, origin] of [
    ['pve.example.com:8008', 'https://pve.example.com:8006'],
    ['pve.example.com', 'https://pve.example.com.evil.example'],
    ['pve.example.com', 'https://evil.example/pve.example.com'],
    ['pve.example.com', 'https://pve.example.com@evil.example'],
    ['pve.example.com', 'pve.example.com'],
    ['pve.example.com', 'ftp://pve.example.com'],
    ['pve.example.com', 'null'],
    ['pve.example.com', ''],
    ['[2001:db8::1]', 'http://[2001:db8::2]'],
    ['192.168.1.5', 'http://192.168.1.50']
  ] as const)
    t.equal(await change({ host, origin }), 'ORIGIN', `${origin} to ${host}`)
})

t.test('X-Forwarded-Host is compared with the origin for every sender, and used for nothing else', async (t) => {
  const { change, in: allowed } = await start(t, 'declined')
  const origin = 'https://monitor.example.com'
  const stranger = { host: '192.168.1.5:8008', origin, 'x-forwarded-host': 'monitor.example.com' }
  t.equal(await change(stranger), allowed)
  t.equal(await change({ ...stranger, 'x-forwarded-host': 'monitor.example.com, inner' }), allowed)
  t.equal(await change({ ...stranger, 'x-forwarded-host': 'other.example.com' }), 'ORIGIN')
  t.equal(await change({ ...stranger, 'sec-fetch-site': 'cross-site' }), 'ORIGIN')
})

t.test('the host rule knows addresses, localhost, our own names and the configured ones', async (t) => {
  const { ask } = await start(t, 'declined', { allowedHosts: ['monitor.example.com'] })
  const own = hostname()
  for (const host of ['127.0.0.1', '[::1]:8008', 'LOCALHOST.', own, `${own}:8008`, 'Monitor.Example.com.:443'])
    t.equal(await ask({ host }), 'in', host)
  const others = ['evil.example', 'monitor.example.com.evil.example', 'a.monitor.example.com', '127.0.0.1.nip.io']
  for (const host of [...others, '2130706433', '0x7f.1', 'localhost..', 'user@localhost', 'localhost:8008:8008', '.'])
    t.equal(await ask({ host }), 'HOST', host)
})

t.test('with a password the origin is checked only for the cookie and for WebSockets', async (t) => {
  const app = await build(t)
  await setUp(app)
  const { headers } = await openSession(app)
  const foreign = { host: 'evil.example', origin: 'https://other.example' }
  const ask = async (method: 'GET' | 'POST', url: string, more: object = {}) =>
    (await app.inject({ method, url, headers: { ...foreign, ...more } })).json()
  t.equal((await ask('GET', '/api/auth/me', headers)).success, true, 'a browser adds no token by itself')
  t.equal((await ask('POST', '/api/auth/refresh')).code, 'ORIGIN')
  t.equal((await ask('POST', '/api/auth/refresh', { origin: 'http://evil.example' })).code, 'REFRESH_INVALID')

  await app.listen({ host: '127.0.0.1', port: 0 })
  const url = `ws://127.0.0.1:${portOf(app)}/ws/connection`
  const shake = async (headers: Record<string, string>) => {
    const result = await handshake(url, ['probe', `ticket.${await getTicket(app, (await openSession(app)).headers)}`], {
      headers
    })
    if ('socket' in result) result.socket.terminate()
    return result.status
  }
  t.equal(await shake({ origin: 'https://evil.example' }), 403)
  t.equal(await shake({ origin: `http://127.0.0.1:${portOf(app)}`, 'sec-fetch-site': 'cross-site' }), 403)
  t.equal(await shake({ origin: 'https://m.example', 'x-forwarded-host': 'm.example' }), 101)
})

t.test('a WebSocket route that is not declared as one stops the boot', async (t) => {
  const { default: Fastify } = await import('fastify')
  const { default: fp } = await import('fastify-plugin')
  const { default: originCheck } = await import('../../plugins/gates/origin-check.ts')
  const app = Fastify()
  for (const name of ['config', 'auth-store', 'client-ip']) await app.register(fp(async () => {}, { name }))
  app.decorate('config', standIn<FastifyInstance['config']>({ allowedHosts: [] }))
  await app.register(originCheck)
  app.register(async (scope) => {
    scope.get('/ws/forgotten', async () => '')
  })
  await t.rejects(async () => app.ready(), /\/ws\/forgotten is a WebSocket and must say sameOrigin/)
})
