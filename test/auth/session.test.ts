import t from 'tap'
import { hashPassword } from '../../lib/auth/passwords/derive.ts'
import { type App, bearer, build, PASSWORD, setUp, temporaryFolder } from '../support/app.ts'
import { mintApiToken } from '../support/tokens.ts'

const NEXT = 'Another-Horse-8'
type Reply = Awaited<ReturnType<App['inject']>>

const login = (app: App, password = PASSWORD, more: object = {}) =>
  app.inject({ method: 'POST', url: '/api/auth/login', payload: { username: 'admin', password }, ...more })
const cookieOf = (reply: Reply) => reply.cookies.find((cookie) => cookie.name === 'refresh_token')!
const refresh = (app: App, token: string, more: object = {}) =>
  app.inject({ method: 'POST', url: '/api/auth/refresh', cookies: { refresh_token: token }, ...more })
const system = async (app: App, token: string) =>
  (await app.inject({ url: '/api/system', headers: bearer(token) })).statusCode

t.test('the cookie is the panel’s, and Secure whenever the request came over HTTPS', async (t) => {
  const app = await build(t)
  await setUp(app)
  const overHttps = await login(app, PASSWORD, {
    headers: { 'x-forwarded-for': '192.0.2.1', 'x-forwarded-proto': 'https' }
  })
  t.match(overHttps.headers['set-cookie'], ['refresh_token='])
  t.match(
    overHttps.headers['set-cookie']![0],
    /^refresh_token=[\w-]{43}; Max-Age=2592000; Path=\/api\/auth; HttpOnly; Secure; SameSite=Lax$/
  )
  const plain = await login(app)
  t.same(
    plain.cookies.map(({ name, secure, path, httpOnly, sameSite }) => ({ name, secure, path, httpOnly, sameSite })),
    [
      { name: 'refresh_token', secure: undefined, path: '/api/auth', httpOnly: true, sameSite: 'Lax' },
      { name: 'refresh_token_http', secure: undefined, path: '/api/auth', httpOnly: true, sameSite: 'Lax' },
      { name: 'refresh_token_http_80', secure: undefined, path: '/api/auth', httpOnly: true, sameSite: 'Lax' }
    ]
  )
})

t.test('under a sub-path the cookie’s path starts with the prefix, whoever tells it', async (t) => {
  const app = await build(t)
  await setUp(app)
  const via = async (headers: Record<string, string>) => cookieOf(await login(app, PASSWORD, { headers })).path
  t.equal(await via({ 'x-forwarded-for': '192.0.2.1', 'x-forwarded-prefix': '/monitor' }), '/monitor/api/auth')
  t.equal(await via({ 'x-base-path': '/monitor/' }), '/monitor/api/auth')
  t.equal(await via({ 'x-base-path': '/x; Domain=evil.example' }), '/api/auth')
})

t.test('a refresh brings a new pair for the same session, by either cookie', async (t) => {
  const app = await build(t)
  await setUp(app)
  const first = await login(app)
  const next = await refresh(app, cookieOf(first).value)
  t.match(next.json(), { success: true, token: String, user: { username: 'admin' } })
  t.not(cookieOf(next).value, cookieOf(first).value)
  t.equal(await system(app, next.json().token), 200)
  t.equal(await system(app, first.json().token), 200)
  const plain = await app.inject({
    method: 'POST',
    url: '/api/auth/refresh',
    cookies: { refresh_token_http: cookieOf(next).value }
  })
  t.equal(plain.statusCode, 200)
})

t.test('a retry within 10 s, before the successor was used, gets the same successor', async (t) => {
  let now = Date.now()
  const app = await build(t, {}, { now: () => now })
  await setUp(app)
  const token = cookieOf(await login(app)).value
  const answers = await Promise.all([refresh(app, token), refresh(app, token)])
  now += 9_000
  answers.push(await refresh(app, token))
  t.same(
    answers.map((reply) => reply.statusCode),
    [200, 200, 200]
  )
  t.equal(new Set(answers.map((reply) => cookieOf(reply).value)).size, 1)
})

t.test('a token that was replaced and comes again ends every session, and the log says why', async (t) => {
  const folder = await temporaryFolder(t)
  let now = Date.now()
  const app = await build(t, {}, { folder, now: () => now })
  const elsewhere = await setUp(app)
  const stolen = await login(app)
  const api = mintApiToken(app)
  const thief = await refresh(app, cookieOf(stolen).value)
  now += 11_000
  const owner = await refresh(app, cookieOf(stolen).value)
  t.match(owner.json(), { error: 'Invalid refresh token', message: 'invalid refresh token', code: 'REFRESH_INVALID' })
  t.equal(cookieOf(owner).value, '')
  for (const token of [elsewhere, stolen.json().token, thief.json().token]) t.equal(await system(app, token), 401)
  t.equal((await refresh(app, cookieOf(thief).value)).statusCode, 401)
  t.equal(await system(app, api), 200)
  await app.close()
  const { readFile } = await import('node:fs/promises')
  t.match(
    await readFile(`${folder}/auth.log`, 'utf8'),
    /WARNING proxmenux\.auth: refresh token replayed, all sessions ended; rhost=127\.0\.0\.1 user=admin\n/
  )
})

