import t from 'tap'
import { monitorOf, vitalsOf } from '../../health/rig.ts'

const source = <T>(value: T) => ({ value, reason: null, stale: false })
const levels = (more: Parameters<ReturnType<typeof monitorOf>['tell']>[0]) => {
  const { tell, latest } = monitorOf()
  tell(more)
  const health = latest()
  return {
    health,
    checks: Object.fromEntries(health.checks.map(({ check, status }) => [check, status])),
    message: (name: string) => health.checks.find(({ check }) => check === name)?.message
  }
}

t.test('each file system is checked, and replaces the root file system of the vital signs', async (t) => {
  const { checks, health } = levels({
    filesystems: source([
      { mount: '/', usage: 40 },
      { mount: '/srv', usage: 96 },
      { mount: '/mnt/nas', usage: null },
      { mount: '/boot', usage: 10, isReadOnly: true },
      { mount: '/mnt/old', usage: 20, isStale: true }
    ])
  })
  t.match(checks, {
    'filesystem:/': 'healthy',
    'filesystem:/srv': 'critical',
    'filesystem:/mnt/nas': 'warning',
    'read_only:/boot': 'critical',
    'filesystem:/mnt/old': 'healthy',
    'stale:filesystem:/mnt/old': 'warning'
  })
  t.equal(health.checks.filter(({ check }) => check === 'filesystem:/').length, 1)
  t.equal(
    health.summary,
    'Disk usage critical; File system read-only; Disk usage unknown; File system does not answer',
    'each phrase once, no path'
  )
})

t.test('disks and pools are checked by SMART, temperature, errors and state', async (t) => {
  const { checks, message, health } = levels({
    disks: source([
      { name: 'sda', hasPassed: true, temperature: 35, errors: 0 },
      { name: 'sdb', hasPassed: false, temperature: 61, errors: 3 },
      { name: 'vda', hasPassed: null, temperature: null, errors: null }
    ]),
    pools: source([
      { name: 'rpool', state: 'ONLINE', usage: 10 },
      { name: 'tank', state: 'DEGRADED', usage: 86 },
      { name: 'old', state: 'UNAVAIL', usage: null }
    ])
  })
  t.match(checks, {
    'smart:sda': 'healthy',
    'smart:sdb': 'critical',
    'disk_temperature:sda': 'healthy',
    'disk_temperature:sdb': 'warning',
    'io_errors:sdb': 'warning',
    'pool:rpool': 'healthy',
    'pool:tank': 'warning',
    'pool:old': 'critical',
    'filesystem:pool tank': 'warning'
  })
  t.notOk(
    Object.keys(checks).some((name) => name.endsWith('vda')),
    'what says nothing is not judged'
  )
  t.equal(message('smart:sdb'), 'SMART of sdb: failed; back up its data and replace it')
  t.notMatch(health.summary, /sdb|tank|\d/)
})

t.test('links, units, clock and updates are checked', async (t) => {
  const bad = levels({
    interfaces: source([
      { name: 'eno1', isDown: true, errorsPerSecond: null },
      { name: 'eno2', isDown: false, errorsPerSecond: 0 }
    ]),
    failedUnits: source(['nginx.service', 'backup.timer']),
    timeSync: source({ isSynchronised: false }),
    updates: source({ pending: 12, security: 3 })
  })
  t.match(bad.checks, {
    'link:eno1': 'warning',
    'link:eno2': 'healthy',
    'unit:nginx.service': 'warning',
    'unit:backup.timer': 'warning',
    time_sync: 'warning',
    updates: 'warning'
  })
  t.equal(bad.health.summary, 'Network link down; Service failed; Clock not synchronised; Updates pending')
  t.equal(bad.message('updates'), '12 updates pending, 3 of them security updates')

  const good = levels({
    failedUnits: source([]),
    timeSync: source({ isSynchronised: true }),
    updates: source({ pending: 12, security: 0 })
  })
  t.match(good.checks, { units: 'healthy', time_sync: 'healthy', updates: 'healthy' })
  t.equal(good.health.status, 'healthy')
})

t.test('network errors count once they have lasted a minute', async (t) => {
  const { tell, pass, find } = monitorOf()
  const look = () => {
    tell({ vitals: vitalsOf(), interfaces: source([{ name: 'eno1', isDown: false, errorsPerSecond: 500 }]) })
    pass(5000)
    return find('network_errors:eno1')?.status
  }
  t.same(Array.from({ length: 13 }, look), [...Array(12).fill('healthy'), 'critical'])
})

t.test('a stale source is a problem and is checked by its last value; a missing source has a reason', async (t) => {
  const { checks, health, message } = levels({
    filesystems: { value: [{ mount: '/', usage: 97 }], reason: 'df does not answer', stale: true },
    disks: { value: null, reason: 'smartctl is not installed', stale: false },
    updates: { value: null, reason: 'this host has no apt', stale: false }
  })
  t.match(checks, { 'filesystem:/': 'critical', 'stale:filesystems': 'warning' })
  t.equal(message('stale:filesystems'), 'File systems: measurements out of date (df does not answer)')
  t.notMatch(health.summary, /df/)
  t.match(health.reasons, { updates: 'this host has no apt' })
})

t.test('alert channels that cannot deliver are named to those who may see them only', async (t) => {
  const channel = (id: string, fault: string | null) => ({ id, name: `Channel ${id}`, fault })
  const good = levels({ alertChannels: [channel('a', null)] })
  t.match(good.checks, { alerts: 'healthy' })
  const { checks, health, message } = levels({ alertChannels: [channel('a', 'it is down'), channel('b', null)] })
  t.match(checks, { 'alerts:a': 'warning', alerts: undefined, 'alerts:b': undefined })
  t.equal(message('alerts:a'), 'Alert channel Channel a cannot deliver: it is down; see Alerts in the settings')
  t.equal(health.summary, 'Alert channel cannot deliver')
})

t.test('the problem of a removed device is removed', async (t) => {
  const { tell, pass, latest } = monitorOf()
  tell({
    filesystems: source([
      { mount: '/', usage: 1 },
      { mount: '/media/stick', usage: 99 }
    ])
  })
  t.equal(latest().status, 'critical')
  tell({ vitals: vitalsOf(), filesystems: source([{ mount: '/', usage: 1 }]) })
  pass(5000)
  t.equal(latest().status, 'healthy')
})

t.test('two hundred file systems are checked separately', async (t) => {
  const filesystems = source(Array.from({ length: 200 }, (_, i) => ({ mount: `/mnt/${i}`, usage: i / 2 })))
  const { tell, pass, latest } = monitorOf()
  const before = process.threadCpuUsage()
  for (let i = 0; i < 200; i++) {
    tell({ vitals: vitalsOf(), filesystems })
    pass(5000)
    latest()
  }
  const { user, system } = process.threadCpuUsage(before)
  t.comment(`${((user + system) / 200).toFixed(0)} µs a look at 200 file systems`)
  t.equal(latest().checks.length, 211)
})
