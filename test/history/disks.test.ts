import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { Compile } from 'typebox/compile'
import { kindOf } from '../../lib/history/devices.ts'
import { historyNameOf, pickDisks, whyNotRecorded } from '../../lib/history/disks.ts'
import { historyMigrations } from '../../lib/history/tables.ts'
import type { DiskState } from '../../lib/host/storage/reader.ts'
import { openDatabase } from '../../lib/storage/database.ts'
import { DiskHistoryReplySchema } from '../../schemas/host/disk-history.ts'
import { plantDisks } from '../host/storage/made-up-disks.ts'
import { plant } from '../host/tree.ts'
import { bearer, build, setUp, temporaryFolder } from '../support/app.ts'
import { standIn } from '../support/stand-in.ts'
import { until } from '../support/waiting.ts'
import { NOON_S, recorderIn } from './rig.ts'

const MINUTE = 60_000
const io = (rate: number, temperature: number | null = null) => ({
  diskread: rate,
  diskwrite: rate * 2,
  utilization: rate / 10,
  temperature
})

t.test('each disk has its own steps; one without a temperature has the others', async (t) => {
  const { recorder, turn, run } = await recorderIn(t)
  turn({ A1: io(100, 30), B2: io(10) })
  await run(5000)
  turn({ A1: io(300), B2: io(10) })
  await run(5000)
  turn({ A1: io(50, 40), B2: { ...io(10), diskread: null } })
  await run(10_000)
  turn({})
  await run(10_000)
  const first = [NOON_S, 200, 300, 400, 600, 20, 30]
  const second = [NOON_S + 10, 50, 50, 100, 100, 5, 40]
  t.same(await recorder.readDevice('hour', 'disk', 'A1'), [first, second], 'from memory')
  t.same(await recorder.readDevice('hour', 'disk', 'B2'), [[NOON_S, 10, 10, 20, 20, 1, null]], 'a gap without a rate')
  await run(2 * MINUTE)
  await recorder.flush()
  t.same(await recorder.readDevice('hour', 'disk', 'A1'), [first, second], 'as they are stored')
  t.same(await recorder.readDevice('day', 'disk', 'A1'), [[NOON_S, 125, 300, 250, 600, 12.5, 35]])
  t.same(await recorder.readDevice('day', 'disk', 'B2'), [[NOON_S, 10, 10, 20, 20, 1, null]])
})

t.test('what was written is there after a restart', async (t) => {
  const first = await recorderIn(t)
  first.turn({ A1: io(100, 30) })
  await first.run(2 * MINUTE)
  await first.recorder.close()
  const again = await recorderIn(t, { folder: first.folder })
  again.skip(2 * MINUTE)
  t.equal((await again.recorder.readDevice('hour', 'disk', 'A1')).length, 11)
})

t.test('a file from before the history of disks is read and written on', async (t) => {
  const folder = await temporaryFolder(t)
  const path = join(folder, 'history.sqlite')
  const old = openDatabase({ path, migrations: historyMigrations.slice(0, 2), now: Date.now, onSetAside() {} })
  old.exec(`INSERT INTO steps_10 (at, cpu, cpu_n, cpu_max) VALUES (${NOON_S - 60}, 0.25, 1, 0.5)`)
  old.exec(`INSERT INTO interface_steps_10 VALUES (${NOON_S - 60}, 'eno1', 1, 5, 6, 7, 8)`)
  old.close()
  const { recorder, turn, run, asides, troubles } = await recorderIn(t, { folder })
  turn({ A1: io(7) })
  await run(2 * MINUTE)
  t.same((await recorder.read('hour', ['cpu']))[0], [NOON_S - 60, 0.25, 0.5])
  t.same((await recorder.readDevice('hour', 'interface', 'eno1'))[0], [NOON_S - 60, 5, 6, 7, 8])
  t.ok((await recorder.readDevice('hour', 'disk', 'A1')).length >= 10)
  t.same(asides, [])
  t.same(troubles, [])
})