t.test('within 10 s, once the successor was used, the old one is a replay', async (t) => {
  const app = await build(t)
  await setUp(app)
  const first = await login(app)
  const second = await refresh(app, cookieOf(first).value)
  await refresh(app, cookieOf(second).value)
  t.equal((await refresh(app, cookieOf(first).value)).statusCode, 401)
  t.equal(await system(app, second.json().token), 401)
})

t.test('a refresh comes from the same origin, and a forged, expired or missing token is a plain 401', async (t) => {
  let now = Date.now()
  const app = await build(t, { refreshTtl: 3600, sessionTtl: 60 }, { now: () => now })
  const session = await setUp(app)
  const token = cookieOf(await login(app)).value
  t.equal((await refresh(app, token, { headers: { origin: 'https://evil.example' } })).json().code, 'ORIGIN')
  t.equal((await refresh(app, 'x'.repeat(43))).json().code, 'REFRESH_INVALID')
  t.equal((await app.inject({ method: 'POST', url: '/api/auth/refresh' })).statusCode, 401)
  now += 3_601_000
  t.equal((await refresh(app, token)).statusCode, 401)
  t.equal(await system(app, session), 401)
})

t.test('refreshes are limited on their own', async (t) => {
  const app = await build(t, { rateLimitRefresh: 1 })
  t.same([(await refresh(app, 'x')).statusCode, (await refresh(app, 'x')).statusCode], [401, 429])
})

t.test('a session outlives its token and a restart through its refresh token', async (t) => {
  const folder = await temporaryFolder(t)
  let now = Date.now()
  const first = await build(t, { sessionTtl: 60 }, { folder, now: () => now })
  await setUp(first)
  const { value } = cookieOf(await login(first))
  await first.close()
  now += 3600_000
  const second = await build(t, { sessionTtl: 60 }, { folder, now: () => now })
  const reply = await refresh(second, value)
  t.equal(await system(second, reply.json().token), 200)
})

t.test('logout ends token and refresh token and takes the cookies away', async (t) => {
  const app = await build(t)
  const other = await setUp(app)
  const mine = await login(app)
  const { token } = mine.json()
  const reply = await app.inject({ method: 'POST', url: '/api/auth/logout', headers: bearer(token) })
  t.same(reply.json(), { success: true, message: 'logged out' })
  t.ok(reply.cookies.every((cookie) => cookie.value === '' && cookie.maxAge === 0))
  t.equal(await system(app, token), 401)
  t.equal((await refresh(app, cookieOf(mine).value)).statusCode, 401)
  t.equal(await system(app, other), 200)
})

t.test('a user sees their sessions, and ends one or all others', async (t) => {
  const app = await build(t)
  const first = await setUp(app)
  const second = (
    await login(app, PASSWORD, { headers: { 'user-agent': 'Phone', 'x-forwarded-for': '203.0.113.7' } })
  ).json().token
  const third = (await login(app)).json().token
  const list = (await app.inject({ url: '/api/auth/sessions', headers: bearer(first) })).json().sessions
  t.equal(list.length, 3)
  t.match(
    list.find((session: { current: boolean }) => session.current),
    { second_factor: false, created_at: /Z$/ }
  )
  const phone = list.find((session: { user_agent: string }) => session.user_agent === 'Phone')
  t.match(phone, { address: '203.0.113.7', current: false })
  const end = (url: string) => app.inject({ method: 'DELETE', url, headers: bearer(first) })
  t.equal((await end(`/api/auth/sessions/${phone.id}`)).statusCode, 200)
  t.equal(await system(app, second), 401)
  t.equal((await end(`/api/auth/sessions/${phone.id}`)).json().code, 'NOT_FOUND')
  t.equal((await end('/api/auth/sessions')).json().ended, 1)
  t.equal(await system(app, third), 401)
  t.equal(await system(app, first), 200)
})

t.test('me tells who is asking, to read_only tokens too', async (t) => {
  const app = await build(t)
  const session = await setUp(app)
  for (const token of [session, mintApiToken(app), mintApiToken(app, { scope: 'read_only' })]) {
    t.match((await app.inject({ url: '/api/auth/me', headers: bearer(token) })).json(), {
      success: true,
      user: { id: 1, permissions: ['*'] }
    })
  }
})

