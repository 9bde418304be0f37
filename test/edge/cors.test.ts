import t from 'tap'
import { bearer, build, setUp } from '../support/app.ts'
import { makeFlatImage } from '../support/images.ts'

const listed = 'https://home.example.com'
const config = { corsOrigins: [listed] }
const preflight = (origin: string, method = 'GET') => ({
  method: 'OPTIONS' as const,
  headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': 'authorization' }
})
const corsOf = (headers: object) => Object.keys(headers).filter((name) => name.startsWith('access-control-'))

t.test('a listed origin can send a token, and read the answer and its rate limit', async (t) => {
  const app = await build(t, config)
  const token = await setUp(app)
  const asked = await app.inject({ url: '/api/system', ...preflight(listed) })
  t.equal(asked.statusCode, 204)
  t.equal(asked.body, '')
  t.match(asked.headers, {
    'access-control-allow-origin': listed,
    'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
    'access-control-allow-headers': 'authorization, content-type',
    'access-control-max-age': '7200',
    vary: 'Origin'
  })
  const reply = await app.inject({ url: '/api/system', headers: { ...bearer(token), origin: listed } })
  t.equal(reply.statusCode, 200)
  t.match(reply.headers, { 'access-control-allow-origin': listed, vary: 'Origin' })
  t.equal(reply.headers['access-control-expose-headers'], 'ratelimit, ratelimit-policy, retry-after, x-request-id')
  t.notOk('access-control-allow-credentials' in reply.headers, 'never with our cookie')
})

t.test('a listed origin can read refusals', async (t) => {
  const app = await build(t, { ...config, rateLimit: 3 })
  await setUp(app)
  const headers = { origin: listed }
  const codes: string[] = []
  for (const url of ['/api/system', '/api/no-such-thing', '/api/system']) {
    const reply = await app.inject({ url, headers })
    t.equal(reply.headers['access-control-allow-origin'], listed)
    codes.push(reply.json().code)
  }
  app.banGate.replace(['127.0.0.1'])
  const banned = await app.inject({ url: '/api/system', headers })
  t.equal(banned.headers['access-control-allow-origin'], listed)
  t.same([...codes, banned.json().code], ['TOKEN_MISSING', 'TOKEN_MISSING', 'RATE_LIMITED', 'IP_BANNED'])
})

t.test('other origins get no CORS header, and their preflights are ordinary requests', async (t) => {
  const app = await build(t, config)
  await setUp(app)
  const others = [
    'https://evil.example',
    `${listed}.evil.example`,
    `${listed}:8443`,
    'http://home.example.com',
    'null',
    ''
  ]
  for (const origin of [...others, listed.toUpperCase()]) {
    const asked = await app.inject({ url: '/api/system', ...preflight(origin) })
    t.equal(asked.statusCode, 401, origin)
    t.same(corsOf(asked.headers), [], origin)
    const reply = await app.inject({ url: '/api/system-info', headers: { origin } })
    t.same([reply.statusCode, corsOf(reply.headers), reply.headers.vary], [200, [], 'Origin'], origin)
  }
})

t.test('a preflight is answered after bans, limits and host check, and before the token check', async (t) => {
  const app = await build(t, { ...config, rateLimit: 2, trustedProxies: [] })
  const ask = async (host = 'localhost') => {
    const wish = preflight(listed)
    return (await app.inject({ url: '/api/system', ...wish, headers: { ...wish.headers, host } })).statusCode
  }
  t.same([await ask('evil.example'), await ask(), await ask()], [403, 204, 429])
  app.banGate.replace(['127.0.0.1'])
  t.equal(await ask(), 403)
})

t.test('plain OPTIONS requests and static files are unchanged', async (t) => {
  const app = await build(t, config)
  await setUp(app)
  t.equal((await app.inject({ method: 'OPTIONS', url: '/api/system', headers: { origin: listed } })).statusCode, 401)
  t.same(corsOf((await app.inject({ url: '/', headers: { origin: listed } })).headers), [])
})

t.test(
  'without protection a listed origin reads and changes nothing; the cookie is only for our own pages',
  async (t) => {
    const app = await build(t, config)
    await app.inject({ method: 'POST', url: '/api/auth/skip' })
    const headers = { origin: listed, 'sec-fetch-site': 'cross-site', host: 'localhost' }
    t.equal((await app.inject({ url: '/api/system', headers })).statusCode, 200)
    const change = await app.inject({ method: 'POST', url: '/api/auth/setup', headers, payload: {} })
    t.equal(change.json().code, 'ORIGIN')
    t.equal(change.headers['access-control-allow-origin'], listed)
    await setUp(app)
    t.equal((await app.inject({ method: 'POST', url: '/api/auth/refresh', headers })).json().code, 'ORIGIN')
  }
)

t.test('without a listed origin no CORS header is sent', async (t) => {
  const app = await build(t)
  await setUp(app)
  const reply = await app.inject({ url: '/api/system', ...preflight(listed) })
  t.same([reply.statusCode, corsOf(reply.headers), reply.headers.vary], [401, [], undefined])
})

t.test('an existing Vary header is extended, not replaced', async (t) => {
  const app = await build(t, config)
  const headers = { ...bearer(await setUp(app)), 'content-type': 'image/png' }
  const url = '/api/auth/profile/avatar'
  const payload = await makeFlatImage('image/png', 8, 8)
  t.equal((await app.inject({ method: 'POST', url, headers, payload })).statusCode, 200)
  t.equal((await app.inject({ url, headers })).headers.vary, 'authorization, Origin')
})
