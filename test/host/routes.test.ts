import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Fastify, { type FastifyInstance } from 'fastify'
import t, { type Test } from 'tap'
import { Compile } from 'typebox/compile'
import clock from '../../plugins/foundation/clock.ts'
import sampling from '../../plugins/host/sampling.ts'
import vitals from '../../plugins/host/vitals.ts'
import systemRoutes from '../../routes/host/system.ts'
import { InfoReplySchema, SystemInfoReplySchema, SystemReplySchema } from '../../schemas/host/system.ts'
import { firstVerdict } from '../health/rig.ts'
import { standIn } from '../support/stand-in.ts'

const NOON = Date.UTC(2025, 5, 1, 12)
const now = () => NOON
const updates = { value: null, reason: 'this host does not use apt', sampledAt: null, stale: false }

async function build(t: Test, fixture: string) {
  const root = join(import.meta.dirname, 'fixtures', fixture)
  const app = Fastify()
  await app.register(clock, { now })
  await app.register(sampling)
  await app.register(vitals, {
    now,
    procDir: join(root, 'proc'),
    sysDir: join(root, 'sys'),
    etcDir: join(root, 'etc'),
    shareDir: join(root, 'share'),
    hostname: () => 'pve1.example.com',
    statfs: async () => ({ bsize: 4096, blocks: 1000, bfree: 500, bavail: 500 }),
    warmupMs: 0
  })
  app.decorate('sources', standIn<FastifyInstance['sources']>({ updates: { latest: () => updates } }))
  app.decorate('health', standIn<FastifyInstance['health']>({ latest: () => firstVerdict(app.vitals.latest()) }))
  app.decorate('live', standIn<FastifyInstance['live']>({ addTopic: () => {} }))
  const endpoints = ['/api/system-info', '/api/info', '/api/system', '/api/info']
  await app.register(systemRoutes, { prefix: '/api', version: '1.2.3', endpoints })
  t.teardown(() => app.close())
  return { get: async (url: string) => (await app.inject(url)).json(), app }
}

t.test('GET /api/system has the names and units of the Monitor', async (t) => {
  const { get } = await build(t, 'proxmox-intel')
  t.same(await get('/api/system'), {
    success: true,
    cpu_usage: null,
    cpu_user: null,
    cpu_system: null,
    memory_usage: 45.8,
    memory_total: 31.17,
    memory_used: 14.27,
    memory_cached: 9.87,
    temperature: 47,
    temperature_sparkline: [{ timestamp: NOON / 1000, value: 47 }],
    has_temperature_sensor: true,
    uptime: '3 days, 4:05:06',
    uptime_seconds: 273906,
    boot_time: '2025-05-29T07:54:54.000Z',
    load_average: [0.42, 0.38, 0.31],
    hostname: 'pve1.example.com',
    proxmox_node: 'pve1',
    node_id: 'pve1',
    timestamp: '2025-06-01T12:00:00.000Z',
    cpu_cores: 4,
    cpu_threads: 8,
    proxmox_version: '8.4.1',
    kernel_version: '6.8.12-9-pve',
    os_name: 'Debian GNU/Linux 12 (bookworm)',
    available_updates: null,
    reasons: {
      cpu_usage: 'CPU usage needs a second sample',
      cpu_user: 'CPU usage needs a second sample',
      cpu_system: 'CPU usage needs a second sample',
      available_updates: 'this host does not use apt'
    }
  })
})

for (const fixture of ['proxmox-intel', 'arm-board', 'vm', 'broken']) {
  t.test(`answers about ${fixture} fit their schemas, and every null has a reason`, async (t) => {
    const { get } = await build(t, fixture)
    const system = await get('/api/system')
    t.same([...Compile(SystemReplySchema).Errors(system)], [])
    t.same([...Compile(SystemInfoReplySchema).Errors(await get('/api/system-info'))], [])
    t.same([...Compile(InfoReplySchema).Errors(await get('/api/info'))], [])
    const nulls = Object.keys(system).filter((field) => system[field] === null)
    t.same(Object.keys(system.reasons).sort(), nulls.sort())
  })
}

t.test('GET /api/system-info has exactly the fields of the contract', async (t) => {
  const { get } = await build(t, 'proxmox-intel')
  const info = await get('/api/system-info')
  t.same(info, {
    success: true,
    hostname: 'pve1.example.com',
    uptime: '3d 4h 5m',
    uptime_seconds: 273906,
    health: { status: 'healthy', summary: 'All systems operational' },
    timestamp: '2025-06-01T12:00:00.000Z'
  })
  t.notMatch(JSON.stringify(info), /8\.4|6\.8|bookworm/, 'no version of anything')
})

t.test('GET /api/system-info/ answers probes configured for the Monitor', async (t) => {
  const { get } = await build(t, 'proxmox-intel')
  t.same(await get('/api/system-info/'), await get('/api/system-info'))
})

t.test('GET /api/system-info of an unreadable host does not report healthy', async (t) => {
  const { get } = await build(t, 'broken')
  t.match(await get('/api/system-info'), {
    uptime: null,
    health: { status: 'warning', summary: 'No measurements' }
  })
})

t.test('GET /api/info names the daemon and its paths once each', async (t) => {
  const { get } = await build(t, 'vm')
  t.same(await get('/api/info'), {
    success: true,
    name: 'ProxMenux Monitor API',
    version: '1.2.3',
    endpoints: ['/api/info', '/api/system', '/api/system-info']
  })
})

t.test('GET /api/system shows the next sample, also when everything has become unreadable', async (t) => {
  const root = t.testdir()
  cpSync(join(import.meta.dirname, 'fixtures/vm/proc'), root, { recursive: true })
  const app = Fastify()
  await app.register(clock, { now })
  await app.register(sampling)
  await app.register(vitals, { now, procDir: root, warmupMs: 0 })
  app.decorate('sources', standIn<FastifyInstance['sources']>({ updates: { latest: () => updates } }))
  app.decorate('live', standIn<FastifyInstance['live']>({ addTopic: () => {} }))
  await app.register(systemRoutes, { prefix: '/api', version: '1.2.3', endpoints: [] })
  t.teardown(() => app.close())
  const system = async () => (await app.inject('/api/system')).json()

  t.equal((await system()).memory_usage, 1.2)
  for (const file of ['stat', 'meminfo']) writeFileSync(join(root, file), '')
  await app.vitals.sample()
  t.match(await system(), { memory_usage: null, reasons: { memory_usage: 'meminfo has no readable MemTotal' } })
})

t.test('sampling starts when the app is ready and ends when it closes', async (t) => {
  const { app } = await build(t, 'vm')
  t.equal(app.vitals.latest().sampledAt, null)
  await app.ready()
  t.equal(app.vitals.latest().sampledAt, NOON)
  await app.close()
})
