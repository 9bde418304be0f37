import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { bearer, build, PASSWORD, setUp, TRUE_HASHES, temporaryFolder } from '../support/app.ts'
import { mintApiToken } from '../support/tokens.ts'

const post = (url: string, payload: object = {}, headers: Record<string, string> = {}) => ({
  method: 'POST' as const,
  url,
  payload,
  headers
})
const credentials = { username: 'admin', password: PASSWORD }

t.test('before a decision only the first launch is open, and valid API tokens work', async (t) => {
  const app = await build(t)
  t.match((await app.inject('/api/auth/status')).json(), {
    auth_enabled: false,
    configured: false,
    auth_configured: false,
    declined: false
  })
  t.match((await app.inject('/api/system')).json(), {
    code: 'SETUP_REQUIRED',
    error: 'Finish the first-launch setup first'
  })
  t.equal((await app.inject({ url: '/api/system', headers: bearer('x.y.z') })).json().code, 'SETUP_REQUIRED')
  t.equal((await app.inject({ url: '/api/system', headers: bearer(mintApiToken(app)) })).statusCode, 200)
  t.equal((await app.inject('/api/system-info')).statusCode, 200)
})

t.test('setup creates the owner, logs them in and refuses a second setup', async (t) => {
  const folder = await temporaryFolder(t)
  const app = await build(t, {}, { folder, hasher: TRUE_HASHES })
  const reply = await app.inject(post('/api/auth/setup', credentials))
  t.match(reply.json(), {
    success: true,
    token: String,
    user: { id: 1, username: 'admin', user_type: 'admin', permissions: ['*'] }
  })
  t.equal((await app.inject({ url: '/api/system', headers: bearer(reply.json().token) })).statusCode, 200)
  t.equal((await app.inject('/api/system')).json().code, 'TOKEN_MISSING')
  for (const url of ['/api/auth/setup', '/api/auth/skip', '/api/auth/decline']) {
    const again = await app.inject(post(url, credentials))
    t.equal(again.statusCode, 403, url)
    t.equal(again.json().code, 'ALREADY_CONFIGURED', url)
    t.equal(again.json().message, 'Authentication is already configured', url)
  }
  const file = JSON.parse(await readFile(join(folder, 'auth.json'), 'utf8'))
  t.match(file, {
    enabled: true,
    configured: true,
    declined: false,
    username: 'admin',
    password_hash: /^pbkdf2_sha256\$600000\$.{24}\$.{44}$/
  })
  t.notMatch(JSON.stringify(file), PASSWORD)
})

t.test('of ten concurrent setups one succeeds', async (t) => {
  const app = await build(t, {}, { hasher: TRUE_HASHES })
  const replies = await Promise.all(
    Array.from({ length: 10 }, (_, i) => app.inject(post('/api/auth/setup', { ...credentials, username: `user${i}` })))
  )
  const winners = replies.filter((reply) => reply.statusCode === 200)
  t.equal(winners.length, 1)
  t.ok(replies.every((reply) => reply.statusCode === 200 || reply.json().code === 'ALREADY_CONFIGURED'))
  t.equal(winners[0]!.json().user.username, app.authStore.snapshot().owner?.username)
})

t.test('the password policy holds at setup', async (t) => {
  const app = await build(t)
  for (const password of [
    'Short-1',
    'alllowercase1',
    'Password123',
    'Proxmenux2026!',
    'Qwerty12345',
    '1q2w3E4R5t',
    'x'.repeat(300)
  ]) {
    const reply = await app.inject(post('/api/auth/setup', { username: 'admin', password }))
    t.equal(reply.json().code, 'PASSWORD_POLICY', password)
  }
  t.equal(
    (await app.inject(post('/api/auth/setup', { username: 'Somebody-Else7', password: 'somebody-elsE7' }))).json().code,
    'PASSWORD_POLICY'
  )
  t.equal((await app.inject('/api/auth/status')).json().configured, false)
})

t.test('setup refuses an invalid username', async (t) => {
  const app = await build(t)
  for (const username of [' admin', 'admin ', '', 'a\nb', 'a\u0000', 'x'.repeat(65)]) {
    t.equal(
      (await app.inject(post('/api/auth/setup', { username, password: PASSWORD }))).json().code,
      'VALIDATION',
      JSON.stringify(username)
    )
  }
  t.equal((await app.inject(post('/api/auth/setup', { username: 'José María', password: PASSWORD }))).statusCode, 200)
})

