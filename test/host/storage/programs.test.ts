import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import type { Disk } from '../../../lib/host/storage/disk.ts'
import { createSmartReader, parseSmart } from '../../../lib/host/storage/smart.ts'
import { createPoolReader, parsePoolErrors, parsePoolList, parsePoolSpace } from '../../../lib/host/storage/zpool.ts'
import { plant } from '../tree.ts'

const NOON = Date.UTC(2025, 5, 1, 12)
const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8')
const { signal } = new AbortController()

/** A program that does what a shell script says. It notes its arguments in `calls`. */
function script(t: Test, body: string) {
  const folder = t.testdir()
  const file = join(folder, 'program')
  writeFileSync(file, `#!/bin/sh\necho "$*" >> ${folder}/calls\n${body}\n`)
  chmodSync(file, 0o755)
  const calls = () =>
    existsSync(join(folder, 'calls')) ? readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n') : []
  return { file, folder, calls }
}
const disk = (name: string, type: Disk['type'] = 'ssd', serial: string | null = null): Disk => ({
  name,
  type,
  size: 1,
  isPhysical: true,
  countedAs: name,
  model: null,
  serial,
  isRotational: null,
  isRemovable: false,
  partitions: []
})

t.test('SMART of a SATA disk, an NVMe, a SAS disk, and a failing disk', async (t) => {
  t.match(parseSmart(fixture('smart-sata.json')).value, {
    health: 'healthy',
    status: 'passed',
    temperature: 31,
    powerOnHours: 21034,
    rotationRate: 7200,
    reallocatedSectors: 0,
    pendingSectors: 0,
    crcErrors: 0,
    percentageUsed: null,
    model: 'ST8000VN004-2M2101'
  })
  t.match(parseSmart(fixture('smart-nvme.json')).value, {
    health: 'healthy',
    temperature: 41,
    percentageUsed: 3,
    mediaErrors: 0,
    powerCycles: 112,
    pendingSectors: null
  })
  const failing = JSON.parse(fixture('smart-sata.json'))
  failing.smart_status.passed = false
  t.equal(parseSmart(JSON.stringify(failing)).value!.health, 'critical')
  failing.smart_status.passed = true
  failing.ata_smart_attributes.table.find((one: { id: number }) => one.id === 197).raw.value = 8
  t.match(parseSmart(JSON.stringify(failing)).value, { health: 'warning', pendingSectors: 8 })
  const sas = { smart_status: { passed: true }, temperature: { current: 33 }, scsi_grown_defect_list: 4 }
  t.match(parseSmart(JSON.stringify(sas)).value, { health: 'warning', reallocatedSectors: 4, temperature: 33 })
  const worn = JSON.parse(fixture('smart-nvme.json'))
  worn.nvme_smart_health_information_log.percentage_used = 104
  t.equal(parseSmart(JSON.stringify(worn)).value!.health, 'warning')
})

t.test('a sleeping disk is not a fault, and no other missing answer is taken for sleep', async (t) => {
  const asleep = 'the disk is in standby and is not woken for a reading'
  t.equal(parseSmart(fixture('smart-standby.json')).reason, asleep)
  const newer = { smartctl: { exit_status: 2 }, power_mode: { ata_value: 0, ata_string: 'STANDBY' } }
  t.equal(parseSmart(JSON.stringify(newer)).reason, asleep)
  const refused = {
    smartctl: { exit_status: 2, messages: [{ string: 'Smartctl open device: /dev/sda failed: No such device' }] }
  }
  t.equal(parseSmart(JSON.stringify(refused)).reason, 'Smartctl open device: /dev/sda failed: No such device')
  for (const garbage of [
    '',
    'smartctl: no',
    '[]',
    'null',
    '{"smartctl":7,"smart_status":"yes"}',
    '{"temperature":{"current":"hot"}}'
  ]) {
    t.equal(parseSmart(garbage).value, null, garbage)
  }
})

