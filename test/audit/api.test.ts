import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { auditEvents } from '../../lib/audit/events.ts'
import { type App, bearer, build, PASSWORD, setUp, temporaryFolder } from '../support/app.ts'
import { tamper } from '../support/audit.ts'
import { openSession } from '../support/sessions.ts'
import { mintApiToken } from '../support/tokens.ts'
import { call, login, withOwner } from '../support/users.ts'
import { until } from '../support/waiting.ts'

interface Event {
  id: number
  event: string
  user: string
  target: string | null
}

/** Events of the index, the newest first. */
async function list(app: App, headers: Record<string, string>, query: Record<string, string | number> = {}) {
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)])
  )
  const reply = await app.inject({ url: `/api/security/audit?${search}`, headers })
  return {
    status: reply.statusCode,
    body: reply.json() as { events: Event[]; next_before: number | null; message: string }
  }
}
const names = ({ body }: Awaited<ReturnType<typeof list>>) => body.events.map(({ event }) => event)

t.test('events are listed, newest first', async (t) => {
  const { app, owner } = await withOwner(t)
  await app.inject({
    method: 'POST',
    url: '/api/auth/login',
    payload: { username: 'ada b', password: 'wrong' },
    headers: { 'x-forwarded-for': '2001:DB8::0:7' }
  })
  const { status, body } = await list(app, owner)
  t.equal(status, 200)
  t.match(body.events[0], {
    id: 2,
    time: /^\d{4}-\d\d-\d\dT[\d:.]+Z$/,
    level: 'WARNING',
    event: 'login_failed',
    message: /^authentication failure$/,
    ip: '2001:db8::7',
    user: 'ada\\u{20}b',
    target: null
  })
  t.match(body, { success: true, events: [{}, { event: 'owner_created', user: 'admin' }], next_before: null })
})

t.test('pages follow one another without gaps, and each filter returns only its matches', async (t) => {
  const { app, owner } = await withOwner(t)
  for (let i = 0; i < 250; i++) app.auditLog.loginFailed({ address: `203.0.113.${i % 5}`, user: `u${i % 3}` })
  t.equal((await list(app, owner)).body.events.length, 100)
  t.equal((await list(app, owner, { limit: 1000 })).body.events.length, 251)

  const seen: number[] = []
  let before: number | null = 1e9
  while (before !== null) {
    const { body } = await list(app, owner, { limit: 50, before })
    seen.push(...body.events.map(({ id }) => id))
    before = body.next_before
  }
  t.same(
    seen,
    Array.from({ length: 251 }, (_, i) => 251 - i)
  )
  const last = await list(app, owner, { limit: 251 })
  t.equal(last.body.next_before, null, 'a last page that is full says so')

  t.same(names(await list(app, owner, { event: 'owner_created' })), ['owner_created'])
  t.equal((await list(app, owner, { user: 'u1', limit: 500 })).body.events.length, 83)
  t.equal((await list(app, owner, { ip: '203.0.113.4', limit: 500 })).body.events.length, 50)
  t.equal((await list(app, owner, { ip: '::FFFF:203.0.113.4', limit: 500 })).body.events.length, 50)
  t.equal((await list(app, owner, { user: 'u1', ip: '203.0.113.4', limit: 500 })).body.events.length, 17)
  t.equal((await list(app, owner, { before: '2001-01-01' })).body.events.length, 0)
  t.equal((await list(app, owner, { before: '2999-01-01T00:00Z', limit: 500 })).body.events.length, 251)
})

t.test('an invalid query is refused with the reason', async (t) => {
  const { app, owner } = await withOwner(t)
  const bad: [string, RegExp][] = [
    ['limit=0', /limit/],
    ['limit=1001', /limit/],
    ['limit=99999999999999999999', /limit/],
    ['limit=ten', /limit/],
    ['limit=1.5', /limit/],
    ['limit=1&limit=2', /limit/],
    ['before=yesterday', /before must be the id of an event or a time/],
    ['before=', /before must be/],
    ['before=-1', /before must be/],
    ['before=2026-13-01', /before must be/],
    ['before=2026-04-24T14:32:11', /before must be/],
    ['before=99999999999999999', /before must be/],
    [`before=${'1'.repeat(41)}`, /before/],
    ['event=login_fialed', /event must be one of login_failed, login_succeeded, /],
    ['event=', /event must be one of/],
    ['event=constructor', /event must be one of/],
    ['ip=', /ip must be an/],
    ['ip=203.0.113.0/24', /ip must be an/],
    ["ip=' OR 1=1", /ip must be an/],
    [`user=${'x'.repeat(2049)}`, /user/]
  ]
  for (const [query, message] of bad) {
    const reply = await app.inject({ url: `/api/security/audit?${query}`, headers: owner })
    t.match(reply.json(), { success: false, code: 'VALIDATION' }, query)
    t.match(`${reply.json().message} ${JSON.stringify(reply.json().details ?? '')}`, message, query)
  }
})

t.test('a user name is found both as it was typed and as it is shown', async (t) => {
  const { app, owner } = await withOwner(t)
  const typed = ["x' OR 1=1 --", 'x" user="y', 'a b=c\n', '-', ' ', '%', '\\', '\ud800', 'José', 'y'.repeat(200)]
  for (const user of typed) app.auditLog.loginFailed({ address: '::1', user })
  for (const [i, user] of typed.entries()) {
    // A lone surrogate has no spelling in a URL.
    if (user === '\ud800') continue
    const found = await list(app, owner, { user })
    t.same(
      found.body.events.map(({ id }) => id),
      [i + 2],
      JSON.stringify(user)
    )
    t.same((await list(app, owner, { user: found.body.events[0]!.user })).body.events, found.body.events, 'as shown')
  }
})

