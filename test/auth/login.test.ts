import { createHash, randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { TOTP } from 'otpauth'
import t from 'tap'
import { hashPassword } from '../../lib/auth/passwords/derive.ts'
import { tokenHash } from '../../lib/auth/tokens.ts'
import { type App, bearer, build, PASSWORD, setUp, TRUE_HASHES, temporaryFolder } from '../support/app.ts'
import { mintApiToken } from '../support/tokens.ts'
import { comes, until } from '../support/waiting.ts'

const login = (app: App, payload: object) => app.inject({ method: 'POST', url: '/api/auth/login', payload })
const system = async (app: App, token: string) =>
  (await app.inject({ url: '/api/system', headers: bearer(token) })).statusCode
const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString())

/** An auth.json as the Monitor leaves it. */
const monitorFile = (more: object = {}) => ({
  enabled: true,
  username: 'root',
  password_hash: hashPassword(PASSWORD),
  declined: false,
  configured: true,
  totp_enabled: false,
  totp_secret: null,
  backup_codes: [],
  api_tokens: [],
  revoked_tokens: [],
  jwt_secret: randomBytes(48).toString('base64url'),
  ...more
})

async function buildFrom(t: Parameters<typeof build>[0], file: object, options = {}) {
  const folder = await temporaryFolder(t)
  await writeFile(join(folder, 'auth.json'), JSON.stringify(file))
  return { folder, app: await build(t, {}, { folder, ...options }) }
}

t.test('a login answers with the panel’s user and the contract’s claims', async (t) => {
  const app = await build(t, { sessionTtl: 900 })
  await setUp(app)
  const reply = (await login(app, { username: 'admin', password: PASSWORD })).json()
  t.match(reply, {
    success: true,
    expires_in: 900,
    user: {
      id: 1,
      username: 'admin',
      display_name: 'admin',
      email: '',
      user_type: 'admin',
      is_active: true,
      permissions: ['*']
    }
  })
  const claims = claimsOf(reply.token)
  t.match(claims, {
    iss: 'proxmenux-monitor',
    aud: 'api',
    jti: String,
    sid: String,
    username: 'admin',
    user_id: 1,
    user_type: 'admin',
    reseller_id: 0,
    tenant_id: 0,
    amr: ['pwd']
  })
  t.equal(claims.exp - claims.iat, 900)
  t.match((await app.inject({ url: '/api/auth/status', headers: bearer(reply.token) })).json(), {
    authenticated: true,
    username: 'admin'
  })
  t.match((await app.inject('/api/auth/status')).json(), { authenticated: false, username: null, totp_enabled: false })
})

t.test('a wrong password and an unknown user get the same answer', async (t) => {
  const app = await build(t)
  await setUp(app)
  const wrong = await login(app, { username: 'admin', password: 'x' })
  const unknown = await login(app, { username: 'nobody', password: 'x' })
  t.equal(wrong.statusCode, 401)
  t.same(wrong.json(), unknown.json())
  t.same(wrong.json(), {
    success: false,
    error: 'Invalid credentials',
    message: 'invalid credentials',
    code: 'CREDENTIALS'
  })
})

t.test('a session expires', async (t) => {
  let now = Date.now()
  const app = await build(t, { sessionTtl: 60 }, { now: () => now })
  const token = await setUp(app)
  t.equal(await system(app, token), 200)
  now += 59_000
  t.equal(await system(app, token), 200)
  now += 7_000
  t.equal(await system(app, token), 401)
})

t.test('a session survives a restart, but not the removal of its row', async (t) => {
  const folder = await temporaryFolder(t)
  const first = await build(t, {}, { folder })
  const token = await setUp(first)
  await first.close()
  const second = await build(t, {}, { folder })
  t.equal(await system(second, token), 200)
  await second.sessions.endAll(1)
  t.equal(await system(second, token), 401)
})

t.test(
  'a cached token is refused at once after its session ends, a revocation, a new password or a new secret',
  async (t) => {
    const ends: [string, (app: App, token: string) => Promise<unknown>, 'session' | 'api'][] = [
      ['its session', (app) => app.sessions.endAll(1), 'session'],
      [
        'a revocation',
        (app, token) => app.authStore.update((draft) => Object.assign(draft, { revoked_tokens: [tokenHash(token)] })),
        'api'
      ],
      [
        'another password',
        (app) =>
          app.authStore.update((draft) => Object.assign(draft, { password_hash: hashPassword('Another-Horse-8') })),
        'session'
      ],
      [
        'another secret',
        (app) => app.authStore.update((draft) => Object.assign(draft, { jwt_secret: 'y'.repeat(64) })),
        'api'
      ]
    ]
    for (const [name, end, kind] of ends) {
      const app = await build(t)
      const session = await setUp(app)
      const token = kind === 'session' ? session : mintApiToken(app)
      for (let i = 0; i < 3; i++) t.equal(await system(app, token), 200)
      await end(app, token)
      t.equal(await system(app, token), 401, name)
    }
  }
)

