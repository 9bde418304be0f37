import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { list, mint } from '../support/api-tokens.ts'
import { scopeChanges } from '../support/scoped-changes.ts'
import { openSession } from '../support/sessions.ts'
import { ADA, call, type Headers, login, type Method, withOwner } from '../support/users.ts'

/** A daemon with reseller 1 and its manager (user 2), and reseller 2 with a customer (user 3). */
async function withResellers(t: Parameters<typeof withOwner>[0]) {
  const rig = await withOwner(t)
  const { app, owner, create } = rig
  scopeChanges(app.authStore)
  const asOwner = async (method: Method, url: string, payload?: object) => call(app, owner, method, url, payload)
  await asOwner('POST', '/api/resellers', { name: 'Acme', balance: 245.5 })
  await asOwner('POST', '/api/resellers', { name: 'Bolt' })
  const permissions = ['users.manage', 'system.view', 'tokens.manage']
  await create({ username: 'manager', user_type: 'reseller', reseller_id: 1, permissions })
  await create({ username: 'bob', user_type: 'customer', reseller_id: 2 })
  const open = async (id: number) => (await openSession(app, id, { confirmed: true })).headers
  const codeOf = async (headers: Headers, method: Method, url: string, payload?: object) => {
    const reply = await call(app, headers, method, url, payload)
    return reply.json().code ?? reply.statusCode
  }
  return { ...rig, asOwner, open, codeOf }
}

t.test('resellers are created, listed, changed and removed; ids are never reused', async (t) => {
  const { app, owner, folder } = await withOwner(t)
  const as = async (method: Method, url: string, payload?: object) => call(app, owner, method, url, payload)
  t.same((await as('GET', '/api/resellers')).json(), { success: true, resellers: [] })
  const made = await as('POST', '/api/resellers', { name: '  Acme ', balance: 245.5 })
  t.equal(made.statusCode, 201)
  const acme = { id: 1, name: 'Acme', balance: 245.5, is_active: true }
  t.same(made.json(), { success: true, reseller: acme })
  const bolt = (await as('POST', '/api/resellers', { name: 'Bolt', is_active: false })).json().reseller
  t.same(bolt, { id: 2, name: 'Bolt', balance: 0, is_active: false })
  t.same((await as('GET', '/api/resellers')).json().resellers, [acme, bolt])
  t.same((await as('GET', '/api/resellers/2')).json(), { success: true, reseller: bolt })
  const changed = await as('PATCH', '/api/resellers/2', { balance: -0.01, is_active: true })
  t.same(changed.json().reseller, { id: 2, name: 'Bolt', balance: -0.01, is_active: true })
  t.same((await as('DELETE', '/api/resellers/2')).json(), { success: true, message: 'reseller removed' })
  t.equal((await as('GET', '/api/resellers/2')).statusCode, 404)
  t.equal((await as('POST', '/api/resellers', { name: 'Bolt' })).json().reseller.id, 3)
  const file = JSON.parse(await readFile(join(folder, 'auth.json'), 'utf8'))
  t.same(file.resellers, [acme, { id: 3, name: 'Bolt', balance: 0, is_active: true }])

  for (const [method, url] of [
    ['GET', '/api/resellers/99'],
    ['PATCH', '/api/resellers/9999999999'],
    ['DELETE', '/api/resellers/9999999999']
  ] as const)
    t.equal((await as(method, url, method === 'PATCH' ? { balance: 1 } : undefined)).json().code, 'NOT_FOUND', url)
  await app.close()
  const log = await readFile(join(folder, 'auth.log'), 'utf8')
  for (const event of ['created', 'changed', 'removed'])
    t.match(log, `WARNING proxmenux.auth: reseller ${event}; rhost=127.0.0.1 user=admin target=Bolt`)
})

