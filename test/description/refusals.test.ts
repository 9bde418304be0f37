import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { onRouteHookHandler } from 'fastify'
import t, { type Test } from 'tap'
import { plant } from '../host/tree.ts'
import { type App, build, setUp, temporaryFolder } from '../support/app.ts'
import { operationsOf, readDescription, withoutReferences } from '../support/description.ts'
import { openSession } from '../support/sessions.ts'

// Each route is called into each refusal that the gates, the parser, the store and its handler have. The description must
// have every status that occurs (build() compares each answer), and no status that does not.

const description = await withoutReferences(readDescription())
type Described = ReturnType<typeof operationsOf>[number]
const operations = operationsOf(description)

/** Sent by the HTTP server before a request has a route: test/attack/sockets.test.ts. */
const ofServer = ['408', '431']
/** Of a panel with tenants: test/panel/described-tenants.test.ts. */
const ofPanels = ['404']

const PASSWORD = 'Another-Horse-9'
const ADDRESS = '198.51.100.7'
const json = { 'content-type': 'application/json' }
type Headers = Record<string, string>
interface Sent {
  headers?: Headers
  payload?: string | Buffer
  query?: string
  remoteAddress?: string
  /** In place of the parameters of the path. */
  id?: string
}

const urlOf = ({ path }: Described, id = '99', query = '') => path.replaceAll(/\{\w+\}/g, id) + query
/** A body that fits the schema. */
const goodBody = ({ operation }: Described): string =>
  JSON.stringify(operation.requestBody?.content['application/json']?.example ?? {})

const seen = new Map<string, Set<string>>()

async function call(app: App, described: Described, { id, query, ...sent }: Sent = {}): Promise<number> {
  const { statusCode } = await app.inject({
    method: described.method as 'GET',
    url: urlOf(described, id, query),
    ...sent
  })
  const statuses = seen.get(described.name) ?? new Set()
  seen.set(described.name, statuses.add(String(statusCode)))
  return statusCode
}

const callEach = async (app: App, headers: Headers, make: (described: Described) => Sent | null) => {
  for (const described of operations) {
    const sent = make(described)
    if (sent) await call(app, described, { ...sent, headers: { ...headers, ...sent.headers } })
  }
}

const isFirstLaunch = ({ path }: Described) => /^\/api\/auth\/(setup|skip|decline)$/.test(path)
const takesBody = ({ method }: Described) => method !== 'GET'
const withBody = (described: Described): Sent =>
  takesBody(described) ? { headers: json, payload: goodBody(described) } : {}

/** An owner, and a confirmed session of theirs that stays alive whatever is called. */
async function withOwner(t: Test, options: Parameters<typeof build>[1] = {}, more: Parameters<typeof build>[2] = {}) {
  const app = await build(t, options, more)
  await setUp(app, 'admin', PASSWORD)
  const session = async () => (await openSession(app, 1, { confirmed: true })).headers
  return { app, session }
}

t.test('gates: a ban, an unknown host name, plain HTTP, a limit', async (t) => {
  const { app } = await withOwner(t)
  app.banGate.replace([ADDRESS])
  await callEach(app, {}, () => ({ remoteAddress: ADDRESS }))
  app.banGate.replace([])
  await callEach(app, { host: 'no host' }, () => ({}))
  Object.assign(app.tlsListener, { isOn: () => true })
  await callEach(app, {}, () => ({}))
  const limited = await build(t, { rateLimit: 1 })
  for (let i = 0; i < 2; i++) await callEach(limited, {}, () => ({}))
})

t.test('no token, no account, no confirmation', async (t) => {
  const { app } = await withOwner(t)
  await callEach(app, {}, withBody)
  await callEach(app, (await openSession(app)).headers, (described) =>
    takesBody(described) ? withBody(described) : null
  )
  const declined = await build(t)
  await declined.inject({ method: 'POST', url: '/api/auth/skip' })
  await callEach(declined, {}, (described) => (isFirstLaunch(described) ? null : withBody(described)))
  const unconfigured = await build(t, { setupCode: 'a-code-of-the-operator' })
  await callEach(unconfigured, {}, withBody)
})

t.test('bodies that are too large, of another type, or no JSON', async (t) => {
  const { app, session } = await withOwner(t, {}, { fastify: { bodyLimit: 64 * 1024 } })
  const unconfigured = await build(t, {}, { fastify: { bodyLimit: 64 * 1024 } })
  const bodies: Sent[] = [
    { headers: json, payload: Buffer.alloc(5_000_000, 'x') },
    // The avatar takes images only.
    { headers: { 'content-type': 'image/png' }, payload: Buffer.alloc(5_000_000, 'x') },
    { headers: { 'content-type': 'application/xml' }, payload: '<a/>' },
    { headers: json, payload: '{' }
  ]
  for (const body of bodies) {
    for (const described of operations.filter(takesBody)) {
      await call(app, described, { ...body, headers: { ...(await session()), ...body.headers } })
      await call(unconfigured, described, body)
    }
  }
})

/** A body that fits, with a wrong password and a wrong code. */
function wrongBody(described: Described): string {
  const wrong = { password: 'wrong', current_password: 'wrong', old_password: 'wrong', totp_code: '000000' }
  const fields = described.operation.requestBody!.content['application/json']!.schema.properties!
  const known = Object.entries(wrong).filter(([name]) => name in fields)
  return JSON.stringify({ ...JSON.parse(goodBody(described)), ...Object.fromEntries(known) })
}