t.test('smartctl runs for one disk at a time, lets disks sleep and skips virtual ones', async (t) => {
  const { file, folder, calls } = script(
    t,
    `mkdir ${'$0'}.busy || exit 9\nsleep 0.1\nrmdir ${'$0'}.busy\ncat "$(dirname "$0")/json"; exit 4`
  )
  writeFileSync(join(folder, 'json'), fixture('smart-sata.json'))
  const smart = createSmartReader({ file, now: () => NOON })
  t.teardown(smart.close)
  const { value } = await smart.read([disk('sda', 'hdd'), disk('cciss!c0d0'), disk('vda', 'virtual')], signal)
  t.same([...value!.keys()], ['sda', 'cciss!c0d0'])
  for (const sample of value!.values()) t.match(sample, { value: { temperature: 31 }, sampledAt: NOON, stale: false })
  t.same(calls(), ['--json=c -n standby -a /dev/sda', '--json=c -n standby -a /dev/cciss/c0d0'])
})

t.test('a disk that hangs only makes itself stale, and keeps its last values', async (t) => {
  const { file, folder } = script(
    t,
    'case "$*" in *sdb) [ -e "$(dirname "$0")/dead" ] && sleep 60;; esac; cat "$(dirname "$0")/json"'
  )
  writeFileSync(join(folder, 'json'), fixture('smart-sata.json'))
  const smart = createSmartReader({ file, timeoutMs: 5000, now: () => NOON })
  t.teardown(smart.close)
  await smart.read([disk('sda'), disk('sdb'), disk('sdc')], signal)
  writeFileSync(join(folder, 'dead'), '')
  const impatient = createSmartReader({ file, timeoutMs: 1500, now: () => NOON })
  t.teardown(impatient.close)
  const { value } = await impatient.read([disk('sdb'), disk('sdc')], signal)
  t.match(value!.get('sdb'), { value: null, reason: 'the disk does not answer smartctl' })
  t.match(value!.get('sdc'), { value: { temperature: 31 }, reason: null }, 'the one after it was asked')

  writeFileSync(join(folder, 'json'), fixture('smart-standby.json'))
  const later = (await smart.read([disk('sda')], signal)).value!
  t.match(later.get('sda'), { value: { temperature: 31 }, stale: true, reason: /in standby/, sampledAt: NOON })
  t.equal(later.has('sdb'), false, 'a disk that was pulled out is forgotten')
})

t.test('the values of a replaced disk are dropped, also while smartctl runs', async (t) => {
  const { file, folder } = script(
    t,
    'while [ -e "$(dirname "$0")/wait" ]; do sleep 0.05; done; cat "$(dirname "$0")/json"'
  )
  writeFileSync(join(folder, 'json'), fixture('smart-sata.json'))
  const smart = createSmartReader({ file, now: () => NOON })
  t.teardown(smart.close)
  const samples = (await smart.read([disk('sda', 'hdd', 'A'), disk('sdb', 'hdd', 'B')], signal)).value!
  smart.see([disk('sda', 'hdd', 'A'), disk('sdb', 'hdd', 'C')])
  t.same([...samples.keys()], ['sda'])

  writeFileSync(join(folder, 'wait'), '')
  const reading = smart.read([disk('sda', 'hdd', 'A')], signal)
  smart.see([disk('sda', 'hdd', 'D')])
  rmSync(join(folder, 'wait'))
  t.equal((await reading).value!.size, 0, 'the answer is of the disk that was asked')
  t.same([...(await smart.read([disk('sda', 'hdd', 'D')], signal)).value!.keys()], ['sda'])
})

t.test('there is a reason if smartctl is missing, has no disks, prints 100 MB or is killed', async (t) => {
  const read = async (body: string | null, disks = [disk('sda')]) => {
    const file = body === null ? '/nonexistent/smartctl' : script(t, body).file
    const smart = createSmartReader({ file, now: () => NOON })
    t.teardown(smart.close)
    const reading = await smart.read(disks, signal)
    return reading.reason ?? reading.value!.get('sda')!.reason
  }
  t.match(await read(null), /not installed/)
  t.match(await read('exit 1', [disk('vda', 'virtual')]), /no disk supports SMART/)
  t.equal(await read('yes | head -c 100000000'), 'smartctl was stopped before it finished')
  t.equal(await read('kill -9 $$'), 'smartctl printed no JSON')
})