t.test('a missing field is reported in the panel’s words', async (t) => {
  const app = await build(t)
  for (const url of ['/api/auth/setup', '/api/auth/login']) {
    const reply = await app.inject(post(url, { username: 'admin' }))
    t.match(reply.json(), {
      success: false,
      error: 'username and password are required',
      message: 'username and password are required',
      code: 'VALIDATION'
    })
    t.match(reply.json().details, [{ path: String, message: String }])
  }
})

t.test('a configured setup code is required, and a wrong one is refused', async (t) => {
  const app = await build(t, { setupCode: 'open-sesame' })
  t.equal((await app.inject('/api/auth/status')).json().setup_code_required, true)
  t.equal((await app.inject(post('/api/auth/setup', credentials))).json().code, 'CREDENTIALS')
  t.equal((await app.inject(post('/api/auth/setup', { ...credentials, setup_code: 'x' }))).statusCode, 401)
  t.equal((await app.inject(post('/api/auth/setup', { ...credentials, setup_code: 'open-sesame' }))).statusCode, 200)
})

t.test('skip and its alias open everything except routes that need an account', async (t) => {
  for (const url of ['/api/auth/skip', '/api/auth/decline']) {
    const app = await build(t)
    t.same((await app.inject(post(url))).json(), {
      success: true,
      message: 'Authentication declined',
      auth_declined: true
    })
    t.match((await app.inject('/api/auth/status')).json(), {
      auth_enabled: false,
      configured: true,
      declined: true,
      authenticated: false
    })
    t.equal((await app.inject('/api/system')).statusCode, 200)
    t.equal((await app.inject({ url: '/api/system', headers: bearer('stale') })).statusCode, 200)
    t.match((await app.inject({ method: 'PUT', url: '/api/auth/profile', payload: { display_name: 'x' } })).json(), {
      code: 'NO_ACCOUNT'
    })
    t.equal((await app.inject(post('/api/auth/disable', { password: 'x' }))).json().code, 'NO_ACCOUNT')
    t.equal((await app.inject(post('/api/auth/enable', { password: 'x' }))).json().code, 'NO_ACCOUNT')
  }
})

t.test('setup after skip enables authentication again', async (t) => {
  const app = await build(t)
  await app.inject(post('/api/auth/skip'))
  await setUp(app)
  t.match((await app.inject('/api/auth/status')).json(), { auth_enabled: true, declined: false })
  t.equal((await app.inject('/api/system')).statusCode, 401)
})

t.test('without protection another origin cannot change anything, and a rebound host name cannot read', async (t) => {
  const app = await build(t, { allowedHosts: ['mon.example.com'], trustedProxies: ['192.0.2.5'] })
  const alien = { host: 'localhost:8008', origin: 'https://evil.example' }
  t.equal((await app.inject(post('/api/auth/skip', {}, alien))).json().code, 'ORIGIN')
  t.equal(
    (await app.inject(post('/api/auth/setup', credentials, { ...alien, 'sec-fetch-site': 'cross-site' }))).json().code,
    'ORIGIN'
  )
  const rebound = await app.inject({ url: '/api/auth/status', headers: { host: 'evil.example' } })
  t.equal(rebound.json().code, 'HOST')
  t.match(rebound.json().message, 'MONITOR_ALLOWED_HOSTS')
  t.equal((await app.inject({ url: '/api/auth/status', headers: { host: 'mon.example.com' } })).statusCode, 200)
  const proxied = { host: 'any.example', 'x-forwarded-for': '198.51.100.1' }
  t.equal((await app.inject({ url: '/api/auth/status', headers: proxied, remoteAddress: '192.0.2.5' })).statusCode, 200)
  t.equal(
    (await app.inject({ url: '/api/auth/status', headers: proxied, remoteAddress: '192.0.2.6' })).json().code,
    'HOST'
  )
  await setUp(app)
  t.equal((await app.inject({ url: '/api/auth/status', headers: { host: 'evil.example' } })).statusCode, 200)
})

