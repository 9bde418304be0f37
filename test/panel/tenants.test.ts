import t from 'tap'
import { PASSWORD } from '../support/app.ts'
import { DOMAIN, logInConfirmed, panelMissing, startPanel, visit } from '../support/panel-app.ts'
import { passTime, until } from '../support/waiting.ts'

const OWNER = { username: 'admin', password: PASSWORD }

t.test('tenants of a panel', { skip: panelMissing }, async (t) => {
  const panel = await startPanel(t)
  const [app, other] = [await panel.openReplica(), await panel.openReplica()]
  const operator = visit(app)
  t.equal((await operator('POST', '/api/auth/setup', null, OWNER)).status, 200)
  const token = await logInConfirmed(app)

  /** Creates a tenant with an owner; resolves with the owner's confirmed token. */
  const create = async (slug: string): Promise<{ id: number; owner: string }> => {
    const created = await operator('POST', '/api/tenants', token, { slug, name: slug.toUpperCase() })
    t.equal(created.status, 201)
    const setup = await visit(other, slug)('POST', '/api/auth/setup', null, {
      ...OWNER,
      setup_code: created.body.setup_code
    })
    t.equal(setup.status, 200)
    return { id: created.body.tenant.id, owner: await logInConfirmed(app, slug) }
  }

  t.test('a new tenant is a first launch that requires its setup code, once', async (t) => {
    const { body, status } = await operator('POST', '/api/tenants', token, { slug: 'first', name: 'First' })
    t.equal(status, 201)
    t.match(body, {
      tenant: { slug: 'first', name: 'First', is_active: true },
      setup_url: `http://first.${DOMAIN}/`
    })
    t.equal((await operator('POST', '/api/tenants', token, { slug: 'first', name: 'x' })).status, 409)
    const call = visit(other, 'first')
    t.match((await call('GET', '/api/auth/status')).body, { configured: false, setup_code_required: true })
    t.match((await call('POST', '/api/auth/setup', null, OWNER)).body, { code: 'CREDENTIALS' })
    for (const url of ['/api/auth/skip', '/api/auth/decline'])
      t.equal((await call('POST', url, null, { setup_code: body.setup_code })).status, 404)
    const { id } = body.tenant
    const renewed = await operator('POST', `/api/tenants/${id}/setup-code`, token)
    const withCode = (code: string) => call('POST', '/api/auth/setup', null, { ...OWNER, setup_code: code })
    t.equal((await withCode(body.setup_code)).status, 401, 'the previous setup code is invalid')
    const tries = await Promise.all(Array.from({ length: 5 }, () => withCode(renewed.body.setup_code)))
    t.same(tries.map(({ status }) => status).toSorted(), [200, 403, 403, 403, 403])
    t.equal((await operator('POST', `/api/tenants/${id}/setup-code`, token)).status, 409)
    t.equal((await visit(app, 'first')('POST', '/api/auth/login', null, OWNER)).status, 200)
  })

  t.test('the status names the tenant', async (t) => {
    const { id } = await create('status')
    const panelOf = async (slug?: string) => (await visit(other, slug)('GET', '/api/auth/status')).body.panel
    t.same(await panelOf(), { domain: DOMAIN, tenant: null })
    t.same(await panelOf('status'), { domain: DOMAIN, tenant: { id, slug: 'status', name: 'STATUS' } })
  })

  t.test('a host name without a tenant is unknown on every path', async (t) => {
    for (const slug of ['nobody', 'a.b', '-x', 'x_y']) {
      for (const url of ['/', '/api/auth/status', '/api/auth/me', '/api/nothing', '/ws/live'])
        t.match((await visit(app, slug)('GET', url, token)).body, { code: 'TENANT_UNKNOWN' }, `${slug} ${url}`)
    }
    const foreign = await app.inject({ url: '/api/auth/status', headers: { host: 'evil.example' } })
    t.match(foreign.json(), { code: 'TENANT_UNKNOWN' })
    const navigate = (host: string, url = '/') => app.inject({ url, headers: { host, accept: 'text/html,*/*;q=0.8' } })
    const page = await navigate(`nobody.${DOMAIN}`)
    t.match(page, { statusCode: 404, headers: { 'content-type': /^text\/html/, 'cache-control': 'no-store' } })
    t.match(page.body, 'No tenant of this panel has this address')
    t.notMatch(page.body, /<script|nobody/)
    t.match(page.headers['content-security-policy'], "default-src 'none'")
    t.match((await navigate(`nobody.${DOMAIN}`, '/api/auth/status')).json(), { code: 'TENANT_UNKNOWN' })
    t.notMatch((await navigate(DOMAIN)).body, 'No tenant')
    t.equal((await app.inject({ url: '/api/auth/status', headers: { host: '192.0.2.7:8008' } })).statusCode, 200)
  })

  t.test('tokens, ids, names, lists and the audit index are separate for each tenant', async (t) => {
    const acme = await create('acme')
    const call = visit(app, 'acme')
    t.match((await call('GET', '/api/auth/me', acme.owner)).body, { user: { id: 1, username: 'admin' } })
    const claims = JSON.parse(Buffer.from(acme.owner.split('.')[1]!, 'base64url').toString())
    t.equal(claims.tenant_id, acme.id)

    for (const [name, visitor, sent] of [
      ['the operator’s token under a tenant', call, token],
      ['a tenant’s token under the operator', operator, acme.owner],
      ['a tenant’s token under another', visit(app, 'first'), acme.owner]
    ] as const)
      t.match((await visitor('GET', '/api/auth/me', sent)).body, { code: 'TOKEN_INVALID' }, name)

    const ada = { username: 'ada', password: PASSWORD, permissions: ['users.manage'] }
    t.equal((await call('POST', '/api/users', acme.owner, ada)).body.user.id, 2)
    t.equal((await operator('POST', '/api/users', token, ada)).body.user.id, 2, 'each tenant counts for itself')
    const names = async (visitor: typeof call, sent: string) =>
      (await visitor('GET', '/api/users', sent)).body.users.map(({ username }: { username: string }) => username)
    t.same(await names(call, acme.owner), ['admin', 'ada'])
    await call('DELETE', '/api/users/2', acme.owner)
    t.same(await names(operator, token), ['admin', 'ada'])

    const wish = { token_name: 'script', password: PASSWORD, scope: 'full_admin' }
    const minted = await call('POST', '/api/auth/generate-api-token', acme.owner, wish)
    t.match(minted, { status: 200 })
    t.equal((await call('GET', '/api/users', minted.body.token)).status, 200)
    t.match((await operator('GET', '/api/users', minted.body.token)).body, { code: 'TOKEN_INVALID' })
    t.match((await visit(other)('GET', '/api/users', minted.body.token)).body, { code: 'TOKEN_INVALID' })

    const events = (await call('GET', '/api/security/audit', acme.owner)).body.events
    t.ok(events.some(({ event }: { event: string }) => event === 'user_removed'))
    t.notOk(events.some(({ event }: { event: string }) => event === 'tenant_created'))
    const operators = (await operator('GET', '/api/security/audit', token)).body.events
    t.notOk(operators.some(({ event }: { event: string }) => event === 'user_removed'))

    for (let i = 0; i < 5; i++)
      await call('POST', '/api/auth/login', null, { username: 'admin', password: 'Wrong-Horse-7' })
    t.equal((await call('POST', '/api/auth/login', null, OWNER)).status, 423)
    t.equal((await operator('POST', '/api/auth/login', null, OWNER)).status, 200, 'a lockout too')
  })

  t.test('a suspended tenant is refused, and a removed tenant is unknown, from the next request on', async (t) => {
    const { id, owner } = await create('beta')
    const [here, there] = [visit(app, 'beta'), visit(other, 'beta')]
    for (const call of [here, there]) t.equal((await call('GET', '/api/auth/me', owner)).status, 200)
    t.equal((await operator('PATCH', `/api/tenants/${id}`, token, { is_active: false })).body.tenant.is_active, false)
    for (const call of [here, there]) {
      const replies = [
        await call('GET', '/api/auth/me', owner),
        await call('POST', '/api/auth/login', null, OWNER),
        await call('GET', '/api/auth/status')
      ]
      for (const { body } of replies) t.match(body, { code: 'ACCOUNT_DISABLED', message: 'account is disabled' })
    }
    await operator('PATCH', `/api/tenants/${id}`, token, { is_active: true })
    for (const call of [here, there]) t.equal((await call('GET', '/api/auth/me', owner)).status, 200)
    t.equal((await operator('DELETE', `/api/tenants/${id}`, token)).status, 200)
    for (const call of [here, there])
      t.match((await call('GET', '/api/auth/me', owner)).body, { code: 'TENANT_UNKNOWN' })
    t.equal((await operator('GET', `/api/tenants/${id}`, token)).status, 404)
    // A replica remembers for a second which id a slug has.
    for (const call of [here, there]) {
      const { body } = await operator('POST', '/api/tenants', token, { slug: 'beta', name: 'Beta' })
      await until(async () => (await call('GET', '/api/auth/status')).status === 200)
      await operator('DELETE', `/api/tenants/${body.tenant.id}`, token)
    }
    await passTime(1000)
    const { id: next } = await create('beta')
    t.not(next, id, 'an id is never reused')
    t.equal((await there('GET', '/api/auth/me', owner)).status, 401, 'nor does the last one’s token hold')
  })

  t.test('the list is paged by slug', async (t) => {
    const first = (await operator('GET', '/api/tenants?limit=1', token)).body
    t.equal(first.tenants.length, 1)
    const rest = (await operator('GET', `/api/tenants?after=${first.next_after}`, token)).body
    t.ok(rest.tenants.length > 0)
    t.equal(rest.next_after, null)
  })
})

t.test('without PostgreSQL the status gives only the tenant’s slug', { skip: panelMissing }, async (t) => {
  const panel = await startPanel(t)
  const app = await panel.openReplica()
  await visit(app)('POST', '/api/auth/setup', null, OWNER)
  const token = await logInConfirmed(app)
  await visit(app)('POST', '/api/tenants', token, { slug: 'acme', name: 'Acme' })
  const panelOf = async (slug: string) => (await visit(app, slug)('GET', '/api/auth/status')).body.panel
  t.match(await panelOf('acme'), { tenant: { slug: 'acme', name: 'Acme' } })
  process.kill(panel.postgresql.program.pid!, 'SIGQUIT')
  await until(async () => !panel.postgresql.program.isRunning())
  t.same(await panelOf('acme'), { domain: DOMAIN, tenant: { id: null, slug: 'acme', name: null } })
  t.same(await panelOf('other'), { domain: DOMAIN, tenant: { id: null, slug: 'other', name: null } })
  t.same(await panelOf(''), { domain: DOMAIN, tenant: null })
})
