import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { Compile } from 'typebox/compile'
import { HealthDetailsReplySchema } from '../../schemas/host/monitor-health.ts'
import { ThresholdTreeReplySchema } from '../../schemas/host/thresholds.ts'
import { bearer, build, setUp, temporaryFolder } from '../support/app.ts'
import { mintApiToken } from '../support/tokens.ts'

const URL = '/api/health/thresholds'

/** A daemon on a host whose root file system is 91 % full. */
async function start(t: Test) {
  const folder = await temporaryFolder(t)
  const statfs = async () => ({ bsize: 4096, blocks: 1000, bfree: 90, bavail: 90 })
  const app = await build(t, {}, { folder, vitals: { statfs, warmupMs: 0 }, storage: { statfs } })
  await app.ready()
  const headers = bearer(await setUp(app))
  const send = async (method: 'GET' | 'PUT' | 'POST' | 'PATCH', url: string, payload?: object) => {
    const reply = await app.inject({ method, url, headers, ...(payload ? { payload } : {}) })
    return { status: reply.statusCode, ...reply.json() }
  }
  const stored = async () => JSON.parse(await readFile(join(folder, 'settings.json'), 'utf8')).health.thresholds
  return { app, folder, send, stored }
}

t.test("thresholds are returned in the Monitor's sections and as the gauges of health/full", async (t) => {
  const { send } = await start(t)
  const { status, ...reply } = await send('GET', URL)
  t.equal(status, 200)
  t.same([...Compile(ThresholdTreeReplySchema).Errors(reply)], [])
  t.same(Object.keys(reply.thresholds), ['cpu', 'memory', 'host_storage', 'cpu_temperature'])
  t.same(reply.thresholds.memory.swap_critical, {
    value: 80,
    recommended: 80,
    customised: false,
    unit: '%',
    min: 1,
    max: 100,
    step: 1
  })
  t.same(reply.gauges, (await send('GET', '/api/health/full')).thresholds)
})

t.test("a change in the Monitor's sections changes the gauge behind it", async (t) => {
  const { send, stored, folder } = await start(t)
  const reply = await send('PUT', URL, {
    cpu: { warning: 70 },
    memory: { critical: 97, swap_critical: 90 },
    host_storage: { warning: 92 },
    cpu_temperature: { warning: 75, critical: 85 }
  })
  t.match(reply, {
    status: 200,
    success: true,
    thresholds: {
      cpu: { warning: { value: 70, recommended: 85, customised: true }, critical: { customised: false } },
      memory: { critical: { value: 97 }, swap_critical: { value: 90 } },
      host_storage: { warning: { value: 92 }, critical: { value: 95 } }
    },
    gauges: { filesystem: { warning: 92 }, temperature: { warning: 75, critical: 85 } }
  })
  t.same(await stored(), {
    cpu: { warning: 70, critical: 95 },
    memory: { warning: 85, critical: 97 },
    swap: { warning: 50, critical: 90 },
    filesystem: { warning: 92, critical: 95 },
    temperature: { warning: 75, critical: 85 }
  })
  t.match(await send('GET', '/api/health/full'), { thresholds: { filesystem: { warning: 92 } } })
  t.match(await send('PUT', URL, { certificate: { warning: 14 } }), { gauges: { certificate: { warning: 14 } } })
  t.match(await readFile(join(folder, 'auth.log'), 'utf8'), /health thresholds changed;.*filesystem/)
})

t.test("the Monitor's swap threshold also lowers our warning, which the Monitor does not have", async (t) => {
  const { send } = await start(t)
  t.match(await send('PUT', URL, { memory: { swap_critical: 5 } }), {
    status: 200,
    gauges: { swap: { warning: 4, critical: 5 }, memory: { warning: 85 } }
  })
  t.match(await send('PUT', URL, { memory: { swap_critical: 1 } }), { status: 400, message: /swap: critical must be/ })
  t.match(await send('PUT', URL, { memory: null }), { gauges: { swap: { critical: 5 }, memory: { warning: 85 } } })
})

t.test('a section is reset alone, or all sections together', async (t) => {
  const { send } = await start(t)
  const changed = { cpu: { warning: 70 }, memory: { warning: 60, swap_critical: 90 }, iowait: { warning: 30 } }
  await send('PUT', URL, changed)
  t.match(await send('POST', `${URL}/reset?section=memory`), {
    status: 200,
    thresholds: { cpu: { warning: { value: 70 } }, memory: { warning: { value: 85 }, swap_critical: { value: 80 } } },
    gauges: { iowait: { warning: 30 } }
  })
  t.match(await send('POST', `${URL}/reset`), {
    thresholds: { cpu: { warning: { value: 85, customised: false } } },
    gauges: { iowait: { warning: 40 } }
  })
  for (const section of ['nothing', '', 'zfs_pool'])
    t.match(await send('POST', `${URL}/reset?section=${section}`), { status: 400, code: 'VALIDATION' }, section)
})

t.test('an invalid change is refused as a whole', async (t) => {
  const { send } = await start(t)
  for (const body of [
    {},
    { zfs_pool: { warning: 80 } },
    { disk_temperature: { nvme: { warning: 70 } } },
    { cpu: { warning: 70 }, host_storage: { warning: 96 } },
    { cpu: { warning: '70' } },
    { cpu: { warning: 0 } },
    { host_storage: { swap_critical: 5 } },
    { host_storage: 5 },
    { memory: { swap_critical: 101 } }
  ])
    t.match(await send('PUT', URL, body), { status: 400, code: 'VALIDATION' }, JSON.stringify(body))
  t.match(await send('GET', URL), { thresholds: { cpu: { warning: { customised: false } } } })
})

t.test('a read-only token sees thresholds and cannot change them', async (t) => {
  const { app } = await start(t)
  const headers = bearer(mintApiToken(app, { scope: 'read_only' }))
  t.equal((await app.inject({ url: URL, headers })).statusCode, 200)
  for (const [method, url] of [
    ['PUT', URL],
    ['POST', `${URL}/reset`]
  ] as const)
    t.match((await app.inject({ method, url, headers, payload: {} })).json(), { code: 'SCOPE' })
})

t.test("health in the Monitor's categories: problems with their reasons, and categories without a check", async (t) => {
  const { send } = await start(t)
  const { status, ...reply } = await send('GET', '/api/health/details')
  t.equal(status, 200)
  t.same([...Compile(HealthDetailsReplySchema).Errors(reply)], [])
  t.match(reply, {
    overall: 'WARNING',
    summary: /Disk usage high/,
    details: {
      storage: { status: 'WARNING', reason: 'Disk usage of / high: 91 %' },
      vms: { status: 'UNKNOWN', reason: 'guests are not checked' },
      logs: { status: 'UNKNOWN', reason: 'logs are not checked' },
      security: { status: 'OK', reason: null }
    }
  })
  await send('POST', '/api/health/acknowledge', { check: 'filesystem:/', duration: 3600 })
  t.match((await send('GET', '/api/health/details')).details.storage, {
    status: 'INFO',
    reason: 'Acknowledged: Disk usage of / high: 91 %'
  })
  await send('PATCH', URL, { filesystem: { critical: 90, warning: 80 } })
  t.match(await send('GET', '/api/health/details'), {
    overall: 'CRITICAL',
    details: { storage: { status: 'CRITICAL', reason: 'Disk usage of / critical: 91 %' } }
  })
})
