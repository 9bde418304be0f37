import { join } from 'node:path'
import t from 'tap'
import { Compile } from 'typebox/compile'
import { kindOf } from '../../lib/history/devices.ts'
import { pickInterfaces, whyNotRecorded } from '../../lib/history/interfaces.ts'
import { historyMigrations } from '../../lib/history/tables.ts'
import { TIERS } from '../../lib/history/tiers.ts'
import type { InterfaceKind } from '../../lib/host/network/interface.ts'
import type { NetworkInterface } from '../../lib/host/network/reader.ts'
import { openDatabase } from '../../lib/storage/database.ts'
import { InterfaceHistoryReplySchema } from '../../schemas/host/interface-history.ts'
import { plant } from '../host/tree.ts'
import { bearer, build, setUp, temporaryFolder } from '../support/app.ts'
import { standIn } from '../support/stand-in.ts'
import { until } from '../support/waiting.ts'
import { NOON_S, recorderIn } from './rig.ts'

const MINUTE = 60_000
const both = (rate: number) => ({ netin: rate, netout: rate * 2 })

t.test('each interface has its own steps: means and maxima, with gaps while it was missing', async (t) => {
  const { recorder, transfer, run } = await recorderIn(t)
  transfer({ eno1: both(100), vmbr0: both(10) })
  await run(5000)
  transfer({ eno1: both(300) })
  await run(5000)
  transfer({})
  await run(10_000)
  t.same(await recorder.readDevice('hour', 'interface', 'eno1'), [[NOON_S, 200, 300, 400, 600]], 'from memory')
  t.same(await recorder.readDevice('hour', 'interface', 'vmbr0'), [[NOON_S, 10, 10, 20, 20]])
  transfer({ eno1: both(50) })
  await run(2 * MINUTE)
  const hour = await recorder.readDevice('hour', 'interface', 'eno1')
  t.same(hour.slice(0, 2), [
    [NOON_S, 200, 300, 400, 600],
    [NOON_S + 20, 50, 50, 100, 100]
  ])
  await recorder.flush()
  const [first] = await recorder.readDevice('day', 'interface', 'eno1')
  t.equal(first![0], NOON_S)
  // One step of 200 and ten of 50: the gap does not count.
  t.same(first!.slice(1), [(200 + 10 * 50) / 11, 300, (400 + 10 * 100) / 11, 600])
  t.same(await recorder.readDevice('hour', 'interface', 'nothing'), [])
})

t.test('coarser steps agree with the finest ones, and old steps are removed with those of the host', async (t) => {
  const { recorder, transfer, run, database, skip } = await recorderIn(t)
  const count = (tier: number) =>
    Number(database().prepare(`SELECT count(*) AS n FROM interface_steps_${TIERS[tier]!.seconds}`).get()!.n)
  for (let i = 0; i < 150; i++) {
    transfer({ eno1: both((i * 37) % 101), vmbr0: both(i) })
    await run(MINUTE, 10_000)
    if (i % 50 === 49) skip(600_000)
  }
  await recorder.flush()
  t.equal(count(0), 2 * TIERS[0]!.keep)
  const days = await recorder.readDevice('day', 'interface', 'eno1')
  const rows = database().prepare('SELECT at, n, netin, netin_max FROM interface_steps_600 WHERE interface = ?')
  for (const { at, n, netin, netin_max: highest } of rows.all('eno1')) {
    const covered = days.filter((row) => row[0] >= Number(at) && row[0] < Number(at) + 600)
    if (covered.length === 0) continue
    t.equal(highest, Math.max(...covered.map((row) => Number(row[2]))))
    t.ok(Number(netin) / Number(n) <= Number(highest))
  }
})

t.test('steps later than a clock that was set back are dropped with those of the host', async (t) => {
  const { recorder, transfer, run, setClock, clock } = await recorderIn(t)
  transfer({ eno1: both(7) })
  await run(3 * MINUTE)
  const before = (await recorder.readDevice('hour', 'interface', 'eno1')).length
  setClock(clock() - 2 * MINUTE)
  await run(MINUTE)
  await recorder.flush()
  const rows = await recorder.readDevice('hour', 'interface', 'eno1')
  t.ok(rows.length < before)
  t.equal(new Set(rows.map(([at]) => at)).size, rows.length)
})

t.test('a file of an older version is read and written on', async (t) => {
  const folder = await temporaryFolder(t)
  const path = join(folder, 'history.sqlite')
  const old = openDatabase({ path, migrations: historyMigrations.slice(0, 1), now: Date.now, onSetAside() {} })
  old.exec(`INSERT INTO steps_10 (at, cpu, cpu_n, cpu_max) VALUES (${NOON_S - 60}, 0.25, 1, 0.5)`)
  old.close()
  const { recorder, transfer, run, asides, troubles } = await recorderIn(t, { folder })
  transfer({ eno1: both(7) })
  await run(2 * MINUTE)
  t.same((await recorder.read('hour', ['cpu']))[0], [NOON_S - 60, 0.25, 0.5])
  t.ok((await recorder.readDevice('hour', 'interface', 'eno1')).length >= 10)
  t.same(asides, [])
  t.same(troubles, [])
})