t.test('invalid resellers are refused and store nothing', async (t) => {
  const { app, owner, folder } = await withOwner(t)
  await call(app, owner, 'POST', '/api/resellers', { name: 'Acme' })
  const before = await readFile(join(folder, 'auth.json'), 'utf8')
  const codeOf = async (payload: object) => (await call(app, owner, 'POST', '/api/resellers', payload)).json().code
  t.equal(await codeOf({}), 'VALIDATION')
  for (const name of ['', '  ', 'x'.repeat(65), 'a\nb', 7]) t.equal(await codeOf({ name }), 'VALIDATION', `${name}`)
  for (const balance of [0.001, 245.555, 1e12, '1', null])
    t.equal(await codeOf({ name: 'Bolt', balance }), 'VALIDATION', `${balance}`)
  t.equal(await codeOf({ name: 'Bolt', id: 7 }), 'VALIDATION')
  t.equal(await codeOf({ name: 'Acme' }), 'CONFLICT')
  t.equal(await readFile(join(folder, 'auth.json'), 'utf8'), before)
  for (const balance of [0.1, 0.07, 245.55, 999_999_999_999.99, -1.01])
    t.equal((await call(app, owner, 'PATCH', '/api/resellers/1', { balance })).json().reseller.balance, balance)
  const made = await Promise.all([codeOf({ name: 'Bolt' }), codeOf({ name: 'Bolt' }), codeOf({ name: 'Bolt' })])
  t.same(made.filter((code) => code === 'CONFLICT').length, 2, 'of the same names at the same moment one is created')
})

t.test('a host has at most a thousand resellers', async (t) => {
  const { app, owner } = await withOwner(t)
  await app.authStore.update((draft) => {
    draft.resellers = Array.from({ length: 1000 }, (_, i) => ({
      id: i + 1,
      name: `r${i}`,
      balance: 0,
      is_active: true
    }))
  })
  const refused = await call(app, owner, 'POST', '/api/resellers', { name: 'Acme' })
  t.match(refused.json(), { code: 'CONFLICT', message: /1000/ })
  await call(app, owner, 'DELETE', '/api/resellers/1000')
  t.equal((await call(app, owner, 'POST', '/api/resellers', { name: 'Acme' })).json().reseller.id, 1001)
})

t.test('changes require a confirmation, and API tokens only read', async (t) => {
  const { app, owner } = await withOwner(t)
  const { headers } = await openSession(app, 1)
  t.equal((await call(app, headers, 'POST', '/api/resellers', { name: 'Acme' })).json().code, 'STEP_UP_REQUIRED')
  const { token } = (await mint(app, owner, { scope: 'full_admin' })).json()
  const bearer = { authorization: `Bearer ${token}` }
  t.equal((await call(app, bearer, 'GET', '/api/resellers')).statusCode, 200)
  t.equal((await call(app, bearer, 'POST', '/api/resellers', { name: 'Acme' })).json().code, 'SCOPE')
})

t.test('a user of a reseller sees and manages only users of that reseller', async (t) => {
  const { app, create, asOwner, open, codeOf } = await withResellers(t)
  const manager = await open(2)
  const names = async (headers: Headers) =>
    (await call(app, headers, 'GET', '/api/users')).json().users.map((user: { username: string }) => user.username)
  t.same(await names(manager), ['manager'])
  const made = await create({ username: 'carl' }, manager)
  t.match(made.json().user, { id: 4, username: 'carl', reseller_id: 1 })
  t.equal((await create({ username: 'dora', reseller_id: 1 }, manager)).statusCode, 201)
  t.same(await names(manager), ['manager', 'carl', 'dora'])
  t.same(await names(await open(1)), ['admin', 'manager', 'bob', 'carl', 'dora'])

  for (const reseller_id of [0, 2])
    t.equal((await create({ username: 'eve', reseller_id }, manager)).json().code, 'PERMISSION', `${reseller_id}`)
  for (const id of [1, 3]) {
    const path = `/api/users/${id}`
    t.equal(await codeOf(manager, 'GET', path), 'NOT_FOUND', path)
    t.equal(await codeOf(manager, 'PATCH', path, { display_name: 'x' }), 'NOT_FOUND', path)
    t.equal(await codeOf(manager, 'DELETE', path), 'NOT_FOUND', path)
    t.equal(await codeOf(manager, 'DELETE', `${path}/sessions`), 'NOT_FOUND', path)
    t.equal(await codeOf(manager, 'POST', `${path}/unlock`), 'NOT_FOUND', path)
  }
  t.equal(await codeOf(manager, 'PATCH', '/api/users/4', { reseller_id: 2 }), 'PERMISSION')
  t.equal(await codeOf(manager, 'PATCH', '/api/users/4', { reseller_id: 0 }), 'PERMISSION')
  t.equal(await codeOf(manager, 'PATCH', '/api/users/2', { reseller_id: 0 }), 'PERMISSION', 'nor themselves')
  t.equal(await codeOf(manager, 'PATCH', '/api/users/4', { permissions: ['logs.view'] }), 'PERMISSION')
  t.equal(await codeOf(manager, 'PATCH', '/api/users/4', { reseller_id: 1, display_name: 'Carl' }), 200)
  t.equal(await codeOf(manager, 'DELETE', '/api/users/4'), 200)
  t.equal(
    (await asOwner('PATCH', '/api/users/5', { reseller_id: 2 })).json().user.reseller_id,
    2,
    'the owner moves them'
  )
  t.same(await names(manager), ['manager'])
})

