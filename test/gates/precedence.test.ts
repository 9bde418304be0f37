import Fastify from 'fastify'
import fp from 'fastify-plugin'
import t from 'tap'
import tenant from '../../plugins/foundation/tenant.ts'
import authGuard from '../../plugins/gates/auth-guard.ts'
import { type App, bearer, build, configIn, setUp } from '../support/app.ts'

// One request, several reasons to refuse it: the earliest gate must answer. The list is the contract's order.
const upgrade = {
  connection: 'upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ=='
}
const targets = [
  { name: 'a known path', method: 'PUT', url: '/api/auth/profile', headers: {} },
  { name: 'an unknown path', method: 'PUT', url: '/api/no-such-thing', headers: {} },
  { name: 'a WebSocket upgrade', method: 'GET', url: '/api/ws-probe', headers: upgrade }
] as const

const send = (app: App, target: (typeof targets)[number], headers: Record<string, string> = {}) =>
  app.inject({
    method: target.method,
    url: target.url,
    headers: { ...target.headers, ...headers },
    ...(target.method === 'PUT' && { payload: { display_name: 7 } })
  })

const forward = { 'x-forwarded-for': '198.51.100.7' }
const alien = { host: 'evil.example', origin: 'http://evil.example', 'sec-fetch-site': 'cross-site' }

for (const target of targets) {
  t.test(`${target.name}: a banned address is refused before it is counted`, async (t) => {
    const app = await build(t, { rateLimit: 1 })
    app.banGate.replace(['198.51.100.7'])
    for (let i = 0; i < 3; i++) t.equal((await send(app, target, { ...forward, ...alien })).json().code, 'IP_BANNED')
  })

  t.test(`${target.name}: a flood is limited before host and origin are looked at`, async (t) => {
    const app = await build(t, { rateLimit: 2, trustedProxies: [] })
    const codes: string[] = []
    for (let i = 0; i < 4; i++) codes.push((await send(app, target, alien)).json().code)
    t.same(codes, ['HOST', 'HOST', 'RATE_LIMITED', 'RATE_LIMITED'])
  })

  t.test(`${target.name}: a flood without a token gets the rate limit, not a 401`, async (t) => {
    const app = await build(t, { rateLimit: 3 })
    await setUp(app)
    const codes: number[] = []
    for (let i = 0; i < 4; i++) codes.push((await send(app, target)).statusCode)
    t.same(codes, [401, 401, 429, 429])
  })

  t.test(`${target.name}: host and origin are checked before the token`, async (t) => {
    const app = await build(t, { trustedProxies: [] })
    const token = { authorization: 'Bearer nonsense' }
    t.equal((await send(app, target, { ...token, ...alien })).json().code, 'HOST')
    if (target.method === 'PUT') {
      t.equal((await send(app, target, { ...token, ...alien, host: 'localhost:8008' })).json().code, 'ORIGIN')
    }
    t.equal((await send(app, target, token)).json().code, 'SETUP_REQUIRED')
  })

  t.test(`${target.name}: a missing token is refused before the body is validated`, async (t) => {
    const app = await build(t)
    await setUp(app)
    const reply = await send(app, target)
    t.equal(reply.json().code, 'TOKEN_MISSING')
    t.equal(reply.headers['www-authenticate'], 'Bearer')
  })
}

t.test('scope and permission are checked before the body', async (t) => {
  const app = await build(t)
  const session = await setUp(app)
  const { mintApiToken } = await import('../support/tokens.ts')
  const readOnly = mintApiToken(app, { scope: 'read_only' })
  t.equal((await send(app, targets[0], bearer(readOnly))).json().code, 'SCOPE')
  t.equal((await send(app, targets[0], bearer(session))).json().code, 'VALIDATION')
})

t.test('with a good token an unknown path is 404', async (t) => {
  const app = await build(t)
  const session = await setUp(app)
  t.equal((await app.inject({ url: '/api/no-such-thing', headers: bearer(session) })).json().code, 'NOT_FOUND')
  t.equal((await app.inject('/no-such-page')).json().code, 'NOT_FOUND')
})

t.test('a route without a declared access stops the boot', async (t) => {
  const app = Fastify()
  const sources = ['access', 'client-ip', 'clock']
  for (const name of [...sources, 'request-limit', 'sessions', 'token-uses', 'tokens'])
    await app.register(fp(async () => {}, { name }))
  await app.register(fp(async (host) => void host.decorate('config', configIn('')), { name: 'config' }))
  await app.register(tenant)
  await app.register(authGuard)
  app.register(async (scope) => {
    scope.get('/forgotten', async () => 'open')
  })
  await t.rejects(async () => app.ready(), /GET \/forgotten must declare config.access/)
})