const disk = (name: string, serial: string | null, isPhysical = true): DiskState =>
  standIn({
    name,
    serial,
    isPhysical,
    rates: { value: { readBytes: 1, writeBytes: 2, busyMs: 1200 }, reason: null }
  })

t.test('a disk keeps its history by its serial number, if no other disk has the same', async (t) => {
  const disks = [disk('sda', 'A1'), disk('sdb', null), disk('sdc', '0000'), disk('sdd', '0000')]
  t.same(
    disks.map((each) => historyNameOf(each, disks)),
    ['A1', 'sdb', 'sdc', 'sdd']
  )
  t.equal(historyNameOf(disk('sdb', 'A1'), [disk('sdb', 'A1')]), 'A1', 'also under another name')
})

t.test('at most 32 disks are recorded, the physical ones first', async (t) => {
  const disks = [disk('md0', null, false), ...Array.from({ length: 40 }, (_, i) => disk(`sd${i}`, `S${i}`))]
  const picked = pickDisks(disks, (name) => (name === 'sd1' ? 33 : null))
  t.equal(picked.size, kindOf('disk').most)
  t.notOk(picked.has('md0'))
  t.equal(whyNotRecorded('md0', disks), 'at most 32 disks are recorded, physical ones first')
  t.equal(whyNotRecorded('sd31', disks), null)
  t.same(picked.get('S0'), { diskread: 1, diskwrite: 2, utilization: 100, temperature: null })
  t.equal(picked.get('S1')?.temperature, 33)
})

t.test('GET /api/storage/disks/:disk/history follows a disk that the kernel renames', async (t) => {
  const folder = await temporaryFolder(t)
  const { options } = plantDisks(folder)
  plant(folder, { 'sys/block/sda/device/serial': 'ZA1ABCDE\n' })
  let now = Date.UTC(2025, 5, 1, 12)
  const app = await build(t, {}, { folder, ...options, now: () => now, sampling: { monotonicNow: () => now } })
  const headers = bearer(await setUp(app))
  app.sampling.onTick(() => {
    now += 10_000
  })
  const get = async (name: string, query = '?timeframe=hour') => {
    const reply = (await app.inject({ url: `/api/storage/disks/${name}/history${query}`, headers })).json()
    if (reply.success) t.same([...Compile(DiskHistoryReplySchema).Errors(reply)], [])
    return reply
  }
  await until(async () => (await get('sda')).data?.some(({ temperature }: { temperature: number }) => temperature > 0))
  const before = await get('sda')
  t.match(before, { disk: 'sda', resolution_seconds: 10, reasons: {} })
  t.match(before.data.at(-1), { diskread: 0, diskread_max: 0, diskwrite: 0, utilization: 0 })
  t.match((await get('vda')).reasons, { temperature: 'no data in this time range' })

  plant(folder, {
    'sys/block/sdq/dev': '8:0\n',
    'sys/block/sdq/size': '15628053168\n',
    'sys/block/sdq/device/serial': 'ZA1ABCDE\n'
  })
  const stats = join(folder, 'proc/diskstats')
  rmSync(join(folder, 'sys/block/sda'), { recursive: true })
  writeFileSync(stats, readFileSync(stats, 'utf8').replace(' sda ', ' sdq '))
  await until(async () => (await get('sdq')).success)
  t.same((await get('sdq')).data[0], before.data[0], 'the first point is of the disk while it was sda')
  t.match(await get('sda'), { code: 'NOT_FOUND' })

  for (const [timeframe, seconds] of Object.entries({ day: 120, week: 600, month: 3600, year: 43_200 }))
    t.match(await get('sdq', `?timeframe=${timeframe}`), { timeframe, resolution_seconds: seconds })
  t.match(await get('sdq', ''), { timeframe: 'week' })
  t.match(await get('sdq', '?timeframe=decade'), { code: 'VALIDATION' })
  t.match(await get('x'.repeat(65)), { code: 'VALIDATION' })
})
