import t from 'tap'
import { STALE_AFTER_MS } from '../../../lib/health/monitor.ts'
import { acknowledge } from '../../../lib/health/settings.ts'
import { unavailable } from '../../../lib/host/measurement.ts'
import { createEmptyVitals } from '../../../lib/host/vitals.ts'
import { firstVerdict, monitorOf, NOON, noFaults, type Values, vitalsOf } from '../../health/rig.ts'

const names = (values: Partial<Values>) =>
  firstVerdict(vitalsOf(values))
    .checks.filter(({ unit }) => unit !== null)
    .map(({ check }) => check)
const times = <T>(count: number, value: T): T[] => Array(count).fill(value)

t.test('an idle host is healthy', async (t) => {
  t.match(firstVerdict(vitalsOf()), { status: 'healthy', summary: 'All systems operational', at: NOON })
  t.same(names({}), ['cpu', 'iowait', 'memory', 'swap', 'temperature', 'filesystem:/'])
})

t.test('each threshold applies from its exact value', async (t) => {
  for (const [name, warning, critical] of [
    ['memory', 85, 95],
    ['swap', 50, 80],
    ['disk', 85, 95],
    ['temperature', 80, 90]
  ] as const) {
    const status = (value: number) => firstVerdict(vitalsOf({ [name]: value })).status
    t.same(
      [warning - 0.1, warning, critical - 0.1, critical].map(status),
      ['healthy', 'warning', 'warning', 'critical'],
      name
    )
  }
})

t.test('the worst check decides, and comes first in the summary, without numbers, paths or reasons', async (t) => {
  const vitals = {
    ...vitalsOf({ disk: 99.5, temperature: 85 }),
    memory: unavailable('/proc/meminfo cannot be read (EACCES)')
  }
  const health = firstVerdict(vitals)
  t.match(health, { status: 'critical', summary: 'Disk usage critical; Memory usage unknown; CPU temperature high' })
  t.match(health.counts, { critical: 1, warning: 2, acknowledged: 0 })
  t.match(health.checks[0], { check: 'filesystem:/', message: 'Disk usage of / critical: 99.5 %', value: 99.5 })
})

t.test('missing measurements of the host are left out of the verdict, with the reason', async (t) => {
  const health = firstVerdict(vitalsOf({ swap: null, temperature: null }))
  t.equal(health.status, 'healthy')
  t.notOk(health.checks.some(({ category }) => category === 'swap' || category === 'temperature'))
  t.match(health.reasons, { swap: 'this host has no swap', temperature: 'no CPU temperature sensor found' })
})

t.test('a busy CPU counts after a minute, and no sooner', async (t) => {
  const { series } = monitorOf(vitalsOf({ cpuSeconds: 2 }))
  t.same(series('cpu', times(13, { cpu: 99 })), [...times(12, 'healthy'), 'critical'])
  t.same(series('cpu', [{ cpu: 99, cpuSeconds: 2 }]), [undefined], 'less than its window is no verdict')
})

t.test('a value that swings around a threshold does not make the verdict flap', async (t) => {
  const around = times(20, [{ memory: 84 }, { memory: 86 }]).flat()
  const quiet = monitorOf()
  t.same(new Set(quiet.series('memory', around)), new Set(['healthy']), 'from below')
  const loud = monitorOf(vitalsOf({ memory: 86 }))
  t.equal(loud.find('memory')?.status, 'warning')
  t.same(new Set(loud.series('memory', around)), new Set(['warning']), 'and from above')
})

t.test('a level ends below its threshold less a margin, and after a delay', async (t) => {
  const { series, find } = monitorOf(vitalsOf({ memory: 86 }))
  t.same(new Set(series('memory', times(20, { memory: 83 }))), new Set(['warning']))
  t.match(find('memory')?.message, 'Memory usage was high, now 83 %')
  t.same(series('memory', times(7, { memory: 81 })), [...times(6, 'warning'), 'healthy'])
})

t.test('for values that alternate between two levels the lower level counts', async (t) => {
  const { series } = monitorOf()
  const seen = series('memory', times(5, [{ memory: 96 }, { memory: 88 }]).flat())
  t.equal(seen.at(-1), 'warning')
  t.notOk(seen.includes('critical'))
})

t.test('since is the start of a status, also after the clock was set', async (t) => {
  const { series, find, skewClock } = monitorOf(vitalsOf({ memory: 86 }))
  t.equal(find('memory')?.since, NOON)
  series('memory', times(4, { memory: 86 }))
  t.equal(find('memory')?.since, NOON)
  skewClock(86_400_000)
  series('memory', [{ memory: 86 }])
  t.equal(find('memory')?.since, NOON + 86_400_000, 'so long ago as it is')
})