t.test('a user of a reseller cannot manage resellers, with any permissions', async (t) => {
  const { app, asOwner, create, open, codeOf } = await withResellers(t)
  for (const [permissions, id] of [
    [['*'], 4],
    [['resellers.manage'], 5]
  ] as const) {
    await create({ username: `user${id}`, reseller_id: 1, permissions })
    const headers = await open(id)
    t.equal(await codeOf(headers, 'GET', '/api/resellers'), 'PERMISSION')
    t.equal(await codeOf(headers, 'GET', '/api/resellers/1'), 'PERMISSION')
    t.equal(await codeOf(headers, 'POST', '/api/resellers', { name: 'x' }), 'PERMISSION')
    t.equal(await codeOf(headers, 'PATCH', '/api/resellers/1', { balance: 1000 }), 'PERMISSION')
    t.equal(await codeOf(headers, 'DELETE', '/api/resellers/2'), 'PERMISSION')
    await asOwner('PATCH', `/api/users/${id}`, { reseller_id: 0 })
    t.equal(await codeOf(headers, 'GET', '/api/resellers'), 200)
  }
  t.equal((await call(app, await open(2), 'GET', '/api/resellers')).json().code, 'PERMISSION')
})

t.test('me, login and refresh return the reseller', async (t) => {
  const { app, open } = await withResellers(t)
  const reseller = { id: 1, name: 'Acme', balance: 245.5 }
  const me = async (headers: Headers) => (await call(app, headers, 'GET', '/api/auth/me')).json().user
  const manager = await me(await open(2))
  t.same([manager.reseller_id, manager.reseller], [1, reseller])
  const { user } = (await login(app, 'manager', ADA.password)).json()
  t.same([user.reseller_id, user.reseller], [1, reseller])
  const owner = await me(await open(1))
  t.equal(owner.reseller_id, 0)
  t.notOk('reseller' in owner)
})

t.test(
  'a suspension logs out the reseller’s users at once and refuses their API tokens until it is lifted',
  async (t) => {
    const { app, owner, asOwner, open, codeOf, folder } = await withResellers(t)
    const [manager, bob] = [await open(2), await open(3)]
    const { token } = (await mint(app, manager, { password: ADA.password })).json()
    const bearer = { authorization: `Bearer ${token}` }
    t.equal(await codeOf(bearer, 'GET', '/api/system'), 200)

    const suspended = await asOwner('PATCH', '/api/resellers/1', { is_active: false })
    t.equal(suspended.json().reseller.is_active, false)
    t.equal(await codeOf(manager, 'GET', '/api/auth/me'), 'TOKEN_INVALID')
    t.equal(await codeOf(bearer, 'GET', '/api/system'), 'TOKEN_INVALID')
    t.equal(await codeOf(bob, 'GET', '/api/auth/me'), 200, 'users of another reseller stay')
    t.equal((await login(app, 'manager', 'Wrong-Horse-7')).json().code, 'CREDENTIALS')
    const refused = await login(app, 'manager', ADA.password)
    t.equal(refused.statusCode, 403)
    t.match(refused.json(), { code: 'ACCOUNT_DISABLED', message: 'account is disabled' })
    t.equal((await asOwner('GET', '/api/users/2')).json().user.is_active, true, 'the user’s own flag')
    t.match(await list(app, owner), [{ valid: false, invalidation_reason: 'Its user’s reseller is suspended' }])

    await asOwner('PATCH', '/api/resellers/1', { is_active: true })
    t.equal(await codeOf(bearer, 'GET', '/api/system'), 200)
    t.equal(await codeOf(manager, 'GET', '/api/auth/me'), 'TOKEN_INVALID', 'sessions do not come back')
    t.equal((await login(app, 'manager', ADA.password)).statusCode, 200)
    await app.close()
    const log = await readFile(join(folder, 'auth.log'), 'utf8')
    t.equal(log.split('authentication failure;').length - 1, 2, 'both refused logins are in the log')
    t.match(log, 'reseller suspended, sessions of its users ended; rhost=127.0.0.1 user=admin target=Acme')
  }
)

