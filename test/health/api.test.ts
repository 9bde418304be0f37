import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { Compile } from 'typebox/compile'
import { FullHealthReplySchema, gauges, HealthReplySchema, healthCategories } from '../../schemas/host/health.ts'
import { type MonitorHealth, monitorCategories } from '../../schemas/host/monitor-health.ts'
import { type App, type BuildOptions, bearer, build, setUp, temporaryFolder } from '../support/app.ts'
import { openSession } from '../support/sessions.ts'
import { mintApiToken } from '../support/tokens.ts'

const statfs = async () => ({ bsize: 4096, blocks: 1000, bfree: 90, bavail: 90 })

/** A daemon on a host whose root file system is 91 % full. */
async function start(t: Test, folder: string, options: BuildOptions = {}) {
  const app = await build(t, {}, { folder, vitals: { statfs, warmupMs: 0 }, storage: { statfs }, ...options })
  await app.ready()
  return app
}
const caller = (app: App, headers: Record<string, string>) => ({
  get: async (url: string) => (await app.inject({ url, headers })).json(),
  send: async (method: 'PATCH' | 'POST' | 'DELETE', url: string, payload?: object) => {
    const reply = await app.inject({ method, url, headers, ...(payload ? { payload } : {}) })
    return { status: reply.statusCode, ...reply.json() }
  }
})
async function startOwned(t: Test, options: BuildOptions = {}) {
  const folder = options.folder ?? (await temporaryFolder(t))
  const app = await start(t, folder, options)
  await setUp(app)
  return { app, folder, ...caller(app, (await openSession(app)).headers) }
}
const DISK = 'filesystem:/'
const checkOf = (full: { checks: { check: string; message: string }[] }, name = DISK) =>
  full.checks.find(({ check }) => check === name)

t.test('health reports problems by category and in full, and both answers fit their schemas', async (t) => {
  const { get } = await startOwned(t)
  const health = await get('/api/health')
  t.same([...Compile(HealthReplySchema).Errors(health)], [])
  t.same(Object.keys(health.categories), [...healthCategories])
  t.match(health, {
    status: 'warning',
    categories: { filesystems: { status: 'warning' }, audit_log: { status: 'healthy' } }
  })
  t.match(health.categories.services, { status: null, reason: /\w/ }, 'a category without a check has a reason')
  const full = await get('/api/health/full')
  t.same([...Compile(FullHealthReplySchema).Errors(full)], [])
  t.match(checkOf(full), {
    status: 'warning',
    value: 91,
    unit: '%',
    warning: 85,
    critical: 95,
    acknowledged_until: null
  })
  t.match(full.thresholds.memory, { unit: '%', warning: 85, critical: 95, default_warning: 85, minimum: 1 })
})

