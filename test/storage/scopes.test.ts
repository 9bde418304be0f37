import t from 'tap'
import { list, mint, revoke, rotate } from '../support/api-tokens.ts'
import { PASSWORD } from '../support/app.ts'
import { scopeChanges } from '../support/scoped-changes.ts'
import { beginWithSecondFactor, codeOf } from '../support/second-factor.ts'
import { openSession } from '../support/sessions.ts'
import { ADA, call, withOwner } from '../support/users.ts'

const NEXT = 'Another-Horse-8'

t.test('changes of users and API tokens read nothing outside their scope', async (t) => {
  const { app, owner, create } = await withOwner(t)
  scopeChanges(app.authStore)
  const ada = (await create({ permissions: ['users.manage', 'tokens.manage'] })).json().user
  t.equal((await create()).statusCode, 409, 'a name that is taken')
  t.equal((await create({ username: 'admin' })).statusCode, 409, 'the owner’s name')
  const grace = (await create({ username: 'grace', permissions: ['tokens.manage'] })).json().user
  t.not(grace.id, ada.id)

  const { headers } = await openSession(app, ada.id, { confirmed: true })
  const changed = await call(app, owner, 'PATCH', `/api/users/${grace.id}`, {
    permissions: [],
    allowed_ips: '192.0.2.0/24'
  })
  t.match(changed.json().user, { permissions: [], allowed_ips: '192.0.2.0/24' })
  t.equal((await call(app, headers, 'PATCH', `/api/users/${grace.id}`, { display_name: 'Grace' })).statusCode, 200)

  const ownersToken = (await mint(app, owner)).json()
  const adasToken = (await mint(app, headers, { password: ADA.password })).json()
  t.equal((await rotate(app, owner, ownersToken.id)).statusCode, 200)
  t.equal((await rotate(app, headers, adasToken.id, { password: ADA.password })).statusCode, 200)
  t.equal((await revoke(app, headers, ownersToken.id)).statusCode, 404, 'another user’s token')
  t.equal((await revoke(app, owner, adasToken.id)).statusCode, 200)
  t.same(
    (await list(app, owner)).map(({ revoked }: { revoked: boolean }) => revoked),
    [false, false, true, false]
  )

  t.equal((await call(app, owner, 'DELETE', `/api/users/${ada.id}`)).statusCode, 200)
  t.same(
    (await list(app, owner)).map(({ revoked }: { revoked: boolean }) => revoked),
    [true, false, true, false]
  )
  t.equal((await call(app, owner, 'PUT' as 'PATCH', '/api/auth/profile', { display_name: 'Root' })).statusCode, 200)
  const next = { current_password: PASSWORD, new_password: NEXT }
  t.equal((await call(app, owner, 'POST', '/api/auth/change-password', next)).statusCode, 200)
  t.equal((await call(app, owner, 'POST', '/api/auth/disable', { password: NEXT })).statusCode, 200)
  t.equal(app.authStore.snapshot().mode, 'unconfigured')
})

t.test('codes and two-factor authentication read nothing outside their scope', async (t) => {
  const { app, time, headers, secret, backupCodes } = await beginWithSecondFactor(t)
  scopeChanges(app.authStore)
  const login = async (code: string) =>
    (await call(app, {}, 'POST', '/api/auth/login', { username: 'admin', password: PASSWORD, totp_code: code }))
      .statusCode
  const code = codeOf(secret, time.now)
  t.same([await login(code), await login(code)], [200, 401])
  t.same([await login(backupCodes[0]!), await login(backupCodes[0]!)], [200, 401])
  const setup = (await call(app, headers, 'POST', '/api/auth/totp/setup', { password: PASSWORD })).json()
  const token = codeOf(setup.secret, time.now)
  t.equal((await call(app, headers, 'POST', '/api/auth/totp/enable', { token })).statusCode, 200)
  t.equal((await call(app, headers, 'POST', '/api/auth/totp/disable', { password: PASSWORD })).statusCode, 200)
  t.equal(app.authStore.snapshot().owner?.totpSecret, null)
})

t.test('a change outside its scope is detected', async (t) => {
  const { app, create } = await withOwner(t)
  const { id } = (await create()).json().user
  scopeChanges(app.authStore)
  const isThere = () => app.authStore.change({}, (draft) => draft.users?.some((user) => user.id === id) === true)
  t.equal(await isThere(), false)
  const rename = app.authStore.change({}, (draft) => Object.assign(draft, { username: 'root' }))
  await t.rejects(rename, /out of scope/)
})