t.test('a user moved to a suspended reseller is logged out and cannot refresh', async (t) => {
  const { app, asOwner, codeOf } = await withResellers(t)
  await asOwner('PATCH', '/api/resellers/2', { is_active: false })
  const session = await login(app, 'manager', ADA.password)
  const headers = { authorization: `Bearer ${session.json().token}` }
  t.equal(await codeOf(headers, 'GET', '/api/auth/me'), 200)
  t.equal((await asOwner('PATCH', '/api/users/2', { reseller_id: 2 })).statusCode, 200)
  t.equal(await codeOf(headers, 'GET', '/api/auth/me'), 'TOKEN_INVALID')
  const { name, value } = session.cookies[0]!
  const refresh = await app.inject({
    method: 'POST',
    url: '/api/auth/refresh',
    headers: { cookie: `${name}=${value}`, origin: 'http://localhost', host: 'localhost' }
  })
  t.equal(refresh.json().code, 'REFRESH_INVALID')
})

t.test('a reseller with users cannot be removed, and users need an existing reseller', async (t) => {
  const { asOwner, create, codeOf, owner } = await withResellers(t)
  t.equal(await codeOf(owner, 'DELETE', '/api/resellers/1'), 'CONFLICT')
  t.equal((await create({ username: 'eve', reseller_id: 9 })).json().code, 'VALIDATION')
  t.match((await asOwner('PATCH', '/api/users/2', { reseller_id: 9 })).json(), {
    code: 'VALIDATION',
    message: 'reseller_id: there is no reseller 9'
  })
  t.equal((await asOwner('PATCH', '/api/users/2', { reseller_id: 0 })).statusCode, 200)
  t.equal(await codeOf(owner, 'DELETE', '/api/resellers/1'), 200)
  t.equal((await create({ username: 'eve', reseller_id: 1 })).json().code, 'VALIDATION', 'a removed one is gone')
  t.equal((await create({ username: 'eve', reseller_id: 2 })).statusCode, 201)
})

t.test(
  'auth.json edited by hand: an unknown reseller disables the user, and a repeated one makes the file unreadable',
  async (t) => {
    const { app, folder, open, codeOf } = await withResellers(t)
    const bob = await open(3)
    const path = join(folder, 'auth.json')
    const edit = async (change: (file: { resellers: object[] }) => void) => {
      const file = JSON.parse(await readFile(path, 'utf8'))
      change(file)
      await writeFile(path, JSON.stringify(file))
      await app.authStore.refresh()
    }
    await edit((file) => file.resellers.pop())
    t.equal(await codeOf(bob, 'GET', '/api/auth/me'), 'TOKEN_INVALID')
    t.equal((await login(app, 'bob', ADA.password)).json().code, 'ACCOUNT_DISABLED')
    t.same(app.authStore.snapshot().entryFaults, ['/users/1/reseller_id names no reseller: this user cannot log in'])
    await edit((file) => file.resellers.push(file.resellers[0]!))
    t.equal((await login(app, 'admin', ADA.password)).json().code, 'AUTH_STORE_UNREADABLE')
  }
)