t.test('a password hash changed by hand ends all sessions within a second', async (t) => {
  const { app, folder } = await buildFrom(t, monitorFile())
  const { token } = (await login(app, { username: 'root', password: PASSWORD })).json()
  t.equal(await system(app, token), 200)
  const secret = app.authStore.snapshot().secret
  await writeFile(join(folder, 'auth.json'), JSON.stringify(monitorFile({ jwt_secret: secret })))
  t.ok(await comes(async () => (await system(app, token)) === 401, { withinMs: 1000 }))
})

t.test(
  'an existing Monitor’s file works: PBKDF2 with fewer rounds and the bare SHA-256 verify once and are re-hashed',
  async (t) => {
    const weak = hashPassword(PASSWORD).replace('$600000$', '$1000$')
    const { pbkdf2Sync } = await import('node:crypto')
    const salt = Buffer.from(weak.split('$')[2]!, 'base64')
    const fewer = `pbkdf2_sha256$1000$${weak.split('$')[2]}$${pbkdf2Sync(PASSWORD, salt, 1000, 32, 'sha256').toString('base64')}`
    for (const password_hash of [fewer, createHash('sha256').update(PASSWORD).digest('hex')]) {
      const { app } = await buildFrom(t, monitorFile({ password_hash }), { hasher: TRUE_HASHES })
      t.equal((await login(app, { username: 'root', password: 'wrong' })).statusCode, 401)
      t.equal(app.authStore.snapshot().owner?.passwordHash, password_hash)
      const { token } = (await login(app, { username: 'root', password: PASSWORD })).json()
      t.match(app.authStore.snapshot().owner?.passwordHash, /^pbkdf2_sha256\$600000\$/)
      t.equal(await system(app, token), 200)
      t.equal((await login(app, { username: 'root', password: PASSWORD })).statusCode, 200)
    }
  }
)

t.test('a password set before normalisation still works, and both its spellings are equal', async (t) => {
  const { pbkdf2Sync } = await import('node:crypto')
  const decomposed = 'Cafe\u0301-Horse-7'
  const salt = randomBytes(16)
  const raw = `pbkdf2_sha256$600000$${salt.toString('base64')}$${pbkdf2Sync(decomposed, salt, 600000, 32, 'sha256').toString('base64')}`
  const { app } = await buildFrom(t, monitorFile({ password_hash: raw }), { hasher: TRUE_HASHES })
  t.equal((await login(app, { username: 'root', password: decomposed })).statusCode, 200)
  const fresh = await build(t)
  await setUp(fresh, 'root', decomposed)
  t.equal((await login(fresh, { username: 'root', password: decomposed.normalize('NFC') })).statusCode, 200)
})

t.test('with two-factor authentication the password alone is refused, and each code works once', async (t) => {
  const secret = 'JBSWY3DPEHPK3PXP'
  let now = 1_800_000_000_000
  const backup = ['ABCD-EFGH', 'JKLM-NPQR'].map((code) => ({
    code: createHash('sha256').update(code).digest('hex'),
    used: false
  }))
  const { app } = await buildFrom(t, monitorFile({ totp_enabled: true, totp_secret: secret, backup_codes: backup }), {
    now: () => now
  })
  const code = () => new TOTP({ secret }).generate({ timestamp: now })
  const withCode = (more: object) => login(app, { username: 'root', password: PASSWORD, ...more })

  const asked = await withCode({})
  t.equal(asked.statusCode, 401)
  t.match(asked.json(), { requires_totp: true, message: '2FA code required', code: 'TOTP_REQUIRED' })
  t.match((await withCode({ totp_token: '000000' })).json(), { requires_totp: true, code: 'TOTP_INVALID' })
  t.equal((await login(app, { username: 'root', password: 'wrong', totp_token: code() })).json().code, 'CREDENTIALS')

  const both = await Promise.all([withCode({ totp_token: code() }), withCode({ totp_code: code() })])
  t.same(both.map((reply) => reply.statusCode).toSorted(), [200, 401])
  t.same(claimsOf(both.find((reply) => reply.statusCode === 200)!.json().token).amr, ['pwd', 'otp'])
  now += 30_000
  t.equal((await withCode({ totp_code: code() })).statusCode, 200)

  t.equal((await withCode({ totp_token: 'abcdefgh' })).statusCode, 200)
  t.equal((await withCode({ totp_token: 'ABCD-EFGH' })).json().code, 'TOTP_INVALID')
  t.equal((await withCode({ totp_token: 'JKLM-NPQR' })).statusCode, 200)
})

