import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { tokenHash } from '../../lib/auth/tokens.ts'
import { PASSWORD } from '../support/app.ts'
import { openSession } from '../support/sessions.ts'
import { mintApiToken } from '../support/tokens.ts'
import { ADA, call, login, type Method, withOwner } from '../support/users.ts'

t.test('the owner creates a user, who logs in and has the granted permissions', async (t) => {
  const { app, owner, create } = await withOwner(t)
  const made = await create({ display_name: 'Ada', email: 'ada@example.com', allowed_ips: ' 127.0.0.1 , 10.0.0.0/8' })
  t.equal(made.statusCode, 201)
  t.same(made.json(), {
    success: true,
    user: {
      id: 2,
      username: 'ada',
      display_name: 'Ada',
      email: 'ada@example.com',
      user_type: 'support',
      reseller_id: 0,
      is_active: true,
      permissions: ['system.view'],
      allowed_ips: '127.0.0.1, 10.0.0.0/8',
      totp_enabled: false,
      last_login_at: null
    }
  })
  t.notMatch(made.body, 'pbkdf2')
  const session = await login(app, 'ada', ADA.password)
  t.equal(session.statusCode, 200)
  t.match(session.json().user, { id: 2, username: 'ada', user_type: 'support', permissions: ['system.view'] })
  const headers = { authorization: `Bearer ${session.json().token}` }
  t.equal((await call(app, headers, 'GET', '/api/system')).statusCode, 200)
  t.equal((await call(app, headers, 'GET', '/api/users')).json().code, 'PERMISSION')
  t.match((await call(app, headers, 'GET', '/api/auth/me')).json().user, { id: 2, permissions: ['system.view'] })
  t.match((await call(app, headers, 'GET', '/api/auth/status')).json(), { authenticated: true, username: 'ada' })
  const { users } = (await call(app, owner, 'GET', '/api/users')).json()
  t.same(
    users.map(({ id, username }: { id: number; username: string }) => [id, username]),
    [
      [1, 'admin'],
      [2, 'ada']
    ]
  )
  t.match(users[1].last_login_at, /^\d{4}-\d\d-\d\dT.*Z$/)
  t.equal((await call(app, owner, 'GET', '/api/users/2')).json().user.username, 'ada')
  t.equal((await call(app, owner, 'GET', '/api/users/99')).json().code, 'NOT_FOUND')
})

t.test('an API token cannot change users with any scope; with full_admin it can read them', async (t) => {
  const { app } = await withOwner(t)
  const admin = { authorization: `Bearer ${mintApiToken(app, { scope: 'full_admin' })}` }
  const reader = { authorization: `Bearer ${mintApiToken(app, { scope: 'read_only' })}` }
  t.equal((await call(app, admin, 'POST', '/api/users', ADA)).json().code, 'SCOPE')
  t.equal((await call(app, admin, 'GET', '/api/users')).statusCode, 200)
  t.equal((await call(app, reader, 'GET', '/api/users')).json().code, 'SCOPE')
})

t.test('a change of permissions takes effect on the next request', async (t) => {
  const { app, owner, create } = await withOwner(t)
  await create()
  const { headers } = await openSession(app, 2)
  t.equal((await call(app, headers, 'GET', '/api/system')).statusCode, 200)
  t.equal((await call(app, owner, 'PATCH', '/api/users/2', { permissions: [] })).statusCode, 200)
  t.equal((await call(app, headers, 'GET', '/api/system')).json().code, 'PERMISSION')
  t.equal((await call(app, owner, 'PATCH', '/api/users/2', { permissions: ['system.view'] })).statusCode, 200)
  t.equal((await call(app, headers, 'GET', '/api/system')).statusCode, 200)
})

t.test(
  'disabling, removing, a new password and a reset of two-factor authentication end the sessions at once',
  async (t) => {
    const changes: [string, object][] = [
      ['PATCH', { is_active: false }],
      ['PATCH', { password: 'Another-Lantern-4' }],
      ['PATCH', { totp_enabled: false }],
      ['DELETE', {}]
    ]
    for (const [method, payload] of changes) {
      const { app, owner, create } = await withOwner(t)
      await create()
      const { headers } = await openSession(app, 2)
      t.equal((await call(app, owner, method as Method, '/api/users/2', payload)).statusCode, 200)
      t.equal((await call(app, headers, 'GET', '/api/system')).json().code, 'TOKEN_INVALID', JSON.stringify(payload))
    }
  }
)

