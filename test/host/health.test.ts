import t from 'tap'
import { assessHealth, type CheckName, STALE_AFTER_MS, THRESHOLDS } from '../../lib/host/health.ts'
import { absent, present } from '../../lib/host/reading.ts'
import { createEmptyVitals, type Vitals } from '../../lib/host/vitals.ts'

const NOW = Date.UTC(2025, 5, 1, 12)

interface Values {
  cpu: number
  cpuSeconds: number
  memory: number
  swap: number | null
  disk: number
  temperature: number | null
}

function vitalsOf(values: Partial<Values> = {}): Vitals {
  const { cpu = 10, cpuSeconds = 10, memory = 20, swap = 0, disk = 30, temperature = 40 } = values
  return {
    ...createEmptyVitals('pve1'),
    sampledAt: NOW,
    cpuWindow: present({ usage: cpu, seconds: cpuSeconds }),
    memory: present({
      total: 100,
      available: 100 - memory,
      used: memory,
      usage: memory,
      cached: 0,
      swapTotal: swap === null ? 0 : 100,
      swapUsed: swap ?? 0,
      swapUsage: swap
    }),
    rootFilesystem: present({ total: 100, used: disk, available: 100 - disk, usage: disk }),
    temperature: temperature === null ? absent('no sensor') : present(temperature)
  }
}
const names = (vitals: Vitals) => assessHealth(vitals, NOW).checks.map(({ name }) => name)

t.test('a host at rest is healthy', async (t) => {
  t.match(assessHealth(vitalsOf(), NOW), { status: 'healthy', summary: 'All systems operational' })
  t.same(names(vitalsOf()), ['cpu', 'memory', 'swap', 'disk', 'temperature'])
})

t.test('each threshold counts from its very value on', async (t) => {
  for (const [name, { warning, critical }] of Object.entries(THRESHOLDS) as [CheckName, typeof THRESHOLDS.cpu][]) {
    const status = (value: number) => assessHealth(vitalsOf({ [name]: value }), NOW).status
    t.same(
      [warning - 0.1, warning, critical - 0.1, critical].map(status),
      ['healthy', 'warning', 'warning', 'critical'],
      name
    )
  }
})

t.test('thresholds are as documented', async (t) => {
  t.same(THRESHOLDS, {
    cpu: { warning: 85, critical: 95 },
    memory: { warning: 85, critical: 95 },
    swap: { warning: 50, critical: 80 },
    disk: { warning: 85, critical: 95 },
    temperature: { warning: 80, critical: 90 }
  })
})

t.test('thresholds can be given', async (t) => {
  const strict = { ...THRESHOLDS, disk: { warning: 10, critical: 20 } }
  t.equal(assessHealth(vitalsOf(), NOW, strict).status, 'critical')
})

t.test('the worst check decides, and the summary names it first', async (t) => {
  t.match(assessHealth(vitalsOf({ memory: 90, disk: 99, temperature: 85 }), NOW), {
    status: 'critical',
    summary: 'Disk usage critical; Memory usage high; CPU temperature high'
  })
})

t.test('what the host lacks is left out of the verdict', async (t) => {
  t.same(names(vitalsOf({ swap: null, temperature: null })), ['cpu', 'memory', 'disk'])
  t.equal(assessHealth(vitalsOf({ swap: null, temperature: null }), NOW).status, 'healthy')
})

t.test('a CPU that has been busy for less than ten seconds is no verdict', async (t) => {
  t.equal(assessHealth(vitalsOf({ cpu: 100, cpuSeconds: 9.9 }), NOW).status, 'healthy')
  t.notOk(names(vitalsOf({ cpuSeconds: 9.9 })).includes('cpu'))
  t.equal(assessHealth(vitalsOf({ cpu: 100, cpuSeconds: 10 }), NOW).status, 'critical')
})

t.test('what every host has but this one does not show is a warning', async (t) => {
  const gone = absent('gone')
  for (const [sign, summary] of [
    ['cpuWindow', 'CPU usage unknown'],
    ['memory', 'Memory usage unknown'],
    ['rootFilesystem', 'Disk usage unknown']
  ] as const) {
    t.match(assessHealth({ ...vitalsOf(), [sign]: gone }, NOW), { status: 'warning', summary })
  }
})

t.test('samples count for fifteen seconds, and none at all is not healthy either', async (t) => {
  t.equal(assessHealth(vitalsOf(), NOW + STALE_AFTER_MS).status, 'healthy')
  t.same(assessHealth(vitalsOf({ memory: 99 }), NOW + STALE_AFTER_MS + 1), {
    status: 'warning',
    summary: 'Measurements are out of date',
    checks: []
  })
  t.match(assessHealth(createEmptyVitals('pve1'), NOW), { status: 'warning', summary: 'No measurements' })
})

t.test('the summary, which anyone may read, has neither numbers nor reasons in it', async (t) => {
  const vitals = { ...vitalsOf({ cpu: 97.3, disk: 88.8 }), memory: absent('/proc/meminfo cannot be read (EACCES)') }
  t.notMatch(assessHealth(vitals, NOW).summary, /[\d/%]/)
})