t.test(
  'an acknowledged problem does not count for probes, stays acknowledged after a restart, and can be restored',
  async (t) => {
    const { app, folder, get, send } = await startOwned(t)
    const summary = async () => (await get('/api/system-info')).health.summary
    t.match(await summary(), 'Disk usage high')
    const body = { check: DISK, duration: 3600, reason: 'a new disk comes on Friday' }
    t.match(await send('POST', '/api/health/acknowledge', body), { status: 200, success: true })
    t.notMatch(await summary(), 'Disk usage')
    t.match(checkOf(await get('/api/health/full')), {
      status: 'warning',
      acknowledged_by: 'admin',
      acknowledged_reason: body.reason
    })
    t.match(JSON.parse(await readFile(join(folder, 'settings.json'), 'utf8')).health.acknowledged, [
      { check: DISK, by: 'admin' }
    ])
    await app.close()

    const again = await start(t, folder)
    const next = caller(again, (await openSession(again)).headers)
    t.match(checkOf(await next.get('/api/health/full')), { acknowledged_by: 'admin' })
    t.match(await next.send('POST', '/api/health/un-acknowledge', {}), { status: 400, code: 'VALIDATION' })
    t.match(await next.send('POST', '/api/health/un-acknowledge', { check: DISK }), { status: 200 })
    t.match((await next.get('/api/system-info')).health.summary, 'Disk usage high')
    t.match(await next.send('POST', '/api/health/un-acknowledge', { check: DISK }), { status: 404, code: 'NOT_FOUND' })
    const log = await readFile(join(folder, 'auth.log'), 'utf8')
    t.match(log, /health problem acknowledged;.*filesystem:\//)
    t.match(log, /health acknowledgement withdrawn;/)
  }
)

t.test('an acknowledgement expires', async (t) => {
  let now = Date.now()
  const { get, send } = await startOwned(t, { now: () => now })
  await send('POST', '/api/health/acknowledge', { check: DISK, duration: 60 })
  t.notMatch((await get('/api/health')).summary, 'Disk usage')
  now += 61_000
  // Five seconds of real time would do; a change of the settings does at once.
  await send('PATCH', '/api/health/thresholds', { swap: { warning: 51 } })
  t.match((await get('/api/health')).summary, 'Disk usage high')
})

t.test('only a known check with a problem can be acknowledged, for a valid duration', async (t) => {
  const { send, get } = await startOwned(t)
  const acknowledge = (body: object) => send('POST', '/api/health/acknowledge', body)
  t.match(await acknowledge({ check: 'nothing', duration: 60 }), { status: 404 })
  t.match(await acknowledge({ check: 'audit_log', duration: 60 }), { status: 409 })
  for (const body of [
    {},
    { check: DISK },
    { check: DISK, duration: 59 },
    { check: DISK, duration: 1e9 },
    { check: DISK, duration: '60' },
    { check: DISK, duration: 60, reason: 'two\nlines' },
    { check: DISK, duration: 60, reason: 'x'.repeat(201) }
  ])
    t.match(await acknowledge(body), { status: 400, code: 'VALIDATION' }, JSON.stringify(body))
  const both = await Promise.all([
    acknowledge({ check: DISK, duration: 60 }),
    acknowledge({ check: DISK, duration: 120 })
  ])
  t.same(
    both.map(({ status }) => status),
    [200, 200],
    'two tabs at once'
  )
  t.equal((await get('/api/health')).counts.acknowledged, 1)
})

t.test('thresholds can be changed in part, take effect at once, and can be reset to their defaults', async (t) => {
  const { send, get, folder } = await startOwned(t)
  const change = (body: object) => send('PATCH', '/api/health/thresholds', body)
  t.match(await change({ filesystem: { warning: 92 } }), {
    status: 200,
    thresholds: { filesystem: { warning: 92, critical: 95 } }
  })
  t.match(checkOf(await get('/api/health/full')), { status: 'healthy', warning: 92, critical: 95 })
  t.match(await change({ filesystem: { critical: 99 }, certificate: { warning: 20 } }), {
    thresholds: { filesystem: { warning: 92, critical: 99 }, certificate: { warning: 20, critical: 1 } }
  })
  t.match(await change({ filesystem: null }), {
    thresholds: { filesystem: { warning: 85, critical: 95 }, certificate: { warning: 20 } }
  })
  t.same(JSON.parse(await readFile(join(folder, 'settings.json'), 'utf8')).health.thresholds, {
    certificate: { warning: 20, critical: 1 }
  })
  t.match(await send('DELETE', '/api/health/thresholds'), { status: 200, thresholds: { certificate: { warning: 7 } } })
  t.match(await readFile(join(folder, 'auth.log'), 'utf8'), /health thresholds changed;/)
})

t.test('invalid thresholds are refused, and none of them is stored', async (t) => {
  const { send, get } = await startOwned(t)
  for (const body of [
    {},
    { nothing: { warning: 1 } },
    { memory: {}, nothing: null },
    { memory: { warning: 95 } },
    { memory: { warning: 96 } },
    { memory: { critical: 80 } },
    { memory: { warning: 0 } },
    { memory: { warning: 50, critical: 101 } },
    { memory: { warning: '50' } },
    { memory: { warning: 50, high: 1 } },
    { memory: 50 },
    { cpu: { warning: 50 }, certificate: { warning: 5, critical: 6 } }
  ])
    t.match(
      await send('PATCH', '/api/health/thresholds', body),
      { status: 400, code: 'VALIDATION' },
      JSON.stringify(body)
    )
  const { thresholds } = await get('/api/health/full')
  for (const [name, { warning, critical }] of Object.entries(gauges)) t.match(thresholds[name], { warning, critical })
})

t.test('settings.json can be edited by hand, and a broken file keeps the last valid settings', async (t) => {
  const { app, folder, get, send } = await startOwned(t)
  const path = join(folder, 'settings.json')
  await writeFile(path, JSON.stringify({ health: { thresholds: { filesystem: { warning: 92 } } }, mine: 1 }))
  await app.settings.refresh()
  t.match(checkOf(await get('/api/health/full')), { warning: 92 })
  await writeFile(path, '{"health": {"thresholds": {"filesystem": {"warning": "high"}}}}')
  await app.settings.refresh()
  t.match(checkOf(await get('/api/health/full')), { warning: 92 })
  t.match(await send('POST', '/api/health/acknowledge', { check: DISK, duration: 60 }), { status: /409|503/ })
  t.equal((await get('/api/system-info')).success, true)
})

t.test(
  'a read-only token sees health and changes nothing; health.manage changes it without a confirmation',
  async (t) => {
    const { app } = await startOwned(t)
    const reader = caller(app, bearer(mintApiToken(app, { scope: 'read_only' })))
    t.equal((await reader.get('/api/health')).success, true)
    t.equal((await reader.get('/api/health/full')).success, true)
    t.match(await reader.send('PATCH', '/api/health/thresholds', { cpu: { warning: 80 } }), {
      status: 403,
      code: 'SCOPE'
    })
    const admin = caller(app, bearer(mintApiToken(app, { scope: 'full_admin' })))
    t.match(await admin.send('PATCH', '/api/health/thresholds', { cpu: { warning: 80 } }), { status: 200 })
  }
)

t.test('health/full uses the Monitor’s names, and acknowledge accepts them', async (t) => {
  const { get, send } = await startOwned(t)
  const full = await get('/api/health/full')
  t.same([...Compile(FullHealthReplySchema).Errors(full)], [])
  const { health, active_errors, dismissed, custom_suppressions } = full
  t.match(health, { overall: 'WARNING', summary: full.summary, timestamp: full.timestamp })
  t.same(Object.keys(health.details), [...monitorCategories])
  const { message } = checkOf(full)!
  t.match(health.details.storage, {
    status: 'WARNING',
    reason: message,
    checks: { [DISK]: { status: 'WARNING', detail: message, error_key: DISK, dismissable: true, dismissed: false } }
  })
  t.match(health.details.security, { status: 'OK', reason: null, checks: { audit_log: { dismissable: false } } })
  t.match(health.details.vms, { status: 'UNKNOWN', reason: 'guests are not checked', checks: {} })
  t.match(health.details.updates, { status: 'UNKNOWN', reason: /\w/ }, 'a category without a check is not green')
  t.same(
    active_errors.map(({ error_key, category, severity, reason }: Record<string, string>) => ({
      error_key,
      category,
      severity,
      reason
    })),
    [{ error_key: DISK, category: 'storage', severity: 'WARNING', reason: message }]
  )
  t.same([dismissed, custom_suppressions], [[], []])
  const listed = (full.checks as { check: string }[]).map(({ check }) => check)
  const told = Object.values(health.details as MonitorHealth['health']['details']).flatMap(({ checks }) =>
    Object.keys(checks)
  )
  t.same(told.toSorted(), listed.toSorted(), 'each check is in one category')

  t.match(await send('POST', '/api/health/acknowledge', { error_key: DISK, suppression_hours: 168 }), {
    status: 200,
    success: true,
    result: { error_key: DISK, category: 'storage', original_severity: 'WARNING', suppression_hours: 168 }
  })
  const after = await get('/api/health/full')
  t.match(after, {
    health: { overall: 'OK', details: { storage: { status: 'INFO', reason: `Acknowledged: ${message}` } } },
    active_errors: []
  })
  t.match(after.health.details.storage.checks[DISK], { status: 'WARNING', dismissed: true })
  t.match(after.dismissed, [
    { error_key: DISK, category: 'storage', dismissed: true, permanent: false, suppression_hours: 168 }
  ])
  t.ok(after.dismissed[0].suppression_remaining_hours > 167.9)
  t.same([...Compile(FullHealthReplySchema).Errors(after)], [])

  for (const [hours, is] of [
    [undefined, 24],
    [1, 1],
    [-1, 8760]
  ]) {
    const body = { error_key: DISK, ...(hours !== undefined && { suppression_hours: hours }) }
    t.equal((await send('POST', '/api/health/acknowledge', body)).result.suppression_hours, is, `${hours}`)
  }
  for (const body of [
    { suppression_hours: 24 },
    { error_key: DISK, suppression_hours: 0 },
    { error_key: DISK, suppression_hours: 8761 },
    { error_key: DISK, suppression_hours: -2 }
  ])
    t.match(
      await send('POST', '/api/health/acknowledge', body),
      { status: 400, code: 'VALIDATION' },
      JSON.stringify(body)
    )
  t.match(await send('POST', '/api/health/acknowledge', { error_key: 'nothing' }), { status: 404 })
})