t.test('a lockout, with and without a second factor', async (t) => {
  const { app, session } = await withOwner(t)
  const headers = { ...(await session()), ...json }
  const wish = { token_name: 'Home Assistant', password: PASSWORD }
  const { id } = (
    await app.inject({ method: 'POST', url: '/api/auth/generate-api-token', headers, payload: wish })
  ).json()
  const lockable = operations.filter(({ operation }) => '423' in operation.responses)
  for (const isOn of [false, true]) {
    await app.authStore.update((draft) => {
      Object.assign(draft, { totp_enabled: isOn, totp_secret: isOn ? 'JBSWY3DPEHPK3PXP' : null })
    })
    for (let i = 0; i < 20; i++)
      await app.inject({ method: 'POST', url: '/api/auth/login', payload: { username: 'admin', password: 'wrong' } })
    for (const described of lockable)
      await call(app, described, { id, headers: { ...(await session()), ...json }, payload: wrongBody(described) })
  }
  await app.authStore.update((draft) => {
    draft.enabled = false
  })
  for (const described of lockable.filter(({ path }) => path === '/api/auth/enable'))
    await call(app, described, { headers: json, payload: wrongBody(described) })
})

t.test('an internal error, and a store that cannot be read', async (t) => {
  const breaking: onRouteHookHandler = (route) => {
    // After the gates.
    const fail = async ({ headers }: { headers: object }) => {
      if ('x-broken' in headers) throw new Error('broken for this test')
    }
    route.onRequest = [[route.onRequest ?? []].flat(), fail].flat()
  }
  const options = { onRoute: breaking }
  const { app, session } = await withOwner(t, {}, options)
  await callEach(app, { ...(await session()), 'x-broken': 'yes' }, () => ({}))
  await callEach(await build(t, {}, options), { 'x-broken': 'yes' }, () => ({}))
  const folder = await temporaryFolder(t)
  await writeFile(join(folder, 'auth.json'), '{ "enabled": tru')
  await callEach(await build(t, {}, { folder }), { authorization: 'Bearer a.b.c' }, withBody)
})

t.test('conflicts of handlers without an account', async (t) => {
  const { app, session } = await withOwner(t)
  const find = (id: string) => operations.find(({ operation }) => operation.operationId === id)!
  const { checks } = (await app.inject({ url: '/api/health/full', headers: await session() })).json()
  const healthy = checks.find(({ status }: { status: string }) => status === 'healthy')
  const payload = JSON.stringify({ check: healthy.check, duration: 3600 })
  t.equal(await call(app, find('acknowledgeHealth'), { headers: { ...(await session()), ...json }, payload }), 409)
  // Everything of the gateway: this host has no Proxmox VE.
  await callEach(app, await session(), (described) =>
    /^\/api\/(gateway|oci)/.test(described.path) ? withBody(described) : null
  )
  // A virtual disk has no self-tests.
  const folder = await temporaryFolder(t)
  plant(folder, {
    'sys/block/vda/dev': '252:0\n',
    'sys/block/vda/size': '16777216\n',
    'sys/block/vda/device/vendor': 'QEMU\n',
    'proc/diskstats': ' 252 0 vda 1 0 1 5 2 0 1 5 0 0 9\n',
    'proc/self/mountinfo': ''
  })
  const folders = { procDir: join(folder, 'proc'), sysDir: join(folder, 'sys') }
  const host = await withOwner(t, {}, { storage: folders })
  const test = { id: 'vda', headers: { ...(await host.session()), ...json }, payload: '{"type":"short"}' }
  t.equal(await call(host.app, find('startSelfTest'), test), 409)
  // A user keeps a name that the next owner wants.
  const user = JSON.stringify({ username: 'ada', password: PASSWORD })
  await call(app, find('createUser'), { headers: { ...(await session()), ...json }, payload: user })
  const disabling = JSON.stringify({ password: PASSWORD })
  t.equal(
    await call(app, find('disableProtection'), { headers: { ...(await session()), ...json }, payload: disabling }),
    200
  )
  t.equal(await call(app, find('setupOwner'), { headers: json, payload: user }), 409)
})

t.test('every described refusal has occurred', async (t) => {
  for (const { name, operation } of operations) {
    const described = Object.keys(operation.responses).filter((status) => Number(status) >= 400)
    const exempt = [...ofServer, ...ofPanels]
    t.same(
      described.filter(
        (status) => !exempt.includes(status) && !ofPanels.includes(`${status} ${name}`) && !seen.get(name)?.has(status)
      ),
      [],
      name
    )
  }
})

t.test('an operation without a token says so', async (t) => {
  const app = await build(t)
  await setUp(app, 'admin', PASSWORD)
  for (const described of operations) {
    const needsToken = described.operation.security.some((each) => 'bearer' in each)
    const isOptional = described.operation.security.some((each) => Object.keys(each).length === 0)
    const { statusCode, body } = await app.inject({ method: described.method as 'GET', url: urlOf(described) })
    const isMissing = statusCode === 401 && JSON.parse(body).code === 'TOKEN_MISSING'
    t.equal(isMissing, needsToken && !isOptional, described.name)
  }
})
