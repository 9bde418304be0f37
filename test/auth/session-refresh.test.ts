import { readFile } from 'node:fs/promises'
import t from 'tap'
import { hashPassword } from '../../lib/auth/passwords/derive.ts'
import { build, CHEAP_HASHES, PASSWORD, setUp, temporaryFolder } from '../support/app.ts'
import { mintApiToken } from '../support/tokens.ts'
import { cookieOf, login, NEXT, refresh, system } from './session-requests.ts'

t.test('a refresh returns a new pair for the same session, from either cookie', async (t) => {
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

t.test('a retry within 10 s, before the successor is used, gets the same successor', async (t) => {
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

t.test('a replayed refresh token ends every session, and the log says why', async (t) => {
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
  t.match(
    await readFile(`${folder}/auth.log`, 'utf8'),
    /WARNING proxmenux\.auth: refresh token replayed, all sessions ended; rhost=127\.0\.0\.1 user=admin\n/
  )
})

t.test('within 10 s the old token counts as replayed once its successor was used', async (t) => {
  const app = await build(t)
  await setUp(app)
  const first = await login(app)
  const second = await refresh(app, cookieOf(first).value)
  await refresh(app, cookieOf(second).value)
  t.equal((await refresh(app, cookieOf(first).value)).statusCode, 401)
  t.equal(await system(app, second.json().token), 401)
})

t.test('a refresh requires the same origin, and a forged, expired or missing token is a plain 401', async (t) => {
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

t.test('refreshes have a limit of their own', async (t) => {
  const app = await build(t, { rateLimitRefresh: 1 })
  t.same([(await refresh(app, 'x')).statusCode, (await refresh(app, 'x')).statusCode], [401, 429])
})

t.test('a refresh token restores a session after its token expired and the daemon restarted', async (t) => {
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

t.test('a new password invalidates older refresh tokens, without a replay alarm', async (t) => {
  const app = await build(t)
  await setUp(app)
  const { value } = cookieOf(await login(app))
  await app.authStore.update((draft) =>
    Object.assign(draft, { password_hash: hashPassword(NEXT, CHEAP_HASHES.iterations) })
  )
  t.equal((await refresh(app, value)).json().code, 'REFRESH_INVALID')
  t.equal((await login(app, NEXT)).statusCode, 200)
})

t.test('a new secret invalidates the refresh tokens issued under the old one', async (t) => {
  const app = await build(t)
  await setUp(app)
  const { value } = cookieOf(await login(app))
  await app.authStore.update((draft) => Object.assign(draft, { jwt_secret: 'z'.repeat(64) }))
  t.equal((await refresh(app, value)).json().code, 'REFRESH_INVALID')
})

t.test('a session ends after 90 days, however often it is refreshed', async (t) => {
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