t.test('a password change asks for the present one, ends all other sessions and keeps this one', async (t) => {
  const app = await build(t)
  const mine = await setUp(app)
  const otherLogin = await login(app)
  const change = (payload: object, token = mine) =>
    app.inject({ method: 'PUT', url: '/api/auth/password', payload, headers: bearer(token) })
  t.match((await change({ current_password: 'wrong', new_password: NEXT })).json(), {
    message: 'current password incorrect',
    code: 'PASSWORD_INCORRECT'
  })
  t.match((await change({ current_password: PASSWORD, new_password: 'short' })).json(), {
    message: 'new_password too short',
    code: 'PASSWORD_POLICY'
  })
  t.equal((await change({ new_password: NEXT })).json().code, 'VALIDATION')
  t.equal((await change({ current_password: PASSWORD, new_password: NEXT }, mintApiToken(app))).json().code, 'SCOPE')
  t.same((await change({ current_password: PASSWORD, new_password: NEXT })).json(), {
    success: true,
    message: 'password updated'
  })
  t.equal(await system(app, mine), 200)
  t.equal(await system(app, otherLogin.json().token), 401)
  t.equal((await refresh(app, cookieOf(otherLogin).value)).statusCode, 401)
  t.equal((await login(app)).statusCode, 401)
  t.equal((await login(app, NEXT)).statusCode, 200)
})

t.test('the alias takes the older name, and the code where the session has not passed the second factor', async (t) => {
  const app = await build(t)
  const mine = await setUp(app)
  await app.authStore.update((draft) => Object.assign(draft, { totp_enabled: true, totp_secret: 'JBSWY3DPEHPK3PXP' }))
  const change = (more: object) =>
    app.inject({
      method: 'POST',
      url: '/api/auth/change-password',
      headers: bearer(mine),
      payload: { old_password: PASSWORD, new_password: NEXT, ...more }
    })
  t.equal((await change({})).json().code, 'TOTP_REQUIRED')
  t.equal((await change({ totp_code: '000000' })).json().code, 'TOTP_INVALID')
  const { TOTP } = await import('otpauth')
  t.equal((await change({ totp_code: new TOTP({ secret: 'JBSWY3DPEHPK3PXP' }).generate() })).statusCode, 200)
})

t.test('a refresh token dies with the password it was opened under, and that is no alarm', async (t) => {
  const app = await build(t)
  await setUp(app)
  const { value } = cookieOf(await login(app))
  await app.authStore.update((draft) => Object.assign(draft, { password_hash: hashPassword(NEXT) }))
  t.equal((await refresh(app, value)).json().code, 'REFRESH_INVALID')
  t.equal((await login(app, NEXT)).statusCode, 200)
})

t.test('another secret ends the refresh tokens made under the old one', async (t) => {
  const app = await build(t)
  await setUp(app)
  const { value } = cookieOf(await login(app))
  await app.authStore.update((draft) => Object.assign(draft, { jwt_secret: 'z'.repeat(64) }))
  t.equal((await refresh(app, value)).json().code, 'REFRESH_INVALID')
})

t.test('a logout also ends the session of the refresh cookie that came along', async (t) => {
  const app = await build(t)
  const first = await app.inject({
    method: 'POST',
    url: '/api/auth/setup',
    payload: { username: 'admin', password: PASSWORD }
  })
  const second = await app.inject({
    method: 'POST',
    url: '/api/auth/login',
    payload: { username: 'admin', password: PASSWORD }
  })
  const cookie = first.cookies.find(({ name }) => name === 'refresh_token')!.value
  const headers = { ...bearer(second.json().token), cookie: `refresh_token=${cookie}` }
  t.equal((await app.inject({ method: 'POST', url: '/api/auth/logout', headers })).statusCode, 200)
  const me = await app.inject({ url: '/api/auth/me', headers: bearer(first.json().token) })
  t.equal(me.json().code, 'TOKEN_INVALID')
})

t.test('a session that is refreshed again and again ends after 90 days all the same', async (t) => {
  const time = { now: Date.now() }
  const app = await build(t, {}, { now: () => time.now })
  await setUp(app)
  const login = await app.inject({
    method: 'POST',
    url: '/api/auth/login',
    payload: { username: 'admin', password: PASSWORD }
  })
  let cookie = login.cookies.find(({ name }) => name === 'refresh_token')!.value
  let days = 0
  for (; days < 200; days += 10) {
    const headers = { cookie: `refresh_token=${cookie}` }
    const reply = await app.inject({ method: 'POST', url: '/api/auth/refresh', headers })
    if (reply.statusCode !== 200) break
    cookie = reply.cookies.find(({ name }) => name === 'refresh_token')!.value
    time.now += 10 * 24 * 3_600_000
  }
  t.equal(days, 90)
})
