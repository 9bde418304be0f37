import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { createPendingChanges } from '../../lib/net/pending-change.ts'
import type { PendingChange, SettingsFile } from '../../schemas/foundation/settings-file.ts'
import { type App, build, setUp, temporaryFolder } from '../support/app.ts'
import { openSession } from '../support/sessions.ts'
import { until } from '../support/waiting.ts'

const from = (address: string) => ({ 'x-forwarded-for': address })

async function confirmedOwner(t: Test, options: Parameters<typeof build>[2] = {}) {
  const app = await build(t, {}, options)
  await setUp(app)
  return { app, headers: (await openSession(app, 1, { confirmed: true })).headers }
}

const limitSelf = (app: App, headers: object, more: object = { confirm_within: 60 }) =>
  app.inject({
    method: 'PATCH',
    url: '/api/users/1',
    headers: { ...headers },
    payload: { allowed_ips: '10.0.0.0/8', ...more }
  })
const settle = (app: App, method: 'GET' | 'POST' | 'DELETE', headers: object) =>
  app.inject({ method, url: '/api/security/confirm-change', headers: { ...headers } })
const listOf = (app: App) => app.authStore.snapshot().owner!.allowedIps

t.test('a confirmation from an address outside the new list is refused', async (t) => {
  const { app, headers } = await confirmedOwner(t)
  t.equal((await limitSelf(app, headers)).statusCode, 200)
  t.equal(listOf(app), '10.0.0.0/8')
  t.match((await settle(app, 'GET', headers)).json().pending, { setting: 'allowed_ips', seconds_left: 60 })
  const outside = await settle(app, 'POST', { ...headers, ...from('192.0.2.7') })
  t.match(outside.json(), { code: 'CONFLICT', message: /not arrive under the new setting/ })
  t.equal((await settle(app, 'POST', { ...headers, ...from('10.1.2.3') })).statusCode, 200)
  t.equal((await settle(app, 'GET', headers)).json().pending, null)
  t.equal(listOf(app), '10.0.0.0/8')
  t.equal((await settle(app, 'POST', headers)).json().code, 'CONFLICT', 'there is nothing to confirm twice')
})

t.test('of two concurrent changes one is pending and the other is refused', async (t) => {
  const { app, headers } = await confirmedOwner(t)
  const replies = await Promise.all([limitSelf(app, headers), limitSelf(app, headers)])
  t.same(replies.map((reply) => reply.statusCode).toSorted(), [200, 409])
  t.equal((await settle(app, 'DELETE', { ...headers, ...from('10.1.2.3') })).statusCode, 200)
  t.equal(listOf(app), '')
  const audit = await app.inject({ url: '/api/security/audit?event=change_taken_back', headers: { ...headers } })
  t.match(
    audit.json().events,
    [{ ip: '10.1.2.3', user: 'admin', target: 'allowed_ips' }],
    'with the user who reverted it'
  )
})

t.test('a refused change leaves nothing to confirm', async (t) => {
  const { app, headers } = await confirmedOwner(t)
  const refused = await limitSelf(app, headers, { confirm_within: 60, is_active: false })
  t.equal(refused.json().code, 'CONFLICT')
  t.equal((await settle(app, 'GET', headers)).json().pending, null)
  for (const bad of [9, 601, 10.5, '60', null])
    t.equal((await limitSelf(app, headers, { confirm_within: bad })).json().code, 'VALIDATION', String(bad))
  const needless = { method: 'PATCH', url: '/api/users/1', headers, payload: { confirm_within: 60 } } as const
  t.equal((await app.inject(needless)).json().code, 'VALIDATION')
})

t.test('after a restart the change is still pending, and is reverted if it expired meanwhile', async (t) => {
  const folder = await temporaryFolder(t)
  let now = Date.now()
  const options = { folder, now: () => now }
  const first = await confirmedOwner(t, options)
  await limitSelf(first.app, first.headers)
  await first.app.close()

  now += 30_000
  const second = await build(t, {}, options)
  await second.ready()
  t.match((await settle(second, 'GET', (await openSession(second)).headers)).json().pending, { seconds_left: 30 })
  t.equal(listOf(second), '10.0.0.0/8')
  await second.close()

  now += 30_000
  const third = await build(t, {}, options)
  await third.ready()
  t.equal(listOf(third), '')
  t.same(JSON.parse(await readFile(join(folder, 'settings.json'), 'utf8')), {})
  await third.close()
  t.match(await readFile(join(folder, 'auth.log'), 'utf8'), /change taken back; rhost=- user=- target=allowed_ips/)
})

t.test('a clock that was set back does not extend the time to confirm', async (t) => {
  const folder = await temporaryFolder(t)
  const { app, headers } = await confirmedOwner(t, { folder })
  await limitSelf(app, headers)
  await app.close()
  const later = await build(t, {}, { folder, now: () => Date.now() - 86_400_000 })
  await later.ready()
  const { pending } = (await settle(later, 'GET', (await openSession(later)).headers)).json()
  t.ok(pending.seconds_left <= 60, String(pending.seconds_left))
})