t.test('missing and outdated measurements are not healthy', async (t) => {
  t.match(firstVerdict(createEmptyVitals('pve1')), { status: 'warning', summary: 'No measurements' })
  const { latest, pass, tell, skewClock } = monitorOf()
  t.equal(latest().status, 'healthy')
  pass(STALE_AFTER_MS)
  t.equal(latest().status, 'healthy')
  pass(6000)
  t.match(latest(), { status: 'warning', summary: 'Measurements are out of date' })
  tell({ vitals: vitalsOf() })
  pass(5000)
  t.equal(latest().status, 'healthy', 'and ends with the next reading')
  // The age of the last reading counts, by the monotonic clock.
  for (const jump of [86_400_000, -86_400_000]) {
    skewClock(jump)
    tell({ vitals: vitalsOf() })
    pass(5000)
    t.equal(latest().status, 'healthy', 'a clock that was set does not make samples outdated')
    pass(STALE_AFTER_MS + 5000)
    t.equal(latest().status, 'warning', 'nor young')
    tell({ vitals: vitalsOf() })
    pass(5000)
    latest()
  }
})

t.test('a fault of the daemon shows at once and disappears at once', async (t) => {
  const { latest, tell, find } = monitorOf()
  latest()
  tell({ faults: { ...noFaults, audit_log: ['Authentication log cannot be written'] } })
  t.match(latest(), { status: 'warning', summary: 'Authentication log cannot be written' })
  t.equal(find('audit_log:authentication_log_cannot_be_written')?.category, 'audit_log')
  tell({ faults: noFaults })
  t.equal(latest().status, 'healthy')
})

t.test('the certificate is checked by its remaining days', async (t) => {
  const { latest, tell, pass } = monitorOf()
  const DAY = 86_400_000
  const summary = (days: number) => {
    tell({ certificateEnds: NOON + days * DAY })
    pass(5000)
    tell({ vitals: vitalsOf() })
    return [latest().status, latest().summary]
  }
  t.same(summary(30.5), ['healthy', 'All systems operational'])
  t.same(summary(6.5), ['warning', 'HTTPS certificate expires soon'])
  t.same(summary(0.5), ['critical', 'HTTPS certificate expires soon'])
  t.same(summary(-2), ['critical', 'HTTPS certificate has expired'])
})

t.test('the first value of a source counts at once', async (t) => {
  const { latest, tell } = monitorOf()
  tell({ filesystems: { ...unavailable('not read yet'), stale: false } })
  t.equal(latest().status, 'healthy')
  tell({ filesystems: { value: [{ mount: '/srv', usage: 99 }], reason: null, stale: false } })
  t.match(latest(), { status: 'critical', summary: 'Disk usage critical' })
})

t.test('a verdict is renewed after five seconds, and not before', async (t) => {
  const { latest, pass, tell } = monitorOf()
  const first = latest()
  tell({ vitals: vitalsOf({ disk: 99 }) })
  pass(4000)
  t.equal(latest(), first)
  pass(1000)
  t.not(latest(), first)
})

t.test(
  'an acknowledged problem does not count until the acknowledgement expires or the problem gets worse',
  async (t) => {
    const { latest, pass, tell, set, find, series } = monitorOf(vitalsOf({ disk: 90 }))
    t.equal(latest().status, 'warning')
    const request = { check: 'filesystem:/', duration: 600, status: 'warning', by: 'ada', now: NOON } as const
    const made = acknowledge({}, { ...request, reason: 'a new disk comes' })
    if (made.ok) set(made.settings)
    t.match(latest(), {
      status: 'healthy',
      summary: 'All problems are acknowledged',
      counts: { warning: 0, acknowledged: 1 }
    })
    t.match(find('filesystem:/'), { status: 'warning', acknowledgement: { by: 'ada', reason: 'a new disk comes' } })

    series('filesystem:/', times(4, { disk: 97 }))
    t.match(latest(), { status: 'critical', counts: { critical: 1, acknowledged: 0 } }, 'worse than it was')
    series('filesystem:/', times(8, { disk: 90 }))
    t.equal(latest().status, 'healthy')
    pass(600_000)
    tell({ vitals: vitalsOf({ disk: 90 }) })
    pass(5000)
    t.equal(latest().status, 'warning', 'its time is over')
  }
)

t.test('an acknowledgement does not count before its own time, after the clock was set back', async (t) => {
  const { latest, set, skewClock, pass, tell } = monitorOf(vitalsOf({ disk: 90 }))
  const made = acknowledge({}, { check: 'filesystem:/', duration: 600, status: 'warning', by: '', now: NOON })
  if (made.ok) set(made.settings)
  t.equal(latest().status, 'healthy')
  skewClock(-30 * 86_400_000)
  tell({ vitals: vitalsOf({ disk: 90 }) })
  pass(5000)
  t.equal(latest().status, 'warning', 'it does not count a month before it was given')
})

t.test('contradicting thresholds in settings.json are ignored, and health says so', async (t) => {
  const { latest, set } = monitorOf(vitalsOf({ memory: 90 }))
  set({ thresholds: { memory: { warning: 91, critical: 92 } } })
  t.equal(latest().status, 'healthy')
  set({ thresholds: { memory: { warning: 99, critical: 98 } } })
  t.match(latest(), { status: 'warning', thresholds: { memory: { warning: 85, critical: 95 } } })
  t.match(latest().summary, 'Memory thresholds contradict each other')
})
