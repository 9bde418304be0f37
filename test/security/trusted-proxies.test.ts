import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { type App, bearer, build, setUp, temporaryFolder } from '../support/app.ts'
import { openSession } from '../support/sessions.ts'
import { mintApiToken } from '../support/tokens.ts'

const url = '/api/security/trusted-proxies'

async function confirmedOwner(t: Test, options: Parameters<typeof build>[2] = {}) {
  const folder = options?.folder ?? (await temporaryFolder(t))
  const app = await build(t, {}, { ...options, folder })
  await setUp(app)
  await app.ready()
  return { app, folder, headers: (await openSession(app, 1, { confirmed: true })).headers }
}
const put = (app: App, headers: object, proxies: unknown, more: object = {}) =>
  app.inject({ method: 'PUT', url, headers: { ...headers }, payload: { proxies, ...more } })
/** The address the daemon takes a forwarded request for. */
async function seenVia(app: App, peer: string): Promise<string> {
  const { headers } = await openSession(app)
  const remote = { remoteAddress: peer, headers: { ...headers, 'x-forwarded-for': '198.51.100.7' } }
  return (await app.inject({ url: '/api/security/connection', ...remote })).json().client_address
}

t.test('a list replaces the previous one, applies from the next request on, and survives a restart', async (t) => {
  const { app, folder, headers } = await confirmedOwner(t)
  t.equal(await seenVia(app, '192.168.1.5'), '192.168.1.5')
  const reply = await put(app, headers, [
    '192.168.1.5',
    ' 10.1.2.3/8 ',
    '2001:DB8::1/128',
    '192.168.1.5/32',
    'Loopback'
  ])
  t.same(reply.json(), {
    success: true,
    configured: ['loopback'],
    added: ['192.168.1.5', '10.0.0.0/8', '2001:db8::1', 'loopback']
  })
  t.equal(await seenVia(app, '192.168.1.5'), '198.51.100.7')
  t.same((await app.inject({ url, headers })).json(), reply.json())
  await put(app, headers, ['10.0.0.0/8'])
  t.equal(await seenVia(app, '192.168.1.5'), '192.168.1.5')
  await app.close()

  const again = await build(t, {}, { folder })
  await again.ready()
  t.equal(await seenVia(again, '10.9.9.9'), '198.51.100.7')
  const log = await readFile(join(folder, 'auth.log'), 'utf8')
  t.match(
    log,
    /WARNING proxmenux\.auth: trusted proxies changed; rhost=127\.0\.0\.1 user=admin target=10\.0\.0\.0\/8\n/
  )
})

t.test('a list that trusts every host is refused, and so is an invalid entry', async (t) => {
  const { app, headers } = await confirmedOwner(t)
  for (const wide of ['0.0.0.0/0', '::/0', '1.2.3.4/0', '::ffff:0.0.0.0/0', '0.0.0.0/1', '2000::/3']) {
    const reply = await put(app, headers, ['192.168.1.5', wide])
    t.match(reply.json(), { code: 'VALIDATION', message: /too wide: every host/ }, wide)
  }
  for (const bad of ['', 'nginx', '10.0.0.0/33', '::1/129', '1.2.3.4:80', '010.0.0.1', '10.0.0.1/', '*'])
    t.match((await put(app, headers, [bad])).json(), { code: 'VALIDATION', message: /is not an IP address/ }, bad)
  for (const bad of ['192.168.1.5', null, [7], ['1'.repeat(65)], Array.from({ length: 65 }, (_, i) => `10.0.0.${i}`)])
    t.equal((await put(app, headers, bad)).json().code, 'VALIDATION')
  t.same((await app.inject({ url, headers })).json().added, [])
})

t.test('without a confirmation in time the list is reverted', async (t) => {
  let now = Date.now()
  const { app, folder, headers } = await confirmedOwner(t, { now: () => now })
  await put(app, headers, ['192.168.1.5'])
  t.equal((await put(app, headers, ['192.168.1.6'], { confirm_within: 60 })).statusCode, 200)
  const pending = await app.inject({ url: '/api/security/confirm-change', headers })
  t.match(pending.json().pending, { setting: 'trusted_proxies', seconds_left: 60 })
  t.equal((await put(app, headers, [])).json().code, 'CONFLICT', 'another tab waits')
  await app.close()
  now += 61_000
  const again = await build(t, {}, { folder, now: () => now })
  await again.ready()
  t.same(again.trustedProxies.read(), ['192.168.1.5'])
})

t.test('a confirmation keeps the list, with the client’s new address too', async (t) => {
  const { app, headers } = await confirmedOwner(t)
  await put(app, headers, ['192.168.1.5'], { confirm_within: 60 })
  const confirm = { method: 'POST', url: '/api/security/confirm-change', remoteAddress: '192.168.1.5' } as const
  const reply = await app.inject({ ...confirm, headers: { ...headers, 'x-forwarded-for': '198.51.100.7' } })
  t.equal(reply.statusCode, 200)
  t.same(app.trustedProxies.read(), ['192.168.1.5'])
})

t.test('concurrent changes from two tabs leave one of the two lists, whole', async (t) => {
  const { app, headers } = await confirmedOwner(t)
  const lists = [
    ['192.168.1.5', '192.168.1.6'],
    ['10.0.0.0/8', '192.168.1.6']
  ]
  const replies = await Promise.all([...lists, ...lists].map((list) => put(app, headers, list)))
  t.same([...new Set(replies.map(({ statusCode }) => statusCode))], [200])
  t.ok(lists.some((list) => JSON.stringify(list) === JSON.stringify(app.trustedProxies.read())))
  const guarded = await Promise.all(lists.map((list) => put(app, headers, list, { confirm_within: 60 })))
  t.same(guarded.map(({ statusCode }) => statusCode).toSorted(), [200, 409])
})

t.test('a change requires the permission, a session, an account and the password again', async (t) => {
  const { app } = await confirmedOwner(t)
  const { headers } = await openSession(app)
  t.equal((await put(app, headers, [])).json().code, 'STEP_UP_REQUIRED')
  t.equal((await put(app, bearer(mintApiToken(app, { scope: 'full_admin' })), [])).json().code, 'SCOPE')
  await app.authStore.update((draft) => Object.assign(draft, { enabled: false }))
  t.equal((await put(app, {}, [])).json().code, 'NO_ACCOUNT')
})

t.test('an unreadable or unwritable settings.json is reported, and the list does not change', async (t) => {
  const { app, folder, headers } = await confirmedOwner(t)
  const file = join(folder, 'settings.json')
  await put(app, headers, ['192.168.1.5'])
  await writeFile(file, '{"trusted_proxies": ["192.168.1.5"')
  const broken = await put(app, headers, ['192.168.1.6'], { confirm_within: 60 })
  t.equal(broken.statusCode, 503)
  t.match(broken.json(), { code: 'BUSY', message: /^settings\.json cannot be read/ })
  t.ok(broken.headers['retry-after'])
  t.equal(await seenVia(app, '192.168.1.5'), '198.51.100.7', 'the last valid list stays in force')

  // Root may write anywhere, so the file's place is taken by a folder, which no file can be renamed over.
  await rm(file)
  await mkdir(join(file, 'in-the-way'), { recursive: true })
  const unwritable = await put(app, headers, ['192.168.1.6'])
  t.equal(unwritable.statusCode, 503)
  t.equal(unwritable.json().code, 'BUSY')
  await rm(file, { recursive: true })
  await writeFile(file, '{}')
  await chmod(file, 0o600)
  t.equal((await put(app, headers, ['192.168.1.6'])).statusCode, 200)
})
