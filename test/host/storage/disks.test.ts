import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { describeStorage } from '../../../lib/host/storage/describe.ts'
import { readDisks } from '../../../lib/host/storage/disk.ts'
import { createStorageReaders } from '../../../lib/host/storage/reader.ts'
import { plant, type Tree } from '../tree.ts'

const block = (name: string, dev: string, files: Tree = {}): Tree => ({
  [`sys/block/${name}/dev`]: `${dev}\n`,
  [`sys/block/${name}/size`]: '2000\n',
  [`sys/block/${name}/queue/rotational`]: '0\n',
  ...Object.fromEntries(Object.entries(files).map(([file, text]) => [`sys/block/${name}/${file}`, text]))
})

/** A host with LVM on a partition, an array of two disks, NVMe, and what is no disk. */
const host: Tree = {
  ...block('sda', '8:0', {
    'queue/rotational': '1\n',
    'device/model': 'ST8000VN004-3CP1\n',
    'device/vendor': 'ATA     \n',
    'device/vpd_pg80': '\0\u0080\0\u0008 WWZ3TJ59',
    'sda1/dev': '8:1\n',
    'sda1/size': '500\n',
    'sda2/dev': '8:2\n',
    'sda2/size': '1500\n',
    removable: '0\n'
  }),
  ...block('sdb', '8:16', { 'device/model': 'Samsung SSD 870\n', 'sdb1/dev': '8:17\n', 'sdb1/size': '10\n' }),
  ...block('sdc', '8:32', { 'device/model': 'QEMU HARDDISK\n', 'sdc1/dev': '8:33\n', 'sdc1/size': '10\n' }),
  ...block('sdd', '8:48', { size: '0\n', 'device/model': 'Card Reader\n', removable: '1\n' }),
  ...block('nvme0n1', '259:0', { 'device/model': 'WD_BLACK SN850X\n', 'device/serial': '2345\n' }),
  ...block('nvme0c0n1', '259:9', { hidden: '1\n', 'device/model': 'WD_BLACK SN850X\n' }),
  ...block('dm-0', '253:0', { 'dm/name': 'pve-root\n', 'slaves/sda2': null }),
  ...block('dm-1', '253:1', { 'dm/name': 'crypt\n', 'slaves/md0': null }),
  ...block('md0', '9:0', { 'slaves/sdb1': null, 'slaves/sdc1': null }),
  ...block('loop0', '7:0'),
  ...block('zd0', '230:0'),
  ...block('sr0', '11:0', { 'device/model': 'DVD\n' })
}

t.test('disks are physical devices and arrays, each with its type, model, serial and partitions', async (t) => {
  const root = t.testdir()
  plant(root, host)
  const { disks } = await readDisks(join(root, 'sys'))
  t.same(
    disks.map(({ name, type, isPhysical }) => [name, type, isPhysical]),
    [
      ['md0', 'virtual', false],
      ['nvme0n1', 'nvme', true],
      ['sda', 'hdd', true],
      ['sdb', 'ssd', true],
      ['sdc', 'virtual', true]
    ]
  )
  t.match(disks[1], { model: 'WD_BLACK SN850X', serial: '2345', size: 2000 * 512 })
  t.match(disks[2], { serial: 'WWZ3TJ59', isRotational: true, isRemovable: false })
  t.same(disks[2]!.partitions, [
    { name: 'sda1', size: 500 * 512 },
    { name: 'sda2', size: 1500 * 512 }
  ])
})

t.test('a file system is traced to its disks through partitions, volumes, arrays and encryption', async (t) => {
  const root = t.testdir()
  plant(root, host)
  const { below } = await readDisks(join(root, 'sys'))
  t.same(below.get('8:1'), ['sda'])
  t.same(below.get('253:0'), ['sda'], 'a logical volume')
  t.same(below.get('pve-root'), ['sda'], 'by its name, which btrfs has to be found by')
  t.same(below.get('253:1'), ['sdb', 'sdc'], 'encrypted, on an array')
  t.equal(below.get('0:99'), undefined)
})