t.test('an untrusted proxy is reported before setup, and setup can trust it', async (t) => {
  const app = await build(t)
  const via = { remoteAddress: '192.168.1.5', headers: { host: '192.168.1.9', 'x-forwarded-for': '203.0.113.7' } }
  t.equal((await app.inject({ url: '/api/auth/status', ...via })).json().untrusted_proxy, '192.168.1.5')
  await app.inject({ ...post('/api/auth/setup', { ...credentials, trust_proxy: true }), ...via })
  t.same(app.settings.current().trusted_proxies, ['192.168.1.5'])
  const { events } = await app.auditLog.list({ limit: 10 })
  t.match(
    events.find(({ event }) => event === 'proxy_trusted'),
    { target: '192.168.1.5' }
  )
  t.equal((await app.inject({ url: '/api/auth/status', ...via })).json().untrusted_proxy, null)
  await app.inject({ ...post('/api/auth/login', { username: 'admin', password: 'wrong' }), ...via })
  app.banGate.replace(['203.0.113.7'])
  t.equal((await app.inject({ url: '/api/auth/status', ...via })).json().code, 'IP_BANNED')
})

t.test('disable asks for the password, returns to the first launch and keeps API tokens good', async (t) => {
  const app = await build(t)
  const session = await setUp(app)
  const token = mintApiToken(app)
  t.equal((await app.inject(post('/api/auth/disable', { password: PASSWORD }, bearer(token)))).json().code, 'SCOPE')
  t.match((await app.inject(post('/api/auth/disable', { password: 'wrong' }, bearer(session)))).json(), {
    code: 'PASSWORD_INCORRECT',
    message: 'current password incorrect'
  })
  t.equal((await app.inject(post('/api/auth/disable', { password: PASSWORD }, bearer(session)))).statusCode, 200)
  t.match((await app.inject('/api/auth/status')).json(), { configured: false, declined: false })
  t.equal((await app.inject({ url: '/api/system', headers: bearer(session) })).json().code, 'SETUP_REQUIRED')
  t.equal((await app.inject({ url: '/api/system', headers: bearer(token) })).statusCode, 200)
  await setUp(app, 'another', 'Another-Horse-8')
  t.equal((await app.inject({ url: '/api/system', headers: bearer(token) })).statusCode, 200)
  t.equal((await app.inject({ url: '/api/system', headers: bearer(session) })).statusCode, 401)
})

t.test('enable undoes enabled: false with the owner’s password', async (t) => {
  const app = await build(t)
  const session = await setUp(app)
  t.equal((await app.inject(post('/api/auth/enable', { password: PASSWORD }, bearer(session)))).json().code, 'CONFLICT')
  await app.authStore.update((draft) => Object.assign(draft, { enabled: false }))
  t.equal((await app.inject('/api/system')).statusCode, 200)
  t.equal((await app.inject(post('/api/auth/enable', { password: 'wrong' }))).json().code, 'PASSWORD_INCORRECT')
  t.equal((await app.inject(post('/api/auth/enable', { password: PASSWORD }))).statusCode, 200)
  t.equal((await app.inject('/api/system')).statusCode, 401)
})

t.test('every route that decides a first launch asks for the setup code, under the login limit', async (t) => {
  const urls: string[] = []
  const onRoute = ({ url, config }: { url: string; config?: { access?: unknown } }) => {
    if (config?.access === 'first-launch') urls.push(url)
  }
  await build(t, {}, { onRoute })
  t.same(urls.toSorted(), ['/api/auth/decline', '/api/auth/setup', '/api/auth/skip'])
  for (const url of urls) {
    const folder = await temporaryFolder(t)
    const app = await build(t, { setupCode: 'open-sesame', rateLimitLogin: 5 }, { folder })
    // Setup uses fields that the others ignore.
    const send = (more: object) => app.inject(post(url, { ...credentials, ...more }))
    for (const more of [{}, { setup_code: '' }, { setup_code: 'open' }, { setup_code: 'Open-Sesame' }]) {
      const reply = await send(more)
      t.equal(reply.statusCode, 401, url)
      t.match(reply.json(), { code: 'CREDENTIALS', message: 'the setup code is missing or wrong' }, url)
    }
    t.equal(app.authStore.snapshot().mode, 'unconfigured', url)
    t.equal((await send({ setup_code: ' open-sesame\u200b' })).statusCode, 200, url)
    t.equal((await send({ setup_code: 'open-sesame' })).statusCode, 429, `${url}: the login limit counts`)
    t.match(await readFile(join(folder, 'auth.log'), 'utf8'), /first-launch code wrong; rhost=/, url)
  }
})

t.test('without a setup code skip takes no body, an empty one, and what an older client adds', async (t) => {
  for (const payload of [undefined, {}, { reason: 'lab' }]) {
    const app = await build(t)
    const reply = await app.inject({ method: 'POST', url: '/api/auth/skip', ...(payload && { payload }) })
    t.equal(reply.statusCode, 200, JSON.stringify(payload))
  }
})
