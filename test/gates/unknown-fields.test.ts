import t from 'tap'
import { Type } from 'typebox'
import { ClosedObject } from '../../schemas/foundation/closed-object.ts'
import { bearer, build, setUp } from '../support/app.ts'

// Contract 2: on these routes unknown fields are dropped, on all others they are refused.
const documented = [
  // The Monitor's document.
  'POST /api/auth/setup',
  'POST /api/auth/skip',
  'POST /api/auth/decline',
  'POST /api/auth/login',
  'POST /api/auth/disable',
  'PUT /api/auth/profile',
  'POST /api/auth/profile/avatar',
  'DELETE /api/auth/profile/avatar',
  'POST /api/auth/generate-api-token',
  'DELETE /api/auth/api-tokens/:id',
  'POST /api/auth/totp/setup',
  'POST /api/auth/totp/enable',
  'POST /api/auth/totp/disable',
  'POST /api/ssl/configure',
  // The panel's.
  'POST /api/auth/refresh',
  'POST /api/auth/logout',
  'PUT /api/auth/password',
  'POST /api/auth/change-password',
  'POST /api/auth/2fa/setup',
  'POST /api/auth/2fa/verify',
  'POST /api/auth/2fa/disable'
]
/** The Monitor's own paths for the Secure Gateway. */
const ofGateway = [
  'GET /api/oci/catalog',
  'GET /api/oci/catalog/:app',
  'GET /api/oci/installed',
  'GET /api/oci/installed/:app',
  'GET /api/oci/installed/:app/logs',
  'GET /api/oci/installed/:app/update-check',
  'GET /api/oci/networks',
  'GET /api/oci/runtime',
  'GET /api/oci/status/:app',
  'GET /api/oci/storages',
  'POST /api/oci/deploy',
  'POST /api/oci/installed/:app/restart',
  'POST /api/oci/installed/:app/start',
  'POST /api/oci/installed/:app/stop',
  'POST /api/oci/installed/:app/update',
  'POST /api/oci/installed/:app/update-auth-key',
  'DELETE /api/oci/installed/:app'
]
/** Their query is written by the Monitor's own client, which adds parameters that mean nothing here. */
const queried = [
  'GET /api/logs',
  'GET /api/logs/counts',
  'GET /api/logs/download',
  'GET /api/node/metrics',
  'GET /api/processes',
  'GET /ws/terminal'
]

t.test('unknown fields are dropped on the Monitor’s and the panel’s routes and refused on our own', async (t) => {
  const dropping: string[] = []
  await build(
    t,
    {},
    {
      onRoute({ method, url, config }) {
        if (method !== 'HEAD' && config?.unknownFields === 'drop') dropping.push(`${method} ${url}`)
      }
    }
  )
  t.same(dropping.toSorted(), [...documented, ...ofGateway, ...queried].toSorted())
})

t.test('an unknown query parameter is refused on our own routes and dropped on the Monitor’s', async (t) => {
  const app = await build(t)
  const headers = bearer(await setUp(app))
  const refused = await app.inject({ url: '/api/security/audit?limmit=5', headers })
  t.match(refused.json(), { code: 'VALIDATION', message: 'querystring/limmit is not a field of this route' })
  t.equal((await app.inject({ url: '/api/processes?_=1', headers })).statusCode, 200)
})

t.test('a refusal names each unknown field once, before the missing fields', async (t) => {
  const app = await build(t)
  const headers = bearer(await setUp(app))
  const payload = { role: 'root', 'a/b': 1 }
  const reply = await app.inject({ method: 'POST', url: '/api/auth/confirm', headers, payload })
  t.match(reply.json(), { success: false, code: 'VALIDATION' })
  t.same(reply.json().details.slice(0, 2), [
    { path: 'body/role', message: 'is not a field of this route' },
    { path: 'body/a~1b', message: 'is not a field of this route' }
  ])
  t.equal(reply.json().details.filter(({ path }: { path: string }) => path === 'body/role').length, 1)
})

t.test('an unknown field is named, also on a route without a body', async (t) => {
  const app = await build(t)
  const headers = bearer(await setUp(app))
  const send = (method: 'POST' | 'PATCH', url: string, payload: object) => app.inject({ method, url, headers, payload })
  const nested = await send('PATCH', '/api/health/thresholds', { memory: { warning: 80, colour: 'red' } })
  t.equal(nested.json().message, 'body/memory/colour is not a field of this route')
  const bodiless = await send('POST', '/api/live/ticket', { x: 1 })
  t.match(bodiless.json(), { code: 'VALIDATION', message: 'body/x is not a field of this route' })
  t.equal((await send('POST', '/api/live/ticket', {})).statusCode, 200)
})

for (const [name, body] of [
  ['open', Type.Object({ a: Type.String() })],
  ['open further in', ClosedObject({ list: Type.Array(Type.Object({ a: Type.String() })) })],
  ['open where it may be null', ClosedObject({ a: Type.Union([Type.Object({}), Type.Null()]) })]
] as const) {
  t.test(`a route whose body is ${name} stops the boot`, async (t) => {
    const app = await build(t)
    const add = () => app.post(`/api/${name}`, { config: { access: 'open' }, schema: { body } }, async () => ({}))
    t.throws(add, /schema is open at/)
  })
}
