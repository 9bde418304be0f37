import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { Compile } from 'typebox/compile'
import { describeStorage, summarizeStorage } from '../../../lib/host/storage/describe.ts'
import { NetworkSummaryReplySchema } from '../../../schemas/host/network.ts'
import { StorageReplySchema, StorageSummaryReplySchema } from '../../../schemas/host/storage.ts'
import { type App, bearer, build, setUp } from '../../support/app.ts'
import { plant, type Tree } from '../tree.ts'

const GIB = 1024 ** 3
const stat = (name: string, sectors: number) => `   8       0 ${name} 10 0 ${sectors} 5 20 0 ${sectors} 5 0 0 9\n`
const host: Tree = {
  'sys/block/sda/dev': '8:0\n',
  'sys/block/sda/size': `${(8 * GIB) / 512}\n`,
  'sys/block/sda/queue/rotational': '0\n',
  'sys/block/sda/device/model': 'Samsung SSD 870\n',
  'sys/block/sda/sda1/dev': '8:1\n',
  'sys/block/sda/sda1/size': '8\n',
  'sys/class/net/eno1/device/vendor': '0x8086\n',
  'sys/class/net/eno1/type': '1\n',
  'sys/class/net/eno1/operstate': 'up\n',
  'proc/diskstats': stat('sda', 1000),
  'proc/net/dev': 'eno1: 1000 1 0 0 0 0 0 0 500 1 0 0 0 0 0 0\n',
  'proc/self/mountinfo':
    '20 1 8:1 / / rw - ext4 /dev/sda1 rw\n21 1 0:50 / /rpool zfs - zfs rpool rw\n22 1 0:51 / /mnt/nas rw - nfs 192.0.2.5:/x rw\n',
  'proc/spl/kstat/zfs': null
}

/** The daemon on a host that is not there. */
async function serve(t: Test, { smartctl = 'exit 1', zpool = 'exit 1', zfs = 'exit 1' } = {}) {
  const root = t.testdir()
  plant(root, host)
  const program = (name: string, body: string) => {
    writeFileSync(join(root, name), `#!/bin/sh\n${body}\n`)
    chmodSync(join(root, name), 0o755)
    return { file: join(root, name) }
  }
  const folders = { procDir: join(root, 'proc'), sysDir: join(root, 'sys') }
  const blocks = { bsize: 1, frsize: 1, blocks: 4 * GIB, bfree: 3 * GIB, bavail: 3 * GIB }
  const app = await build(
    t,
    {},
    {
      network: { ...folders, addresses: () => ({}) },
      storage: {
        ...folders,
        statfs: async () => blocks,
        smartctl: program('smartctl', smartctl),
        zpool: { ...program('zpool', zpool), zfsFile: program('zfs', zfs).file }
      }
    }
  )
  await app.ready()
  // Sampling's own timers keep no process alive.
  const alive = setInterval(() => {}, 1000)
  t.teardown(() => clearInterval(alive))
  const token = await setUp(app)
  const get = async (url: string) => {
    const reply = await app.inject({ url, headers: bearer(token) })
    t.equal(reply.statusCode, 200, url)
    return reply.json()
  }
  return { app, root, get }
}
const until = (app: App, isDone: () => boolean) =>
  new Promise<void>((resolve) => {
    app.sampling.onTick(() => {
      if (isDone()) resolve()
    })
  })

t.test('before the first sample the answers fit their schemas and say that nothing was measured', async (t) => {
  const none = { value: null, reason: 'not measured yet', sampledAt: null, stale: false }
  const state = { disks: none, filesystems: none, smart: none, pools: none }
  const storage = describeStorage(state, 0)
  t.same([...Compile(StorageReplySchema).Errors(storage)], [])
  t.match(storage, { timestamp: null, total: null, used: null, reasons: { total: 'not measured yet' } })
  t.match(storage.io, { read_bytes: null, reasons: { read_bytes: 'not measured yet' } })
  const summary = summarizeStorage(state, 0)
  t.same([...Compile(StorageSummaryReplySchema).Errors(summary)], [])
  t.match(summary, { used_space: null, reasons: { used_space: 'not measured yet', total: 'not measured yet' } })
})