t.test('pools have their sizes and their devices’ errors, each counted once', async (t) => {
  t.same(
    parsePoolList('rpool\t498216206336\t129385889792\t368830316544\t25\tONLINE\t12\ntank\t-\t-\t-\t-\tFAULTED\t-\n'),
    [
      {
        name: 'rpool',
        size: 498216206336,
        allocated: 129385889792,
        free: 368830316544,
        usage: 25,
        fragmentation: 12,
        health: 'ONLINE',
        errors: null,
        space: null
      },
      {
        name: 'tank',
        size: null,
        allocated: null,
        free: null,
        usage: null,
        fragmentation: null,
        health: 'FAULTED',
        errors: null,
        space: null
      }
    ]
  )
  t.same(parsePoolList(''), [])
  for (const garbage of ['no pools available\n', 'a\tb\n', 'rpool\t1\t1\t1\t1\tONLINE\n'])
    t.equal(parsePoolList(garbage), null)
  t.same(Object.fromEntries(parsePoolErrors(fixture('zpool-status.txt'))), {
    rpool: { read: 0, write: 0, checksum: 3, data: 'No known data errors' },
    tank: { read: 7, write: 12, checksum: 0, data: "2 data errors, use '-v' for a list" }
  })
})

t.test('zpool is not run on a host without ZFS; a hang, a failure or its absence is a reason', async (t) => {
  const without = script(t, 'exit 0')
  const none = createPoolReader({ file: without.file, procDir: without.folder })
  t.match(await none.read(), { value: null, reason: 'this host does not use ZFS' })
  t.same(without.calls(), [])

  const read = (body: string | null, timeoutMs = 5000) => {
    const { file, folder } = script(t, body ?? '')
    plant(folder, { 'spl/kstat/zfs': null })
    const pools = createPoolReader({ file: body === null ? '/nonexistent/zpool' : file, procDir: folder, timeoutMs })
    t.teardown(pools.close)
    return pools.read()
  }
  t.match(await read(null), { reason: /not installed/ })
  t.same(await read('exit 0'), { value: [], reason: null })
  await t.rejects(read('sleep 60', 200), { message: 'zpool does not answer' })
  await t.rejects(read('exit 1'), { message: 'zpool list failed' })
  await t.rejects(read('yes'), { message: 'zpool list failed' })
  const list = 'printf "rpool\\t10\\t4\\t6\\t40\\tDEGRADED\\t1\\n"'
  t.match(await read(`[ $1 = list ] && ${list} || exit 1`), {
    value: [{ name: 'rpool', health: 'DEGRADED', errors: null }]
  })
})

t.test('the space of a pool’s data sets comes from zfs; without its answer the pools are still listed', async (t) => {
  t.same(Object.fromEntries(parsePoolSpace('rpool\t1024\t2048\ntank one\t0\t7\n')), {
    rpool: { used: 1024, available: 2048 },
    'tank one': { used: 0, available: 7 }
  })
  for (const garbage of ['', 'no datasets available\n', 'rpool\t-\t-\n', 'rpool\t1G\t2G\n', 'rpool\t1\t2\t3\n'])
    t.equal(parsePoolSpace(garbage).size, 0, garbage)

  const read = async (body: string, timeoutMs = 5000) => {
    const zpool = 'list*) printf "tank\\t30\\t12\\t18\\t40\\tONLINE\\t1\\n";; *) exit 1;;'
    const { file, folder, calls } = script(t, `case "$*" in *"-d 0"*) ${body};; ${zpool} esac`)
    plant(folder, { 'spl/kstat/zfs': null })
    const pools = createPoolReader({ file, zfsFile: file, procDir: folder, timeoutMs })
    t.teardown(pools.close)
    const [pool] = (await pools.read()).value!
    return { pool, call: calls().at(-1) }
  }
  const { pool, call } = await read('printf "tank\\t8\\t11\\nother\\t1\\t1\\n"')
  t.match(pool, { allocated: 12, free: 18, space: { used: 8, available: 11 } })
  t.equal(call, 'list -Hp -d 0 -o name,used,avail')
  t.match((await read('exit 1')).pool, { name: 'tank', space: null })
  t.match((await read('sleep 60', 1000)).pool, { name: 'tank', space: null })
})

t.test('an impossible temperature is unknown, and the other SMART values stand', async (t) => {
  const whole = JSON.parse(fixture('smart-sata.json'))
  const { temperature, ...rest } = parseSmart(JSON.stringify(whole)).value!
  t.ok(temperature)
  for (const current of [-128, 255, 65_261, 1e300, 'hot', null]) {
    const odd = parseSmart(JSON.stringify({ ...whole, temperature: { current } })).value
    t.same(odd, { ...rest, temperature: null }, String(current))
  }
})