t.test('the events require security.view and refuse read_only tokens', async (t) => {
  const { app, create } = await withOwner(t)
  await create({ permissions: ['security.view'] })
  await create({ username: 'eve', permissions: ['system.view', 'logs.view', 'security.manage'] })
  t.equal((await list(app, (await openSession(app, 2)).headers)).status, 200)
  t.equal((await list(app, (await openSession(app, 3)).headers)).status, 403)
  t.equal((await list(app, bearer(mintApiToken(app, { scope: 'read_only' })))).status, 403)
  t.equal((await list(app, bearer(mintApiToken(app, { scope: 'full_admin' })))).status, 200)
})

t.test('sessions ended by a new password, a reset of two-factor authentication or a removal are logged', async (t) => {
  const { app, owner, create } = await withOwner(t)
  await create()
  const told = async () => names(await list(app, owner, { limit: 2 }))
  const change = (payload: object) => call(app, owner, 'PATCH', '/api/users/2', payload)

  await change({ display_name: 'Ada' })
  t.same(await told(), ['user_changed', 'user_created'])
  await openSession(app, 2)
  await change({ password: 'Bright-Lantern-4' })
  t.same(await told(), ['user_sessions_ended', 'user_changed'])
  await change({ is_active: false })
  t.same((await told())[0], 'user_changed', 'there was no session')
  await change({ is_active: true })
  await openSession(app, 2)
  await call(app, owner, 'DELETE', '/api/users/2')
  t.same(await told(), ['user_sessions_ended', 'user_removed'])

  await app.sessions.endAll(1)
  const { headers } = await openSession(app)
  await openSession(app)
  const next = 'Correct-Horse-8'
  await app.inject({
    method: 'PUT',
    url: '/api/auth/password',
    headers,
    payload: { current_password: PASSWORD, new_password: next }
  })
  t.same(names(await list(app, headers, { limit: 2 })), ['sessions_ended', 'password_changed'])
})

t.test('a second factor that another user resets is logged as off, one that was off is not', async (t) => {
  const { app, owner, create } = await withOwner(t)
  await create()
  const reset = () => call(app, owner, 'PATCH', '/api/users/2', { totp_enabled: false })
  const told = () => list(app, owner, { event: 'second_factor_disabled' })
  t.equal((await reset()).statusCode, 200)
  t.same(names(await told()), [])
  await app.authStore.update((draft) => {
    Object.assign(draft.users![0]!, { totp_enabled: true, totp_secret: 'JBSWY3DPEHPK3PXP' })
  })
  t.equal((await reset()).statusCode, 200)
  t.match((await told()).body.events, [{ event: 'second_factor_disabled', user: 'admin', target: 'ada' }])
})

t.test('JSON lines are written beside the log, one per event', async (t) => {
  const folder = await temporaryFolder(t)
  const auditJson = join(folder, 'audit.json')
  const app = await build(t, { auditJson }, { folder })
  await setUp(app)
  await login(app, 'a "b"\n\u2028\u202e', 'wrong')
  await app.close()
  const lines = readFileSync(auditJson, 'utf8')
    .trimEnd()
    .split(/[\n\r\u2028\u2029]/)
  t.match(
    lines.map((line) => JSON.parse(line)),
    [
      { event: 'owner_created', message: 'first-launch setup', user: 'admin', target: null },
      {
        time: /^\d{4}-\d\d-\d\dT[\d:.]+Z$/,
        level: 'WARNING',
        event: 'login_failed',
        message: 'authentication failure',
        ip: '127.0.0.1',
        user: 'a\\u{20}\\u{22}b\\u{22}\\u{a}\\u{2028}\\u{202e}',
        target: null
      }
    ]
  )
})

t.test('health names the log that cannot be written, and no login waits for it', async (t) => {
  const folder = await temporaryFolder(t)
  const app = await build(t, { auditJson: join(folder, 'no-folder/audit.json') }, { folder })
  const token = await setUp(app)
  const health = async () => (await app.inject('/api/system-info')).json().health
  t.match(await health(), { status: /warning|critical/, summary: /Audit JSON log cannot be written/ })
  t.notMatch((await health()).summary, /index/)

  mkdirSync(join(folder, 'no-folder'))
  await until(async () => !/Audit/.test((await health()).summary))
  t.ok(existsSync(join(folder, 'no-folder/audit.json')))

  tamper(join(folder, 'state.sqlite'), 'ALTER TABLE audit_events RENAME TO away')
  t.equal((await login(app, 'nobody', 'wrong')).statusCode, 401)
  t.equal((await login(app, 'admin', PASSWORD)).statusCode, 200)
  await until(async () => /Audit index cannot be written/.test((await health()).summary))
  tamper(join(folder, 'state.sqlite'), 'ALTER TABLE away RENAME TO audit_events')
  await until(async () => !/Audit/.test((await health()).summary))
  t.same(names(await list(app, bearer(token), { limit: 2 })), ['login_succeeded', 'login_failed'])
})

t.test('every event has an identifier and a unique text in the form that fail2ban expects', async (t) => {
  for (const [slug, { text }] of auditEvents) {
    t.match(slug, /^[a-z]+(_[a-z]+)*$/)
    t.match(text, /^[\w ,-]+; ?$/, slug)
  }
  t.equal(new Set([...auditEvents.values()].map(({ text }) => text)).size, auditEvents.size)
})