t.test('samples are answered from memory, and every null has a reason', async (t) => {
  const json = join(import.meta.dirname, 'fixtures/smart-sata.json')
  const { app, root, get } = await serve(t, {
    smartctl: `cat ${json}`,
    zpool: `echo . >> "$0.calls"; [ $1 = list ] && printf "rpool\\t${100 * GIB}\\t${40 * GIB}\\t${60 * GIB}\\t40\\tONLINE\\t1\\n" || cat ${join(import.meta.dirname, 'fixtures/zpool-status.txt')}`,
    // A raidz: zpool counts the parity, too.
    zfs: `printf "rpool\\t${26 * GIB}\\t${37 * GIB}\\n"`
  })
  const { disks, filesystems, smart, pools } = app.sources.storage.latest()
  await until(app, () => [disks, filesystems, smart, pools].every(({ value }) => value !== null))

  const storage = await get('/api/storage')
  t.same([...Compile(StorageReplySchema).Errors(storage)], [])
  t.match(storage, { stale: false, total: 0.01, total_bytes: 8 * GIB, disk_count: 1, healthy_disks: 1 })
  t.match(
    storage,
    { used: 27, available: 40, used_bytes: 27 * GIB, usage_percent: 40.3 },
    'the pool once and without parity, the share not'
  )
  t.match(storage.disks, [
    {
      name: 'sda',
      type: 'ssd',
      size: (8 * GIB) / 1024,
      size_formatted: '8.0G',
      model: 'ST8000VN004-2M2101',
      health: 'healthy',
      smart_status: 'passed',
      temperature: 31,
      mountpoint: '/',
      fstype: 'ext4',
      total: 4,
      used: 1,
      usage_percent: 25,
      mounts: ['/'],
      read_bytes: 512_000,
      media_errors: null,
      reasons: { media_errors: 'not reported by the disk' }
    }
  ])
  t.match(storage.zfs_pools, [
    {
      name: 'rpool',
      size: '100.0G',
      allocated: '40.0G',
      free: '60.0G',
      health: 'ONLINE',
      usage_percent: 40,
      checksum_errors: 3
    }
  ])
  t.same(
    storage.filesystems.map(({ mountpoint, remote }: { mountpoint: string; remote: boolean }) => [mountpoint, remote]),
    [
      ['/', false],
      ['/mnt/nas', true],
      ['/rpool', false]
    ]
  )
  const summary = await get('/api/storage/summary')
  t.same([...Compile(StorageSummaryReplySchema).Errors(summary)], [])
  t.match(summary, { total_capacity: 67 * GIB, used_space: 27 * GIB, free_space: 40 * GIB, usage_percentage: 40.3 })
  t.match(summary.disks, [{ device: '/dev/sda', type: 'SSD', size: '8.00 GB' }])
  t.same([...Compile(NetworkSummaryReplySchema).Errors(await get('/api/network/summary'))], [])

  const walk = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return
    const fields = Object.entries(value)
    const reasons = (value as { reasons?: object; reason?: string }).reasons ?? {}
    const isAged = 'age_seconds' in value && 'reason' in value
    for (const [field, inner] of fields) {
      const excused = isAged && (field === 'reason' || typeof value.reason === 'string')
      if (inner === null && !excused) t.ok(field in reasons, `${path}.${field} has a reason`)
      walk(inner, `${path}.${field}`)
    }
  }
  for (const url of ['/api/storage', '/api/storage/summary', '/api/network', '/api/network/summary']) {
    for (let time = 0; time < 5; time++) walk(await get(url), url)
  }
  t.equal(readFileSync(join(root, 'zpool.calls'), 'utf8'), '.\n.\n', 'no request started a process')
})

t.test('without an answer of zfs a pool’s usage is that of its mounted data sets', async (t) => {
  const { app, get } = await serve(t, { zpool: `[ $1 = list ] && printf "rpool\\t9\\t8\\t1\\t88\\tONLINE\\t1\\n"` })
  const { filesystems, pools } = app.sources.storage.latest()
  await until(app, () => filesystems.value !== null && pools.value !== null)
  t.match(await get('/api/storage'), { used_bytes: 2 * GIB, available_bytes: 6 * GIB, zfs_pools: [{ size_bytes: 9 }] })
})

t.test('a failing source keeps its last values, stale, with their age, and affects no other', async (t) => {
  const { app, root, get } = await serve(t)
  const { disks } = app.sources.storage.latest()
  const network = app.sources.network.latest()
  await until(app, () => disks.value !== null && network.value !== null)
  writeFileSync(join(root, 'proc/diskstats'), 'garbage\n')
  await until(app, () => disks.stale)
  const storage = await get('/api/storage')
  t.match(storage, { stale: true, total_bytes: 8 * GIB, reason: /^the disks cannot be read/ })
  t.ok(storage.age_seconds > 0)
  t.match(storage.sources, { disks: { stale: true }, filesystems: { stale: false } })
  t.match(storage.sources.zfs_pools, { timestamp: null, reason: /zpool list failed/ })
  t.match(storage.disks[0], {
    health: 'unknown',
    temperature: null,
    reasons: { temperature: 'smartctl printed no JSON' }
  })
  t.match(await get('/api/network'), { stale: false, physical_active_count: 1 })
})
