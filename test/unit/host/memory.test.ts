import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { parseArcstats } from '../../../lib/host/memory.ts'
import { plant, type Tree } from '../../host/tree.ts'
import { bearer, build, setUp } from '../../support/app.ts'

const GIB = 1024 ** 3
const kib = (gib: number) => Math.round(gib * 1024 ** 2)

/** 62.8 GiB of memory, 2.2 available. */
const meminfo = `MemTotal:       ${kib(62.8)} kB
MemFree:        ${kib(1.1)} kB
MemAvailable:   ${kib(2.2)} kB
Buffers:        ${kib(0.1)} kB
Cached:         ${kib(1)} kB
SwapTotal:             0 kB
SwapFree:              0 kB
SReclaimable:   ${kib(0.4)} kB
`

const arcstats = (size: number, minimum: number) => `9 1 0x01 147 39984 4126573870 174530478346
name                            type data
hits                            4    88213944
c                               4    ${size}
c_min                           4    ${minimum}
c_max                           4    ${size}
size                            4    ${size}
compressed_size                 4    ${size + 7}
arc_need_free                   4    0
`

const C_MIN = kib(62.8 / 32) * 1024
const full = arcstats(48 * GIB, C_MIN)

async function onHost(t: Test, tree: Tree) {
  const root = mkdtempSync(join(tmpdir(), 'memory-'))
  t.teardown(() => rmSync(root, { recursive: true }))
  cpSync(join(import.meta.dirname, '../../host/fixtures/vm'), root, { recursive: true })
  rmSync(join(root, 'proc/meminfo'))
  plant(root, { 'proc/meminfo': meminfo, run: null, ...tree })
  const at = (path: string) => join(root, path)
  const app = await build(
    t,
    {},
    { vitals: { procDir: at('proc'), sysDir: at('sys'), runDir: at('run'), hostname: () => 'pve1', warmupMs: 0 } }
  )
  await app.ready()
  const headers = bearer(await setUp(app))
  const get = async (url: string) => (await app.inject({ url, headers })).json()
  const system = await get('/api/system')
  const { checks } = await get('/api/health/full')
  const metrics = (await app.inject({ url: '/api/prometheus', headers })).body
  return {
    usage: system.memory_usage,
    used: system.memory_used,
    cached: system.memory_cached,
    health: checks.find(({ check }: { check: string }) => check === 'memory').status,
    metric: Number(/^proxmox_memory_usage_percent\{.*\} (.+)$/m.exec(metrics)?.[1]),
    reading: app.vitals.latest().memory.value
  }
}

t.test('a host whose memory is full of ZFS cache is healthy, wherever the figure is shown', async (t) => {
  const memory = await onHost(t, { 'proc/spl/kstat/zfs/arcstats': full })
  t.match(memory, { usage: 23.2, metric: 23.2, health: 'healthy', used: 14.56 })
  t.ok(Math.abs(memory.cached - (1.5 + 48 - C_MIN / GIB)) < 0.02, `${memory.cached} GiB cached`)
  t.equal(memory.reading!.used! + memory.reading!.available!, memory.reading!.total)
})

t.test('the same figures without ZFS mean a full memory', async (t) => {
  t.match(await onHost(t, {}), { usage: 96.5, metric: 96.5, health: 'critical', cached: 1.5 })
})

for (const [name, tree] of Object.entries<Tree>({
  'systemd says': { 'run/systemd/container': 'lxc\n' },
  'process 1 says': { 'proc/1/environ': 'TERM=linux\0container=lxc\0' },
  'lxcfs shows': {
    'proc/self/mountinfo': '9 8 0:45 /proc/meminfo /proc/meminfo rw,nosuid - fuse.lxcfs lxcfs rw,user_id=0\n'
  }
}))
  t.test(`in a container (${name}) the cache is its host's and does not count`, async (t) => {
    const memory = await onHost(t, { 'proc/spl/kstat/zfs/arcstats': full, ...tree })
    t.match(memory, { usage: 96.5, health: 'critical', cached: 1.5 })
  })

t.test('a cache below its minimum or beyond all memory makes no figure negative', async (t) => {
  t.match(await onHost(t, { 'proc/spl/kstat/zfs/arcstats': arcstats(GIB, 2 * GIB) }), { usage: 96.5 })
  t.match(await onHost(t, { 'proc/spl/kstat/zfs/arcstats': arcstats(2 ** 60, 0) }), { usage: 0, used: 0 })
})

t.test('arcstats without a valid size subtract nothing', async (t) => {
  t.equal(parseArcstats(full), 48 * GIB - C_MIN)
  for (const [what, other] of [
    ['size ', 'seize '],
    ['c_min ', 'c_mean '],
    [`size                            4    ${48 * GIB}`, 'size                            4    -1'],
    [`${C_MIN}`, '18446744073709551615']
  ] as const)
    t.equal(parseArcstats(full.replaceAll(what, other)), 0, other)
  t.equal(parseArcstats(''), 0)
})