t.test('at most 16 interfaces are recorded, the important ones first', async (t) => {
  const one = (name: string, kind: InterfaceKind, rate: number | null = 1): NetworkInterface =>
    standIn({ name, kind, rates: { value: { rxBytes: rate, txBytes: rate }, reason: null } })
  const guests = Array.from({ length: 200 }, (_, i) => one(`veth${i}i0`, 'guest'))
  const vlans = Array.from({ length: 30 }, (_, i) => one(`vmbr0.${i}`, 'vlan'))
  const all = [one('lo', 'loopback'), ...guests, ...vlans, one('vmbr0', 'bridge'), one('eno1', 'physical')]
  const picked = pickInterfaces(all)
  t.equal(picked.size, kindOf('interface').most)
  t.same([...picked.keys()].slice(0, 4), ['eno1', 'vmbr0', 'vmbr0.0', 'vmbr0.1'])
  t.equal(whyNotRecorded('vmbr0.1', all), null)
  t.equal(whyNotRecorded('vmbr0.29', all), 'at most 16 interfaces are recorded, physical ones first')
  t.match(whyNotRecorded('lo', all), /^only physical interfaces/)
  t.equal(whyNotRecorded('gone', all), null)
  t.same(pickInterfaces([one('eno1', 'physical', null)]).get('eno1'), { netin: null, netout: null })
})

t.test('names that come and go leave no more rows than there are interfaces at a time', async (t) => {
  const { recorder, transfer, run, database } = await recorderIn(t)
  const { most } = kindOf('interface')
  for (let i = 0; i < 400; i++) {
    // One interface stays, fifteen others have new names each time.
    const passing = Array.from({ length: most - 1 }, (_, n) => [`vlan${i}.${n}`, both(1)])
    transfer({ eno1: both(9), ...Object.fromEntries(passing) })
    await run(20_000, 10_000)
  }
  await recorder.flush()
  for (const { seconds } of TIERS) {
    const rows = database()
      .prepare(`SELECT count(*) AS n, sum(interface = 'eno1') AS lasting FROM interface_steps_${seconds} GROUP BY at`)
      .all()
    t.ok(rows.length > 0 && rows.every(({ n }) => Number(n) <= most), `${seconds} s`)
    t.ok(
      rows.every(({ lasting }) => lasting === 1),
      'the lasting one is kept'
    )
  }
})

t.test('a step with more names than are recorded keeps the first ones', async (t) => {
  const { recorder, transfer, run } = await recorderIn(t)
  for (let i = 0; i < 10; i++) {
    transfer(Object.fromEntries(Array.from({ length: 16 }, (_, n) => [`x${i}.${n}`, both(1)])))
    await run(1000, 1000)
  }
  transfer({})
  await run(10_000)
  t.equal((await recorder.readDevice('hour', 'interface', 'x0.15')).length, 1)
  t.equal((await recorder.readDevice('hour', 'interface', 'x1.0')).length, 0)
})

t.test('GET /api/network/:name/history returns each timeframe, and 404 for an unknown interface', async (t) => {
  const folder = await temporaryFolder(t)
  const netDev = (bytes: number) =>
    `lo: ${bytes} 1 0 0 0 0 0 0 ${bytes} 1 0 0 0 0 0 0\neno1: ${bytes} 1 0 0 0 0 0 0 ${bytes} 1 0 0 0 0 0 0\n`
  plant(folder, {
    'proc/net/dev': netDev(1000),
    'sys/class/net/eno1/device/vendor': '0x8086\n',
    'sys/class/net/eno1/type': '1\n',
    'sys/class/net/lo/type': '772\n'
  })
  let now = Date.UTC(2025, 5, 1, 12)
  const app = await build(
    t,
    {},
    {
      folder,
      now: () => now,
      sampling: { monotonicNow: () => now },
      network: { procDir: join(folder, 'proc'), sysDir: join(folder, 'sys'), addresses: () => ({}) }
    }
  )
  const headers = bearer(await setUp(app))
  app.sampling.onTick(() => {
    now += 10_000
  })
  const get = async (name: string, query = '') => {
    const reply = (await app.inject({ url: `/api/network/${name}/history${query}`, headers })).json()
    if (reply.success) t.same([...Compile(InterfaceHistoryReplySchema).Errors(reply)], [])
    return reply
  }
  await until(async () => (await get('eno1', '?timeframe=hour')).data?.length >= 2)
  t.match(await get('eno1', '?timeframe=hour'), {
    interface: 'eno1',
    resolution_seconds: 10,
    data: [{ netin: 0, netin_max: 0, netout: 0 }],
    reasons: {}
  })
  for (const [timeframe, seconds] of Object.entries({ day: 120, week: 600, month: 3600, year: 43_200 }))
    t.match(await get('eno1', `?timeframe=${timeframe}`), { timeframe, resolution_seconds: seconds })
  t.match(await get('eno1'), { timeframe: 'week' })
  t.match(await get('lo'), { data: [], reasons: { netin: /^only physical interfaces/ } })
  t.match(await get('eth9'), { success: false, code: 'NOT_FOUND' })
  t.match(await get('eno1', '?timeframe=decade'), { code: 'VALIDATION' })
  t.match(await get('x'.repeat(16)), { code: 'VALIDATION' })
})
