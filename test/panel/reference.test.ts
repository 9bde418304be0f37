import { randomBytes } from 'node:crypto'
import t from 'tap'
import { type Ask, claimsOf, type Reply, refreshTokenOf } from './client.ts'
import { panelMissing, startPanel } from './panel.ts'
import {
  changeUser,
  codeAt,
  confirm,
  createReseller,
  createUser,
  login,
  mint,
  need,
  OWNER,
  PASSWORD,
  refresh,
  setUpOwner,
  tryLogin
} from './people.ts'

// The reference of the panel's API, "Authentication", from top to bottom, against three replicas behind Nginx.

const WRONG = 'Wrong-Horse-7'
const IN_TURN = Array.from({ length: 3 })
const outcomeOf = ({ status, json }: Reply) => [status, json.message]
/** `count` requests at once. */
const burst = (count: number, ask: () => Promise<Reply>) => Promise.all(Array.from({ length: count }, ask))

t.test('reference', { skip: panelMissing }, async (t) => {
  const panel = await startPanel(t)
  const { ask, askTls, askRealIp } = panel
  const me = (token: string) => ask('/api/auth/me', { token })
  const owner = await setUpOwner(ask)
  const user = async (username: string, more: object = {}) => ({
    username,
    id: await createUser(ask, owner, username, more)
  })

  t.test('two artifacts: a short-lived access token and a refresh token', async (t) => {
    const first = await need(200, tryLogin(askTls, OWNER, PASSWORD))
    t.same(claimsOf(first.json.token).exp - claimsOf(first.json.token).iat, 15 * 60)
    const cookies = first.headers['set-cookie']!.map((line) => line.split('; '))
    t.match(cookies[0]![0], /^refresh_token=[\w-]{43}$/)
    // On a port other than 443 there is a second one, with the port in its name.
    for (const [value, ...attributes] of cookies) {
      t.equal(value!.split('=')[1], refreshTokenOf(first))
      t.same(attributes.toSorted(), ['HttpOnly', 'Max-Age=2592000', 'Path=/api/auth', 'SameSite=Lax', 'Secure'])
    }
    const again = await need(200, refresh(ask, refreshTokenOf(first)!))
    for (const token of [first.json.token, again.json.token])
      for (const _ of IN_TURN) t.equal((await me(token)).status, 200, 'every replica takes it')
  })

  t.test('claims', async (t) => {
    const reseller_id = await createReseller(ask, owner, 'Reseller of claims', 0)
    const { id } = await user('claims', { user_type: 'reseller', reseller_id })
    const { token } = await login(ask, 'claims')
    t.same(JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()).alg, 'HS256')
    const claims = claimsOf(token)
    t.match(claims, {
      user_id: id,
      username: 'claims',
      user_type: 'reseller',
      reseller_id,
      tenant_id: 0,
      iat: Number,
      exp: Number
    })
    t.ok(Math.abs(claims.iat - Date.now() / 1000) < 10, 'unix seconds')
    t.match(claimsOf(owner.token), { user_id: 1, user_type: 'admin', reseller_id: 0, tenant_id: 0 })
    for (const user_type of ['admin', 'support', 'collector', 'customer']) {
      await user(`a-${user_type}`, { user_type })
      t.equal(claimsOf((await login(ask, `a-${user_type}`)).token).user_type, user_type)
    }
  })

  t.test('the signing secret stays in system_preferences, and JWTs survive a restart', async (t) => {
    const database = panel.urls.database.split('/').at(-1)!
    const stored = "SELECT 1 / count(*) FROM system_preferences WHERE key = 'jwt_secret' AND value <> ''"
    await panel.postgresql.asSuperuser(stored, database)
    const fresh = await panel.addReplica()
    t.equal((await fresh.ask('/api/auth/me', { token: owner.token })).status, 200)
    fresh.signal('SIGKILL')
    await fresh.exited
  })

  t.test('POST /api/auth/login', async (t) => {
    t.match((await need(200, tryLogin(ask, OWNER, PASSWORD))).json, {
      success: true,
      token: /^[\w-]+\.[\w-]+\.[\w-]+$/,
      user: { id: 1, username: OWNER, email: '', user_type: 'admin', is_active: true, permissions: ['*'] }
    })
    const post = (body: object) => ask('/api/auth/login', { body })
    for (const body of [{}, { username: OWNER }, { password: PASSWORD }, { username: '', password: '' }])
      t.same(outcomeOf(await post(body)), [400, 'username and password are required'])
    t.same(outcomeOf(await tryLogin(ask, OWNER, WRONG)), [401, 'invalid credentials'])
    t.same(outcomeOf(await tryLogin(ask, 'nobody', PASSWORD)), [401, 'invalid credentials'])
    const { id } = await user('disabled')
    await need(200, changeUser(ask, owner, id, { is_active: false }))
    for (const _ of IN_TURN) t.same(outcomeOf(await tryLogin(ask, 'disabled', PASSWORD)), [403, 'account is disabled'])
  })

  t.test('GET /api/auth/me', async (t) => {
    const permissions = ['system.view', 'logs.view']
    const reseller_id = await createReseller(ask, owner, 'Reseller 1', 245.5)
    const { id } = await user('reseller1', { user_type: 'reseller', reseller_id, permissions })
    const { token } = await login(ask, 'reseller1')
    const reseller = { id: reseller_id, name: 'Reseller 1', balance: 245.5 }
    const expected = { id, username: 'reseller1', user_type: 'reseller', reseller_id, permissions, reseller }
    t.match((await need(200, me(token))).json, { success: true, user: expected })
    await need(200, changeUser(ask, owner, id, { permissions: ['logs.view'] }))
    for (const _ of IN_TURN) t.same((await me(token)).json.user.permissions, ['logs.view'], 'without a new login')
    t.same(outcomeOf(await ask('/api/auth/me')), [401, 'missing authorization header'])
    const forged = `${token.slice(0, token.lastIndexOf('.'))}.${randomBytes(32).toString('base64url')}`
    for (const bad of [forged, 'no-jwt', `${token}x`]) t.same(outcomeOf(await me(bad)), [401, 'invalid token'])
  })

  t.test('POST /api/auth/logout', async (t) => {
    const { token, refresh: cookie } = await login(ask, OWNER)
    const headers = { cookie: `refresh_token_http=${cookie}` }
    const reply = await ask('/api/auth/logout', { method: 'POST', token, headers })
    t.match([reply.status, reply.json], [200, { success: true, message: 'logged out' }])
    t.match(reply.headers['set-cookie']?.join(), /refresh_token_http=; Max-Age=0/)
    for (const _ of IN_TURN) {
      t.same(outcomeOf(await me(token)), [401, 'invalid token'])
      t.equal((await refresh(ask, cookie)).status, 401)
    }
  })

  t.test('PUT /api/auth/password', async (t) => {
    await user('changer')
    const { token } = await login(ask, 'changer')
    const put = (current_password: string, new_password: string) =>
      ask('/api/auth/password', { method: 'PUT', token, body: { current_password, new_password } })
    t.same(outcomeOf(await put(PASSWORD, 'Short-7')), [400, 'new_password too short'])
    t.same(outcomeOf(await put(WRONG, 'Brave-Lantern-8')), [401, 'current password incorrect'])
    t.match((await need(200, put(PASSWORD, 'Brave-Lantern-8'))).json, { success: true, message: 'password updated' })
    for (const _ of IN_TURN) t.equal((await tryLogin(ask, 'changer', PASSWORD)).status, 401)
    await login(ask, 'changer', {}, 'Brave-Lantern-8')
    const alias = { current_password: 'Brave-Lantern-8', new_password: PASSWORD }
    const changed = await ask('/api/auth/change-password', { token, body: alias })
    t.match([changed.status, changed.json], [200, { success: true, message: 'password updated' }])
    await login(ask, 'changer')
  })

  t.test('allowed_ips', async (t) => {
    const { id } = await user('listed')
    const rows: [string, string[], string[]][] = [
      ['', ['203.0.113.5', '198.51.100.9'], []],
      ['203.0.113.5/32', ['203.0.113.5'], ['203.0.113.6', '198.51.100.9']],
      ['203.0.113.0/24,198.51.100.0/24', ['203.0.113.77', '198.51.100.9'], ['192.0.2.1', '203.0.114.1']],
      ['0.0.0.0/0', ['203.0.113.5', '192.0.2.1'], []]
    ]
    for (const [allowed_ips, inside, outside] of rows) {
      await need(200, changeUser(ask, owner, id, { allowed_ips }))
      for (const via of [ask, askRealIp]) {
        for (const address of inside) t.equal((await tryLogin(via, 'listed', PASSWORD, {}, address)).status, 200)
        for (const address of outside)
          for (const password of [PASSWORD, WRONG]) {
            const reply = await tryLogin(via, 'listed', password, {}, address)
            t.same(outcomeOf(reply), [403, 'IP address not whitelisted'], 'before the password is verified')
          }
      }
    }
    await need(200, changeUser(ask, owner, id, { allowed_ips: '203.0.113.5/32' }))
    const body = { username: 'listed', password: PASSWORD }
    const forged = { 'x-real-ip': '203.0.113.5', 'x-forwarded-for': '203.0.113.5' }
    for (const via of [ask, askRealIp])
      t.equal((await via('/api/auth/login', { body, headers: forged })).status, 403, 'Nginx sets it, not the client')
  })

  t.test('failed attempts', async (t) => {
    await user('locked')
    const seen: (string | number)[] = []
    for (let attempt = 1; attempt <= 20; attempt++) {
      const reply = await tryLogin(ask, 'locked', WRONG, {}, '203.0.113.10')
      seen.push(reply.status === 423 ? reply.json.message : reply.status)
      if (reply.status === 423) t.ok(Number(reply.headers['retry-after']) > 0)
    }
    const minutes = (n: number) => `account locked, try again in ${n} minutes`
    const expected = [
      ...Array(5).fill(401),
      ...Array(4).fill(minutes(15)),
      ...Array(10).fill(minutes(60)),
      minutes(1440)
    ]
    t.same(seen, expected)
    for (const _ of IN_TURN)
      t.equal((await tryLogin(ask, 'locked', PASSWORD, {}, '203.0.113.10')).status, 423, 'also with the password')
    t.equal((await tryLogin(ask, 'locked', PASSWORD, {}, '203.0.113.11')).status, 200, 'another address')
    t.equal((await tryLogin(ask, 'claims', PASSWORD, {}, '203.0.113.10')).status, 200, 'another name')

    const four = async () => {
      for (const _ of Array(4)) t.equal((await tryLogin(ask, 'claims', WRONG, {}, '203.0.113.12')).status, 401)
    }
    await four()
    t.equal((await tryLogin(ask, 'claims', PASSWORD, {}, '203.0.113.12')).status, 200)
    await four()
    t.equal((await tryLogin(ask, 'claims', PASSWORD, {}, '203.0.113.12')).status, 200, 'a success cleared the counter')
  })

  t.test('/api/auth/2fa/*', async (t) => {
    await user('factor')
    const { token } = await login(ask, 'factor')
    const status = async () => (await need(200, ask('/api/auth/2fa/status', { token }))).json
    const post = (name: string, body: object = {}) => ask(`/api/auth/2fa/${name}`, { token, body })
    t.match(await status(), { enabled: false, qr_url: '' })
    const { secret, qr_code } = (await need(200, post('setup'))).json
    t.match(qr_code, /^data:image\/svg\+xml;base64,/)
    t.match(await status(), { enabled: false, qr_url: /^otpauth:\/\/totp\// })
    t.equal((await tryLogin(ask, 'factor', PASSWORD)).status, 200, 'not yet enabled')
    t.match((await post('verify', { code: '000000' })).json, { success: false, message: 'invalid 2FA code' })
    await need(200, post('verify', { code: codeAt(secret, -1) }))
    for (const _ of IN_TURN) {
      t.match(await status(), { enabled: true, qr_url: '' })
      t.same(outcomeOf(await tryLogin(ask, 'factor', PASSWORD)), [401, '2FA code required'])
    }
    const wrong = await tryLogin(ask, 'factor', PASSWORD, { totp_code: '000000' })
    t.same(outcomeOf(wrong), [401, 'invalid 2FA code'])
    await login(ask, 'factor', { totp_code: codeAt(secret) })
    t.match((await post('disable', { code: '000000' })).json, { success: false, message: 'invalid 2FA code' })
    t.match(await status(), { enabled: true })
    await need(200, post('disable', { code: codeAt(secret, 1) }))
    for (const _ of IN_TURN) t.match(await status(), { enabled: false })
    await login(ask, 'factor')
  })

  t.test('all errors have one form', async (t) => {
    const replies = await Promise.all([
      ask('/api/auth/me'),
      ask('/api/auth/login', { body: {} }),
      ask('/api/nothing', { token: owner.token }),
      ask('/api/users', { body: { username: 'x' }, token: owner.token }),
      ask('/api/auth/setup', { body: { username: 'x', password: PASSWORD } })
    ])
    t.same(
      replies.map(({ status }) => status),
      [401, 400, 404, 400, 403]
    )
    for (const { json } of replies) t.match(json, { success: false, message: /./ })
  })
})

t.test('rate limits', { skip: panelMissing }, async (t) => {
  // The defaults: those of the harness are high.
  const names = ['', '_LOGIN', '_REFRESH', '_TOKEN']
  const env = Object.fromEntries(names.map((name) => [`MONITOR_RATE_LIMIT${name}`, undefined]))
  const { ask } = await startPanel(t, { env })
  const owner = await setUpOwner(ask)
  const { token } = await mint(ask, owner)
  let addresses = 10
  /** Sends a few more than the limit at once, all from one address that was not seen yet. */
  const exhaust = async (limit: number, send: (via: Ask) => Promise<Reply>) => {
    const address = `198.51.100.${addresses++}`
    const via: Ask = (path, question) => ask(path, { ...question, address })
    const replies = await burst(limit + 7, () => send(via))
    const refused = replies.filter(({ status }) => status === 429)
    t.equal(refused.length, 7, `exactly ${limit} pass`)
    for (const each of refused) {
      t.same(each.json.message, 'rate limit exceeded')
      const seconds = Number(each.headers['retry-after'])
      t.ok(seconds > 0 && seconds <= 60, `${seconds} seconds`)
    }
    return replies.filter(({ status }) => status !== 429).map(({ status }) => status)
  }
  const all = (limit: number, status: number) => Array(limit).fill(status)

  t.same(await exhaust(10, (via) => via('/api/auth/login', { body: { username: OWNER } })), all(10, 400))
  t.same(await exhaust(20, (via) => refresh(via, randomBytes(32).toString('base64url'))), all(20, 401))
  t.same(await exhaust(300, (via) => via('/api/auth/me')), all(300, 401))
  t.same(await exhaust(300, (via) => via('/api/auth/me', { token: owner.token })), all(300, 200), 'with a session too')
  t.same(await exhaust(100, (via) => via('/api/auth/me', { token })), all(100, 200))
  await confirm(ask, owner)
})
