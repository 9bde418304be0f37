import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { bearer, build, PASSWORD, setUp, temporaryFolder } from '../support/app.ts'
import { mintApiToken } from '../support/tokens.ts'
import { cookieOf, login, NEXT, refresh, system } from './session-requests.ts'

t.test('the cookie is the panel’s, and is Secure if the request came over HTTPS', async (t) => {
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

t.test('under a sub-path the cookie’s path starts with the prefix, from either header', async (t) => {
  const app = await build(t)
  await setUp(app)
  const via = async (headers: Record<string, string>) => cookieOf(await login(app, PASSWORD, { headers })).path
  t.equal(await via({ 'x-forwarded-for': '192.0.2.1', 'x-forwarded-prefix': '/monitor' }), '/monitor/api/auth')
  t.equal(await via({ 'x-base-path': '/monitor/' }), '/monitor/api/auth')
  t.equal(await via({ 'x-base-path': '/x; Domain=evil.example' }), '/api/auth')
})

t.test('logout ends token and refresh token and clears the cookies', async (t) => {
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

t.test('users see their sessions, and end one or all others', async (t) => {
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
  const { events } = await app.auditLog.list({ limit: 1 })
  t.match(events, [{ event: 'logged_out', user: 'admin', target: '203.0.113.7' }])
  t.equal((await end('/api/auth/sessions')).json().ended, 1)
  t.equal(await system(app, third), 401)
  t.equal(await system(app, first), 200)
})

t.test('me describes the caller, for read_only tokens too', async (t) => {
  const app = await build(t)
  const session = await setUp(app)
  for (const token of [session, mintApiToken(app), mintApiToken(app, { scope: 'read_only' })]) {
    t.match((await app.inject({ url: '/api/auth/me', headers: bearer(token) })).json(), {
      success: true,
      user: { id: 1, permissions: ['*'] }
    })
  }
})

t.test('a password change requires the current one, ends all other sessions and keeps this one', async (t) => {
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

t.test(
  'the alias takes the older field name, and requires a code unless the session has passed two-factor authentication',
  async (t) => {
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
  }
)

t.test('a logout also ends the session of the refresh cookie in its request', async (t) => {
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

t.test('the status gives totp_enabled only to the holder of a live refresh cookie', async (t) => {
  const time = { now: Date.now() }
  const folder = await temporaryFolder(t)
  const app = await build(t, {}, { folder, now: () => time.now })
  await setUp(app)
  const [first, other] = [cookieOf(await login(app)).value, cookieOf(await login(app)).value]
  await app.authStore.update((draft) => Object.assign(draft, { totp_enabled: true, totp_secret: 'JBSWY3DPEHPK3PXP' }))
  const status = async (cookies: Record<string, string>) =>
    (await app.inject({ url: '/api/auth/status', cookies })).json()
  const isTold = async (token: string, name = 'refresh_token') => (await status({ [name]: token })).totp_enabled
  t.match(await status({ refresh_token: first }), { totp_enabled: true, authenticated: false, username: null })
  t.equal(await isTold(first, 'refresh_token_http'), true)
  t.equal(await isTold('x'.repeat(43)), false)
  t.equal((await status({})).totp_enabled, false)
  const next = cookieOf(await refresh(app, first)).value
  t.same([await isTold(first), await isTold(next)], [false, true], 'a replaced token is no longer live')
  t.equal((await refresh(app, next)).statusCode, 200, 'asking uses nothing up')

  await app.authStore.update((draft) => {
    draft.totp_enabled = false
  })
  t.equal(await isTold(other), false, 'the second factor is off')
  await app.authStore.update((draft) => {
    draft.totp_enabled = true
  })
  const kept = await readFile(join(folder, 'auth.json'), 'utf8')
  await writeFile(join(folder, 'auth.json'), '{')
  await app.authStore.refresh()
  t.match(await status({ refresh_token: other }), { configured: true, totp_enabled: false }, 'auth.json is unreadable')
  await writeFile(join(folder, 'auth.json'), kept)
  await app.authStore.refresh()
  t.equal(await isTold(other), true)
  time.now += 31 * 24 * 3_600_000
  t.equal(await isTold(other), false, 'the session has expired')
})