const stat = (name: string, sectors: number, busy = 0) =>
  `   8       0 ${name} 10 0 ${sectors} 5 20 0 ${sectors * 2} 5 0 ${busy} 9 0 0 0 0 0 0\n`

t.test(
  'images in a Ceph cluster are not disks of this host, and an eMMC is one disk with its partitions',
  async (t) => {
    const root = t.testdir()
    plant(root, {
      ...block('rbd0', '252:0', { 'device/name': 'vm-100-disk-0\n', 'rbd0p1/dev': '252:1\n', 'rbd0p1/size': '7\n' }),
      ...block('mmcblk0', '179:0', {
        'device/type': 'MMC\n',
        'mmcblk0p1/dev': '179:1\n',
        'mmcblk0p1/size': '7\n',
        'mmcblk0boot0/dev': '179:32\n',
        'mmcblk0boot1/dev': '179:64\n',
        'mmcblk0rpmb/dev': '10:1\n'
      }),
      ...block('mmcblk0boot0', '179:32', { 'device/x': '' }),
      ...block('mmcblk0boot1', '179:64', { 'device/x': '' }),
      ...block('mmcblk0rpmb', '179:96', { 'device/x': '' })
    })
    const { disks, below } = await readDisks(join(root, 'sys'))
    t.same(
      disks.map(({ name, type, isPhysical, partitions }) => [
        name,
        type,
        isPhysical,
        partitions.map((one) => one.name)
      ]),
      [
        ['mmcblk0', 'ssd', true, ['mmcblk0p1']],
        ['rbd0', 'virtual', false, ['rbd0p1']]
      ]
    )
    t.same(below.get('252:1'), ['rbd0'])
  }
)

t.test('a disk with several paths is one disk, with the bytes of all paths', async (t) => {
  const root = t.testdir()
  const lun = { 'device/model': 'MSA 2060\n', 'device/vpd_pg80': '\0\u0080\0\u0004LUN1' }
  plant(root, {
    ...block('sdb', '8:16', { ...lun, 'sdb1/dev': '8:17\n', 'sdb1/size': '7\n' }),
    ...block('sdaa', '65:160', { ...lun, 'sdaa1/dev': '65:161\n', 'sdaa1/size': '7\n' }),
    ...block('sdc', '8:32', { 'device/model': 'Samsung SSD 870\n' }),
    ...block('dm-3', '253:3', {
      'dm/uuid': 'mpath-3600\n',
      'dm/name': 'mpatha\n',
      'slaves/sdb': null,
      'slaves/sdaa': null
    }),
    ...block('dm-1', '253:1', { 'dm/uuid': 'part1-mpath-3600\n', 'dm/name': 'mpatha-part1\n', 'slaves/dm-3': null }),
    ...block('dm-2', '253:2', {
      'dm/uuid': 'LVM-abc\n',
      'dm/name': 'pve-data\n',
      'slaves/dm-1': null,
      'slaves/sdc': null
    }),
    'proc/diskstats': [stat('sdaa', 300), stat('sdb', 700), stat('sdc', 5), stat('dm-3', 1000)].join('')
  })
  const readers = createStorageReaders({ procDir: join(root, 'proc'), sysDir: join(root, 'sys'), now: () => 0 })
  t.teardown(readers.close)
  const { disks, below, physical } = await readers.readDisks()
  t.same(
    disks.map(({ name, isPhysical, counters }) => [name, isPhysical, counters.value!.readBytes! / 512]),
    [
      ['sdaa', true, 1000],
      ['sdc', true, 5]
    ]
  )
  t.equal(physical.counters.value!.readBytes! / 512, 1005)
  for (const name of ['sdb', 'sdb1', '8:17', 'mpatha', '253:1']) t.same(below.get(name), ['sdaa'], name)
  t.same(below.get('253:2'), ['sdaa', 'sdc'])
})