t.test('a disabled user is told so only with the right password', async (t) => {
  const { app, owner, create } = await withOwner(t)
  await create()
  await call(app, owner, 'PATCH', '/api/users/2', { is_active: false })
  t.equal((await login(app, 'ada', 'Wrong-Horse-7')).json().code, 'CREDENTIALS')
  const refused = await login(app, 'ada', ADA.password)
  t.equal(refused.statusCode, 403)
  t.match(refused.json(), { code: 'ACCOUNT_DISABLED', message: 'account is disabled' })
})

t.test('a removed user’s API tokens stay refused, also when another user gets the id', async (t) => {
  const { app, owner, create, folder } = await withOwner(t)
  await create()
  const token = mintApiToken(app, { user_id: 2, scope: 'full_admin', exp: Math.floor(Date.now() / 1000) + 3600 })
  await app.authStore.update((draft) => {
    const times = { created_at: new Date().toISOString(), expires_at: new Date(Date.now() + 3_600_000).toISOString() }
    const hash = tokenHash(token)
    draft.api_tokens = [
      { id: hash.slice(0, 16), name: 'x', token_hash: hash, token_prefix: '...', user_id: 2, ...times }
    ]
  })
  const headers = { authorization: `Bearer ${token}` }
  t.equal((await call(app, headers, 'GET', '/api/system')).statusCode, 200)
  await call(app, owner, 'PATCH', '/api/users/2', { is_active: false })
  t.equal((await call(app, headers, 'GET', '/api/system')).statusCode, 401)
  await call(app, owner, 'DELETE', '/api/users/2')
  const next = await create({ username: 'bob' })
  t.equal(next.json().user.id, 3, 'numbers are not given twice')
  t.equal((await call(app, headers, 'GET', '/api/system')).statusCode, 401)
  const file = JSON.parse(await readFile(join(folder, 'auth.json'), 'utf8'))
  t.ok(file.revoked_tokens.includes(tokenHash(token)))
})

t.test('duplicate names and invalid input are refused with a reason and store nothing', async (t) => {
  const { app, owner, create, folder } = await withOwner(t)
  await create()
  const before = await readFile(join(folder, 'auth.json'), 'utf8')
  const codeOf = async (more: object) => (await create(more)).json().code
  t.equal(await codeOf({}), 'CONFLICT')
  t.equal(await codeOf({ username: 'admin' }), 'CONFLICT', 'the owner’s too')
  t.equal(await codeOf({ username: 'bob', password: 'short' }), 'PASSWORD_POLICY')
  t.equal(await codeOf({ username: 'bob', permissions: ['root'] }), 'VALIDATION')
  t.equal(await codeOf({ username: 'bob', user_type: 'king' }), 'VALIDATION')
  t.equal(await codeOf({ username: ' bob' }), 'VALIDATION')
  t.equal(await codeOf({ username: 'bob', email: 'no\nmail' }), 'VALIDATION')
  const network = await create({ username: 'bob', allowed_ips: '10.0.0.0/8, nonsense' })
  t.equal(network.statusCode, 400)
  t.match(network.json().message, /"nonsense" is not an IP address or CIDR/)
  t.equal((await call(app, owner, 'PATCH', '/api/users/2', { totp_enabled: true })).json().code, 'VALIDATION')
  t.equal((await call(app, owner, 'PATCH', '/api/users/0', {})).statusCode, 400)
  t.equal(await readFile(join(folder, 'auth.json'), 'utf8'), before)
})

t.test('of concurrent creations of one name one succeeds', async (t) => {
  const { create } = await withOwner(t, { hasher: { threads: 1, queue: 16 } })
  const made = await Promise.all([create(), create(), create()])
  t.same(made.map(({ statusCode }) => statusCode).toSorted(), [201, 409, 409])
})

t.test('the sessions of a user can be ended by callers who may change the user', async (t) => {
  const { app, owner, create } = await withOwner(t)
  await create({ username: 'manager', permissions: ['users.manage'] })
  await create()
  const [manager, ada] = [await openSession(app, 2, { confirmed: true }), await openSession(app, 3)]
  t.equal((await call(app, manager.headers, 'DELETE', '/api/users/1/sessions')).json().code, 'PERMISSION')
  t.equal((await call(app, manager.headers, 'DELETE', '/api/users/3/sessions')).json().code, 'PERMISSION')
  t.equal((await call(app, owner, 'DELETE', '/api/users/3/sessions')).statusCode, 200)
  t.equal((await call(app, ada.headers, 'GET', '/api/auth/me')).statusCode, 401)
  t.equal((await call(app, owner, 'DELETE', '/api/users/1/sessions')).statusCode, 200)
  t.equal((await call(app, owner, 'GET', '/api/auth/me')).statusCode, 200, 'except the caller’s session')
})

