import t from 'tap'
import { type CpuTimes, measureCpu } from '../../../lib/host/cpu.ts'
import { createCpuMeter } from '../../../lib/host/cpu-meter.ts'
import { ok, unavailable } from '../../../lib/host/measurement.ts'

const none: CpuTimes = { user: 0, system: 0, idle: 0, iowait: 0, steal: 0 }
const times = (part: Partial<CpuTimes>): CpuTimes => ({ ...none, ...part })
// user nice system idle iowait irq softirq steal guest guest_nice
const stat = (...fields: number[]) => ok(`cpu  ${fields.join(' ')}\ncpu0 0\n`)

t.test('usage is the time that was neither idle nor I/O wait', async (t) => {
  const after = times({ user: 30, system: 10, idle: 50, iowait: 10 })
  t.same(measureCpu(none, after).value, { usage: 40, user: 30, system: 10, iowait: 10, steal: 0 })
})

t.test('time stolen by the hypervisor counts as used, but as neither user nor system', async (t) => {
  const after = times({ user: 10, idle: 20, steal: 70 })
  t.same(measureCpu(none, after).value, { usage: 80, user: 10, system: 0, iowait: 0, steal: 70 })
})

t.test('guest time, which the kernel adds to user as well, is counted once', async (t) => {
  const meter = createCpuMeter()
  meter.add(stat(1000, 0, 0, 1000, 0, 0, 0, 0, 900, 0), 0)
  const { interval } = meter.add(stat(1050, 0, 0, 1050, 0, 0, 0, 0, 950, 0), 1000)
  t.match(interval.value, { usage: 50, user: 50 })
})

t.test('nice counts as user, interrupts count as system', async (t) => {
  const meter = createCpuMeter()
  meter.add(stat(0, 0, 0, 0, 0, 0, 0, 0, 0, 0), 0)
  const { interval } = meter.add(stat(10, 5, 3, 80, 0, 1, 1, 0, 0, 0), 1000)
  t.match(interval.value, { usage: 20, user: 15, system: 5 })
})

t.test('counters that run backwards do not make shares negative', async (t) => {
  const before = times({ user: 100, idle: 1000, iowait: 500 })
  const after = times({ user: 150, idle: 1050, iowait: 400 })
  t.same(measureCpu(before, after).value, { usage: 50, user: 50, system: 0, iowait: 0, steal: 0 })
  t.equal(measureCpu(after, none).value, null, 'all of them backwards is no measurement')
})

t.test('two equal samples give a reason, not 0 %', async (t) => {
  t.match(measureCpu(none, none), { value: null, reason: 'no CPU time has passed between two samples' })
})

t.test('the first sample gives a reason, not 0 %', async (t) => {
  const { interval, window } = createCpuMeter().add(stat(1, 1, 1, 1, 1, 1, 1, 1), 0)
  t.match(interval, { value: null, reason: 'CPU usage needs a second sample' })
  t.same(window.value, { usage: null, seconds: 0 })
})

t.test('the window averages the last ten seconds and drops older samples', async (t) => {
  const meter = createCpuMeter()
  let user = 0
  let idle = 0
  const second = (at: number, busy: number) => {
    user += busy
    idle += 100 - busy
    return meter.add(stat(user, 0, 0, idle, 0, 0, 0, 0, 0, 0), at * 1000)
  }
  for (let at = 0; at <= 20; at++) second(at, 0)
  t.match(second(21, 100), { interval: { value: { usage: 100 } }, window: { value: { usage: 10, seconds: 10 } } })
  for (let at = 22; at <= 30; at++) second(at, 100)
  t.match(second(31, 100).window.value, { usage: 100, seconds: 10 })
})

t.test('an unreadable sample restarts the measurement, so that no share spans a gap', async (t) => {
  const meter = createCpuMeter()
  meter.add(stat(0, 0, 0, 0, 0, 0, 0, 0), 0)
  t.match(meter.add(unavailable('gone'), 1000), {
    interval: { reason: 'gone' },
    window: { value: null, reason: 'gone' }
  })
  t.equal(meter.add(stat(9, 0, 0, 1, 0, 0, 0, 0), 2000).interval.value, null)
})