t.test('bytes and rates are those of diskstats, and totals are of the physical disks only', async (t) => {
  const root = t.testdir()
  const write = (text: string) => writeFileSync(join(root, 'proc/diskstats'), text)
  plant(root, { ...host, 'proc/diskstats': '' })
  let at = 0
  const readers = createStorageReaders({
    procDir: join(root, 'proc'),
    sysDir: join(root, 'sys'),
    now: () => 0,
    monotonicNow: () => at
  })
  t.teardown(readers.close)
  const all = (sectors: number, busy = 0) =>
    ['sda', 'sda1', 'sdb', 'sdc', 'nvme0n1', 'dm-0', 'md0'].map((name) => stat(name, sectors, busy)).join('')

  write(all(1000))
  const first = await readers.readDisks()
  t.match(first.physical, {
    counters: { value: { readBytes: 4 * 512_000, writeBytes: 4 * 1_024_000 } },
    rates: { value: null, reason: 'a rate needs a second sample' }
  })
  at = 5000
  write(all(2000, 2500))
  const second = await readers.readDisks()
  t.match(second.physical.rates.value, { readBytes: 4 * 102_400, writeBytes: 4 * 204_800 })
  t.match(second.disks.find(({ name }) => name === 'sda')!.rates.value, { readBytes: 102_400, busyMs: 500 })

  at = 10_000
  write(all(3000).replace(/.* sdb .*\n/, ''))
  const third = await readers.readDisks()
  t.match(
    third.disks.find(({ name }) => name === 'sdb'),
    {
      counters: { value: null, reason: 'the kernel keeps no counters for this disk' }
    }
  )
  t.match(third.physical.counters, { value: null }, 'not a sum that fell for no reason')

  write('garbage\n')
  await t.rejects(readers.readDisks(), { message: '/proc/diskstats lists no block device' })
})

t.test('a disk that is added or removed shows at the next sample', async (t) => {
  const root = t.testdir()
  plant(root, { ...block('sda', '8:0', { 'device/model': 'A\n' }), 'proc/diskstats': stat('sda', 1) })
  const readers = createStorageReaders({ procDir: join(root, 'proc'), sysDir: join(root, 'sys'), now: () => 0 })
  t.teardown(readers.close)
  const names = async () => (await readers.readDisks()).disks.map(({ name }) => name)
  t.same(await names(), ['sda'])
  plant(root, {
    ...block('sdz', '65:144', { 'device/model': 'Z\n' }),
    'proc/diskstats': stat('sda', 1) + stat('sdz', 1)
  })
  t.same(await names(), ['sda', 'sdz'])
})

t.test('a replaced disk under the same name has no values of the old one', async (t) => {
  const root = t.testdir()
  const page = (serial: string) => ({ 'device/model': 'ST8000\n', 'device/vpd_pg80': `\0\u0080\0\u0001${serial}` })
  plant(root, { ...block('sda', '8:0', page('A')), 'proc/diskstats': stat('sda', 1) })
  const file = join(root, 'smartctl')
  writeFileSync(file, `#!/bin/sh\ncat ${join(import.meta.dirname, 'fixtures/smart-sata.json')}\n`, { mode: 0o755 })
  let at = 0
  const folders = { procDir: join(root, 'proc'), sysDir: join(root, 'sys') }
  const readers = createStorageReaders({ ...folders, smartctl: { file }, now: () => 0, monotonicNow: () => at })
  t.teardown(readers.close)
  const sampled = <T>(value: T) => ({ value, reason: null, sampledAt: 0, stale: false })
  const none = { value: null, reason: 'not measured yet', sampledAt: null, stale: false }
  const disks = await readers.readDisks()
  const smart = sampled((await readers.readSmart(new AbortController().signal)).value)
  const told = (now: typeof disks) =>
    describeStorage({ disks: sampled(now), smart, filesystems: none, pools: none }, 0).disks[0]!
  t.match(told(disks), { serial: 'A', temperature: 31, health: 'healthy' })
  plant(root, block('sda', '8:0', page('B')))
  at = 60_000
  const after = await readers.readDisks()
  t.match(told(after), {
    serial: 'B',
    temperature: null,
    health: 'unknown',
    reasons: { temperature: 'not measured yet' }
  })
})