t.test('unlock lets a locked user in again', async (t) => {
  const { app, owner, create } = await withOwner(t)
  await create()
  for (let i = 0; i < 5; i++) await login(app, 'ada', 'Wrong-Horse-7')
  t.equal((await login(app, 'ada', ADA.password)).statusCode, 423)
  t.equal((await call(app, owner, 'POST', '/api/users/2/unlock')).statusCode, 200)
  t.equal((await login(app, 'ada', ADA.password)).statusCode, 200)
})

t.test('users change their own password and name, and no one else’s', async (t) => {
  const { app, create } = await withOwner(t)
  await create()
  const { headers } = await openSession(app, 2)
  const body = { current_password: ADA.password, new_password: 'Another-Lantern-4' }
  t.equal((await app.inject({ method: 'PUT', url: '/api/auth/password', headers, payload: body })).statusCode, 200)
  const profile = { display_name: 'Ada L' }
  t.equal((await app.inject({ method: 'PUT', url: '/api/auth/profile', headers, payload: profile })).statusCode, 200)
  t.equal((await login(app, 'ada', 'Another-Lantern-4')).json().user.display_name, 'Ada L')
  t.equal((await login(app, 'admin', PASSWORD)).statusCode, 200)
  const disable = {
    method: 'POST',
    url: '/api/auth/disable',
    headers,
    payload: { password: 'Another-Lantern-4' }
  } as const
  t.equal((await app.inject(disable)).json().code, 'PERMISSION', 'only the owner disables authentication')
})

t.test('after a disable the users are kept until the next setup, whose name must differ from theirs', async (t) => {
  const { app, owner, create } = await withOwner(t)
  await create()
  const { headers } = await openSession(app, 2)
  await app.inject({ method: 'POST', url: '/api/auth/disable', headers: owner, payload: { password: PASSWORD } })
  t.equal((await login(app, 'ada', ADA.password)).statusCode, 401)
  t.equal((await call(app, headers, 'GET', '/api/system')).json().code, 'SETUP_REQUIRED')
  const setup = (username: string) =>
    app.inject({ method: 'POST', url: '/api/auth/setup', payload: { username, password: PASSWORD } })
  t.equal((await setup('ada')).json().code, 'CONFLICT')
  t.equal((await setup('boss')).statusCode, 200)
  t.equal((await login(app, 'ada', ADA.password)).statusCode, 200)
})

t.test('a file with a user name twice is unreadable: no entry is preferred', async (t) => {
  const { app, create, folder } = await withOwner(t)
  await create()
  const file = JSON.parse(await readFile(join(folder, 'auth.json'), 'utf8'))
  file.users.push({ ...file.users[0], id: 3 })
  await writeFile(join(folder, 'auth.json'), JSON.stringify(file))
  await app.authStore.refresh()
  t.equal((await login(app, 'admin', PASSWORD)).json().code, 'AUTH_STORE_UNREADABLE')
})

t.test('the log names actor, action and target, with any user name', async (t) => {
  const { app, owner, create, folder } = await withOwner(t)
  await create({ username: 'x rhost=203.0.113.9 user=y' })
  await call(app, owner, 'PATCH', '/api/users/2', { is_active: false })
  await call(app, owner, 'DELETE', '/api/users/2')
  await app.close()
  const log = await readFile(join(folder, 'auth.log'), 'utf8')
  for (const event of ['created', 'changed', 'removed'])
    t.match(
      log,
      new RegExp(`WARNING proxmenux\\.auth: user ${event}; rhost=127\\.0\\.0\\.1 user=admin target=x\\\\u\\{20\\}rhost`)
    )
})

t.test('each permission is listed with a description', async (t) => {
  const { app, owner } = await withOwner(t)
  const { permissions } = (await call(app, owner, 'GET', '/api/permissions')).json()
  t.equal(permissions.length, 15)
  for (const { name, description } of permissions) t.match(description, /^[A-Z].*\.$/, name)
})
