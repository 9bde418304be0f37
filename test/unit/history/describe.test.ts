import t from 'tap'
import { describeHistory, readSeries } from '../../../lib/history/describe.ts'
import { SERIES } from '../../../lib/history/steps.ts'
import { NOON, NOON_S } from '../../history/rig.ts'

const describe = (rows: [number, ...(number | null)[]][], now = NOON) =>
  describeHistory({ timeframe: 'hour', series: ['cpu', 'memused'] }, rows, 'pve1', now)

t.test('time without the daemon is shown as points without values', async (t) => {
  const reply = describe([
    [NOON_S - 50, 0.12345, 0.5, 1000.4],
    [NOON_S - 20, 0.2, 0.2, null]
  ])
  const gap = { cpu: null, cpu_max: null, memused: null }
  t.same(reply.data, [
    { time: NOON_S - 50, cpu: 0.1235, cpu_max: 0.5, memused: 1000 },
    { time: NOON_S - 40, ...gap },
    { time: NOON_S - 30, ...gap },
    { time: NOON_S - 20, cpu: 0.2, cpu_max: 0.2, memused: null }
  ])
  t.match(reply, { success: true, node: 'pve1', timeframe: 'hour', resolution_seconds: 10, reasons: {} })
})

t.test('a step that is not yet written is no gap, and a longer absence is', async (t) => {
  t.equal(describe([[NOON_S - 80, 1, 1, 1]]).data.length, 1)
  const { data } = describe([[NOON_S - 200, 1, 1, 1]])
  t.equal(data.at(-1)?.time, NOON_S - 90)
  t.equal(data.at(-1)?.cpu, null)
})

t.test('a series without any value says so, and an empty history is empty', async (t) => {
  const reason = 'no data in this time range'
  t.same(describe([[NOON_S - 10, 1, 1, null]]).reasons, { memused: reason })
  t.same(describe([]), { ...describe([]), data: [], reasons: { cpu: reason, memused: reason } })
})

t.test('each series is named once', async (t) => {
  t.same(readSeries('memused,cpu,memused'), ['cpu', 'memused'])
  t.same(readSeries(undefined), SERIES)
})
