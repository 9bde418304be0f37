import t from 'tap'
import { PASSWORD } from '../support/app.ts'
import { openSession } from '../support/sessions.ts'
import { ADA, call, type Method, withOwner } from '../support/users.ts'

t.test('changes require a confirmation of this session within five minutes', async (t) => {
  const time = { now: Date.now() }
  const { app } = await withOwner(t, { now: () => time.now })
  const { headers } = await openSession(app, 1)
  const refused = await call(app, headers, 'POST', '/api/users', ADA)
  t.equal(refused.statusCode, 403)
  t.match(refused.json(), {
    error: 'confirm with your password, or log in again and retry within 5 minutes',
    code: 'STEP_UP_REQUIRED',
    message: 'confirm with your password, or log in again and retry within 5 minutes'
  })
  t.same(refused.json().needs, ['password'])
  t.equal((await call(app, headers, 'GET', '/api/users')).statusCode, 200, 'reading does not')
  const confirm = (password: string) => call(app, headers, 'POST', '/api/auth/confirm', { password })
  t.equal((await confirm('Wrong-Horse-7')).json().code, 'PASSWORD_INCORRECT')
  t.equal((await call(app, headers, 'POST', '/api/users', ADA)).json().code, 'STEP_UP_REQUIRED')
  t.match((await confirm(PASSWORD)).json(), { success: true, expires_in: 300 })
  t.equal((await call(app, headers, 'POST', '/api/users', ADA)).statusCode, 201)
  const other = await openSession(app, 1)
  t.equal((await call(app, other.headers, 'DELETE', '/api/users/2')).json().code, 'STEP_UP_REQUIRED')
  time.now += 300_000
  t.equal((await call(app, headers, 'DELETE', '/api/users/2')).json().code, 'STEP_UP_REQUIRED')
})

t.test('users grant only permissions they have, and only the owner creates or changes admins', async (t) => {
  const { app, create } = await withOwner(t)
  await create({ username: 'manager', permissions: ['users.manage', 'system.view'] })
  await create({ username: 'shell', permissions: ['terminal.open'] })
  await create({ username: 'chief', user_type: 'admin', permissions: ['system.view'] })
  const { headers } = await openSession(app, 2, { confirmed: true })
  const codeOf = async (method: Method, url: string, payload?: object) =>
    (await call(app, headers, method, url, payload)).json().code
  const made = { ...ADA, username: 'eve' }
  t.equal(await codeOf('POST', '/api/users', { ...made, permissions: ['terminal.open'] }), 'PERMISSION')
  t.equal(await codeOf('POST', '/api/users', { ...made, permissions: ['*'] }), 'PERMISSION')
  t.equal(await codeOf('POST', '/api/users', { ...made, user_type: 'admin' }), 'PERMISSION')
  t.equal(await codeOf('PATCH', '/api/users/2', { permissions: ['*'] }), 'PERMISSION', 'nor themselves')
  t.equal(await codeOf('PATCH', '/api/users/2', { user_type: 'admin' }), 'PERMISSION')
  for (const id of [1, 4]) {
    t.equal(await codeOf('PATCH', `/api/users/${id}`, { display_name: 'x' }), 'PERMISSION')
    t.match(await codeOf('DELETE', `/api/users/${id}`), id === 1 ? 'CONFLICT' : 'PERMISSION')
    t.equal(await codeOf('POST', `/api/users/${id}/unlock`), 'PERMISSION')
  }
  t.equal(await codeOf('PATCH', '/api/users/3', { password: 'Another-Lantern-4' }), 'PERMISSION', 'a shell by detour')
  t.equal(await codeOf('PATCH', '/api/users/3', { totp_enabled: false }), 'PERMISSION')
  t.equal(await codeOf('DELETE', '/api/users/2'), 'CONFLICT')
  t.equal((await call(app, headers, 'POST', '/api/users', { ...made, permissions: ['system.view'] })).statusCode, 201)
  t.equal((await call(app, headers, 'PATCH', '/api/users/5', { permissions: ['users.manage'] })).statusCode, 200)
})

t.test('the owner stays an active admin with all permissions and cannot be removed', async (t) => {
  const { app, owner } = await withOwner(t)
  for (const payload of [{ is_active: false }, { permissions: [] }, { user_type: 'support' }, { reseller_id: 3 }])
    t.equal((await call(app, owner, 'PATCH', '/api/users/1', payload)).json().code, 'CONFLICT')
  t.equal((await call(app, owner, 'DELETE', '/api/users/1')).json().code, 'CONFLICT')
  for (const payload of [{ password: 'Another-Lantern-4' }, { totp_enabled: false }])
    t.equal((await call(app, owner, 'PATCH', '/api/users/1', payload)).json().code, 'CONFLICT', 'not this way')
  const changed = await call(app, owner, 'PATCH', '/api/users/1', { display_name: 'Boss', allowed_ips: '127.0.0.0/8' })
  t.match(changed.json().user, { display_name: 'Boss', allowed_ips: '127.0.0.0/8', permissions: ['*'] })
})