t.test('an API token of an older install is full_admin, and a read_only token only reads', async (t) => {
  const app = await build(t)
  await setUp(app)
  t.equal(await system(app, mintApiToken(app)), 200)
  const readOnly = mintApiToken(app, { scope: 'read_only' })
  t.equal(await system(app, readOnly), 200)
  t.equal((await app.inject({ url: '/api/auth/profile', headers: bearer(readOnly) })).json().code, 'SCOPE')
  t.equal(await system(app, mintApiToken(app, { scope: 'superuser' })), 401)
})

t.test('API tokens have a limit of their own', async (t) => {
  const app = await build(t, { rateLimitToken: 2 })
  const session = await setUp(app)
  const token = mintApiToken(app)
  t.same([await system(app, token), await system(app, token), await system(app, token)], [200, 200, 429])
  t.equal(await system(app, session), 200)
})

t.test('logins are rate limited, and the answer gives the limit', async (t) => {
  const app = await build(t, { rateLimitLogin: 2 })
  const replies = []
  for (let i = 0; i < 3; i++) replies.push(await login(app, { username: 'admin' }))
  t.same(
    replies.map((reply) => reply.statusCode),
    [400, 400, 429]
  )
  const last = replies[2]!
  t.match(last.json(), { error: 'rate limit exceeded', message: 'rate limit exceeded', code: 'RATE_LIMITED' })
  t.ok(Number(last.headers['retry-after']) > 0)
  t.equal(last.headers['ratelimit-policy'], '"login";q=2;w=60')
  t.match(last.headers.ratelimit, /^"login";r=0;t=\d+$/)
})

t.test('a login is refused before any hashing when the queue is full', async (t) => {
  const app = await build(t, {}, { hasher: { threads: 1, queue: 1 } })
  await setUp(app)
  const replies = await Promise.all(
    Array.from({ length: 6 }, (_, i) => login(app, { username: `user${i}`, password: 'wrong' }))
  )
  const busy = replies.filter((reply) => reply.statusCode === 503)
  t.equal(busy.length, 4)
  t.match(busy[0]!.json(), { error: busy[0]!.json().message, code: 'BUSY' })
  t.ok(busy[0]!.headers['retry-after'])
})

t.test('the profile has a display name, which the login returns', async (t) => {
  const app = await build(t)
  const headers = bearer(await setUp(app))
  const put = (display_name: unknown) =>
    app.inject({ method: 'PUT', url: '/api/auth/profile', headers, payload: { display_name } })
  t.match((await app.inject({ url: '/api/auth/profile', headers })).json(), {
    success: true,
    username: 'admin',
    display_name: '',
    has_avatar: false,
    avatar_mtime: null
  })
  t.equal((await put('  Ada Lovelace ')).json().display_name, 'Ada Lovelace')
  t.equal((await login(app, { username: 'admin', password: PASSWORD })).json().user.display_name, 'Ada Lovelace')
  for (const bad of ['a\nb', 'x'.repeat(65), 7, null]) t.equal((await put(bad)).json().code, 'VALIDATION')
  t.equal((await put('')).json().display_name, '')
  t.equal((await login(app, { username: 'admin', password: PASSWORD })).json().user.display_name, 'admin')
})

t.test('with a broken auth.json all but pages, status and system-info answer 503, without details', async (t) => {
  const { app, folder } = await buildFrom(t, monitorFile())
  await writeFile(join(folder, 'auth.json'), '{')
  await until(() => app.authStore.snapshot().mode === 'unreadable')
  const status = (await app.inject('/api/auth/status')).json()
  t.match(status, { configured: true, authenticated: false, username: null })
  t.equal((await app.inject('/api/system-info')).statusCode, 200)
  t.equal((await app.inject('/')).statusCode, 200)
  for (const [method, url] of [
    ['GET', '/api/system'],
    ['POST', '/api/auth/login'],
    ['POST', '/api/auth/setup'],
    ['POST', '/api/auth/skip'],
    ['GET', '/api/nope']
  ] as const) {
    const reply = await app.inject({ method, url })
    t.match(reply.json(), { code: 'AUTH_STORE_UNREADABLE' }, url)
    t.ok(reply.headers['retry-after'])
  }
})