t.test('other users confirm or revert a change only with the permission for it', async (t) => {
  const { app, headers } = await confirmedOwner(t)
  await limitSelf(app, headers)
  const payload = { username: 'eve', password: 'Another-Horse-7', permissions: ['users.manage'] }
  const made = await app.inject({ method: 'POST', url: '/api/users', headers, payload })
  const eve = await openSession(app, made.json().user.id)
  for (const method of ['POST', 'DELETE'] as const)
    t.equal((await settle(app, method, { ...eve.headers, ...from('10.1.2.3') })).json().code, 'PERMISSION')
  t.equal((await settle(app, 'POST', { ...headers, ...from('10.1.2.3') })).statusCode, 200)
})

/** A setting in memory, with its events and stored file. */
function inMemory(write: (value: unknown) => Promise<void>, { now = Date.now } = {}) {
  const file: SettingsFile = {}
  const events: string[] = []
  const changes = createPendingChanges({
    store: { current: () => file, update: async (mutate) => mutate(file) },
    now,
    onReverted: ({ setting }: PendingChange) => events.push(`taken back ${setting}`),
    onRevertFailed: (_change, error) => events.push((error as Error).message)
  })
  const setting = { value: 'old' as unknown, fault: null as Error | null }
  changes.own('tls', {
    read() {
      if (setting.fault) throw setting.fault
      return setting.value
    },
    write: async (value) => {
      await write(value)
      setting.value = value
    }
  })
  return { changes, setting, events, file }
}

t.test('an unconfirmed change is reverted when it expires', async (t) => {
  const { changes, setting, events, file } = inMemory(async () => {})
  t.teardown(changes.close)
  await changes.make({ setting: 'tls', seconds: 1, by: 1 }, async () => {
    setting.value = 'new'
  })
  t.equal(setting.value, 'new')
  await until(() => events.length > 0)
  t.same([setting.value, events, file], ['old', ['taken back tls'], {}])
})

t.test('a setting edited by hand meanwhile is not reverted', async (t) => {
  const { changes, setting, events, file } = inMemory(async () => {})
  t.teardown(changes.close)
  await changes.make({ setting: 'tls', seconds: 1, by: 1 }, async () => {
    setting.value = 'new'
  })
  setting.value = 'by hand'
  await until(() => file.pending_change === undefined)
  t.same([setting.value, file, events], ['by hand', {}, []], 'nothing was reverted, and no event says so')
})

t.test('a setting edited by hand meanwhile is not reverted on request either', async (t) => {
  const { changes, setting, file } = inMemory(async () => {})
  t.teardown(changes.close)
  await changes.make({ setting: 'tls', seconds: 60, by: 1 }, async () => {
    setting.value = 'new'
  })
  setting.value = 'by hand'
  t.match(await changes.cancel(() => {}), { ok: false, code: 'CONFLICT', reason: /keeps its current value/ })
  t.same([setting.value, file], ['by hand', {}])
})

t.test('a failed revert is retried, and the change stays pending', async (t) => {
  const { changes, setting, events, file } = inMemory(async () => {
    throw new Error('disk full')
  })
  t.teardown(changes.close)
  await changes.make({ setting: 'tls', seconds: 1, by: 1 }, async () => {
    setting.value = 'new'
  })
  await until(() => events.length > 0)
  t.same(events, ['disk full'])
  t.equal(file.pending_change?.setting, 'tls')
})

t.test('a clock set back while a change is pending does not delay the revert', async (t) => {
  let behind = 0
  const { changes, setting, events } = inMemory(async () => {}, { now: () => Date.now() - behind })
  t.teardown(changes.close)
  await changes.make({ setting: 'tls', seconds: 1, by: 1 }, async () => {
    setting.value = 'new'
  })
  behind = 3_600_000
  await until(() => events.length > 0, { withinMs: 20_000 })
  t.same([setting.value, events], ['old', ['taken back tls']])
})

t.test('an unreadable setting does not count as edited by hand: the revert waits until it can be read', async (t) => {
  const { changes, setting, events, file } = inMemory(async () => {})
  t.teardown(changes.close)
  await changes.make({ setting: 'tls', seconds: 1, by: 1 }, async () => {
    setting.value = 'new'
  })
  setting.fault = new Error('cannot be read')
  await until(() => events.length > 0)
  t.same([setting.value, events, file.pending_change?.setting], ['new', ['cannot be read'], 'tls'])
  setting.fault = null
  await until(() => events.length > 1)
  t.same([setting.value, events[1], file], ['old', 'taken back tls', {}])
})

t.test('a change that fails after it was applied is reverted when it expires', async (t) => {
  const { changes, setting, events } = inMemory(async () => {})
  t.teardown(changes.close)
  const made = changes.make({ setting: 'tls', seconds: 1, by: 1 }, async () => {
    setting.value = 'new'
    throw new Error('too late')
  })
  await t.rejects(made, { message: 'too late' })
  await until(() => events.length > 0)
  t.same([setting.value, events], ['old', ['taken back tls']])
})

t.test('an expired change of a broken auth.json is reverted once the file is repaired', async (t) => {
  const folder = await temporaryFolder(t)
  const { app, headers } = await confirmedOwner(t, { folder })
  t.equal((await limitSelf(app, headers)).statusCode, 200)
  await app.close()
  const path = join(folder, 'auth.json')
  const text = await readFile(path, 'utf8')
  await writeFile(path, '{')
  const later = await build(t, {}, { folder, now: () => Date.now() + 61_000 })
  await later.ready()
  t.equal(later.pendingChange.describe()?.setting, 'allowed_ips', 'it waits still')
  await writeFile(path, text)
  await until(() => later.pendingChange.describe() === null)
  t.equal(listOf(later), '')
})
