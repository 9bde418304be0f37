import { randomBytes, randomUUID } from 'node:crypto'
import t, { type Test } from 'tap'
import { buildApp } from '../../app.ts'
import { bearer, configIn, PASSWORD, temporaryFolder } from '../support/app.ts'
import { postgresqlMissing, startPostgresql } from '../support/postgresql.ts'
import { redisMissing, startRedis } from '../support/redis.ts'
import { ADA } from '../support/users.ts'

type PanelApp = Awaited<ReturnType<typeof buildApp>>
type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

const login = async (app: PanelApp, username: string, password: string) =>
  app.inject({ method: 'POST', url: '/api/auth/login', payload: { username, password } })

/** Calls as a user, and the answer's code; its status if it has none. */
const callAs = (token: string) => async (app: PanelApp, method: Method, url: string, payload?: object) => {
  const reply = await app.inject({ method, url, headers: bearer(token), ...(payload && { payload }) })
  return { code: reply.json().code ?? reply.statusCode, body: reply.json() }
}

t.test('resellers of a panel', { skip: postgresqlMissing || redisMissing }, async (t) => {
  const [postgresql, redis] = await Promise.all([startPostgresql(t), startRedis(t)])
  const panel = {
    databaseUrl: await postgresql.createDatabase(),
    redisUrl: redis.url(0),
    encryptionKey: randomBytes(32).toString('base64')
  }
  const openReplica = async (t: Test): Promise<PanelApp> => {
    const folder = await temporaryFolder(t)
    const config = configIn(folder, { ...panel, rateLimit: 1e6, rateLimitLogin: 1e6 })
    const app = await buildApp({ config, version: '0.0.0', hostDir: folder })
    t.teardown(() => app.close())
    await app.ready()
    return app
  }
  const [a, b] = [await openReplica(t), await openReplica(t)]
  const setup = { username: 'admin', password: PASSWORD }
  const owner = callAs((await a.inject({ method: 'POST', url: '/api/auth/setup', payload: setup })).json().token)
  t.equal((await owner(a, 'POST', '/api/auth/confirm', { password: PASSWORD })).code, 200)

  const acme = await owner(a, 'POST', '/api/resellers', { name: 'Acme', balance: 245.5 })
  t.same(acme.body, { success: true, reseller: { id: 1, name: 'Acme', balance: 245.5, is_active: true } })
  t.equal((await owner(b, 'POST', '/api/resellers', { name: 'Bolt' })).body.reseller.id, 2)
  t.equal((await owner(a, 'POST', '/api/resellers', { name: 'Bolt' })).code, 'CONFLICT')
  const permissions = ['users.manage', 'system.view', 'tokens.manage']
  t.equal((await owner(a, 'POST', '/api/users', { ...ADA, reseller_id: 1, permissions })).code, 201)
  t.equal((await owner(a, 'POST', '/api/users', { ...ADA, username: 'bob', reseller_id: 2 })).code, 201)
  t.equal((await owner(a, 'POST', '/api/users', { ...ADA, username: 'eve', reseller_id: 9 })).code, 'VALIDATION')

  const session = (await login(b, 'ada', ADA.password)).json()
  t.match(session.user, { reseller_id: 1, reseller: { id: 1, name: 'Acme', balance: 245.5 } })
  const ada = callAs(session.token)
  t.equal((await ada(b, 'POST', '/api/auth/confirm', { password: ADA.password })).code, 200)

  t.test('a user of a reseller sees and manages only users of that reseller, on every replica', async (t) => {
    const made = await ada(b, 'POST', '/api/users', { ...ADA, username: 'carl' })
    t.match(made.body.user, { id: 4, reseller_id: 1 })
    for (const app of [a, b]) {
      const { users } = (await ada(app, 'GET', '/api/users')).body
      t.same(
        users.map((user: { username: string }) => user.username),
        ['ada', 'carl']
      )
      t.equal((await ada(app, 'GET', '/api/users/3')).code, 'NOT_FOUND')
      t.equal((await ada(app, 'PATCH', '/api/users/3', { display_name: 'x' })).code, 'NOT_FOUND')
      t.equal((await ada(app, 'PATCH', '/api/users/4', { reseller_id: 2 })).code, 'PERMISSION')
      t.equal((await ada(app, 'GET', '/api/resellers')).code, 'PERMISSION')
    }
  })

  t.test('a suspension on one replica takes effect on the next request to the other', async (t) => {
    const wish = { password: ADA.password, token_name: randomUUID() }
    const { token } = (await ada(a, 'POST', '/api/auth/generate-api-token', wish)).body
    const integration = callAs(token)
    const bob = callAs((await login(a, 'bob', ADA.password)).json().token)
    for (const app of [a, b]) {
      t.match((await ada(app, 'GET', '/api/auth/me')).body.user, { reseller: { balance: 245.5 } })
      t.equal((await integration(app, 'GET', '/api/system')).code, 200)
      t.equal((await bob(app, 'GET', '/api/auth/me')).code, 200)
    }
    t.equal((await owner(a, 'PATCH', '/api/resellers/1', { balance: 0.1 })).code, 200)
    t.equal((await ada(b, 'GET', '/api/auth/me')).body.user.reseller.balance, 0.1)

    t.equal((await owner(a, 'PATCH', '/api/resellers/1', { is_active: false })).code, 200)
    for (const app of [b, a]) {
      t.equal((await ada(app, 'GET', '/api/auth/me')).code, 'TOKEN_INVALID')
      t.equal((await integration(app, 'GET', '/api/system')).code, 'TOKEN_INVALID')
      t.equal((await login(app, 'ada', ADA.password)).json().code, 'ACCOUNT_DISABLED')
      t.equal((await bob(app, 'GET', '/api/auth/me')).code, 200)
    }
    t.equal((await owner(b, 'PATCH', '/api/resellers/1', { is_active: true })).code, 200)
    for (const app of [a, b]) {
      t.equal((await integration(app, 'GET', '/api/system')).code, 200)
      t.equal((await ada(app, 'GET', '/api/auth/me')).code, 'TOKEN_INVALID', 'sessions do not come back')
    }
  })

  t.test('a reseller with users cannot be removed, and ids are never reused', async (t) => {
    t.equal((await owner(a, 'DELETE', '/api/resellers/2')).code, 'CONFLICT')
    t.equal((await owner(b, 'PATCH', '/api/users/3', { reseller_id: 0 })).code, 200)
    t.equal((await owner(a, 'DELETE', '/api/resellers/2')).code, 200)
    t.equal((await owner(b, 'GET', '/api/resellers/2')).code, 'NOT_FOUND')
    t.equal((await owner(b, 'DELETE', '/api/resellers/9999999999')).code, 'NOT_FOUND')
    t.equal((await owner(b, 'POST', '/api/resellers', { name: 'Bolt' })).body.reseller.id, 3)
  })
})
