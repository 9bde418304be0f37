import { cpSync, rmSync } from 'node:fs'
import t from 'tap'
import { host, NOON } from './vitals-host.ts'

t.test('a Proxmox host has all vital signs', async (t) => {
  const { vitals } = host(t, 'proxmox-intel')
  await vitals.sample()
  t.match(vitals.latest(), {
    sampledAt: NOON,
    hostname: 'pve1.example.com',
    memory: { value: { usage: 45.8 } },
    loadAverage: { value: [0.42, 0.38, 0.31] },
    uptime: { value: 273906.47 },
    temperature: { value: 47 },
    temperatureHistory: [{ timestamp: NOON / 1000, value: 47 }],
    topology: { value: { cores: 4, threads: 8 } },
    rootFilesystem: { value: { usage: 50 } },
    kernelVersion: { value: '6.8.12-9-pve' },
    osName: { value: 'Debian GNU/Linux 12 (bookworm)' },
    proxmoxVersion: { value: '8.4.1' }
  })
})

t.test('an ARM board has the temperature of its thermal zone', async (t) => {
  const { vitals } = host(t, 'arm-board')
  await vitals.sample()
  t.match(vitals.latest(), {
    temperature: { value: 51.6 },
    topology: { value: { cores: 4, threads: 4 } },
    proxmoxVersion: { value: null, reason: 'this host does not run Proxmox VE' }
  })
})

t.test('a VM whose only sensor is a disk has no temperature and an empty history', async (t) => {
  const { vitals, rounds } = host(t, 'vm')
  await rounds(70)
  t.match(vitals.latest().temperature, { value: null, reason: 'no CPU temperature sensor found' })
  t.same(vitals.latest().temperatureHistory, [])
})

t.test('CPU shares are measured between two samples, and the first sample has none', async (t) => {
  const { vitals, write, rounds } = host(t, 'vm')
  write('proc/stat', 'cpu  100 0 100 800 0 0 0 0 0 0\n')
  await rounds(1)
  t.equal(vitals.latest().cpu.value, null)
  write('proc/stat', 'cpu  150 0 125 825 0 0 0 0 0 0\n')
  await rounds(1)
  t.match(vitals.latest().cpu.value, { usage: 75, user: 50, system: 25 })
})

t.test('start takes both samples that CPU usage needs', async (t) => {
  const { vitals, write } = host(t, 'vm', {
    warmupMs: 100,
    sleep: async () => write('proc/stat', 'cpu  8697 0 3244 559823 516 0 145 3016 0 0\n')
  })
  await (await vitals.start()).warm
  t.equal(vitals.latest().cpu.value?.usage, 50)
})

t.test('latest is one object that every round updates', async (t) => {
  const { vitals, write, rounds } = host(t, 'vm')
  const latest = vitals.latest()
  await rounds(1)
  write('proc/loadavg', '7.00 0.00 0.00 1/79 6219\n')
  await rounds(1)
  t.equal(vitals.latest(), latest)
  t.same(latest.loadAverage.value, [7, 0, 0])
})

t.test('the hottest socket counts, and a broken sensor does not hide the other', async (t) => {
  const { vitals, write, rounds } = host(t, 'proxmox-intel')
  write('sys/class/hwmon/hwmon3/temp2_label', 'Package id 1\n')
  write('sys/class/hwmon/hwmon3/temp2_input', '83000\n')
  await rounds(1)
  t.equal(vitals.latest().temperature.value, 83)
  write('sys/class/hwmon/hwmon3/temp2_input', 'broken\n')
  await rounds(5)
  t.equal(vitals.latest().temperature.value, 47)
})

t.test('a sensor is found under its new number after its driver was reloaded', async (t) => {
  const { vitals, path, rounds } = host(t, 'proxmox-intel')
  await rounds(1)
  cpSync(path('sys/class/hwmon/hwmon3'), path('sys/class/hwmon/hwmon7'), { recursive: true })
  rmSync(path('sys/class/hwmon/hwmon3'), { recursive: true })
  await rounds(5)
  t.match(vitals.latest().temperature.reason, /ENOENT/)
  await rounds(5)
  t.equal(vitals.latest().temperature.value, 47)
})

t.test('the temperature history has a point a minute and at most an hour', async (t) => {
  const { vitals, rounds } = host(t, 'proxmox-intel')
  await rounds(150)
  t.same(
    vitals.latest().temperatureHistory.map(({ timestamp }) => timestamp - NOON / 1000),
    [1, 61, 121]
  )
  await rounds(62 * 60)
  const { temperatureHistory } = vitals.latest()
  t.equal(temperatureHistory.length, 60)
  t.equal(temperatureHistory.at(-1)!.timestamp - temperatureHistory[0]!.timestamp, 59 * 60)
})

t.test('an offline processor is no longer counted', async (t) => {
  const { vitals, write, rounds } = host(t, 'proxmox-intel')
  await rounds(1)
  write('sys/devices/system/cpu/online', '0-6\n')
  await rounds(30)
  t.same(vitals.latest().topology.value, { cores: 4, threads: 7 })
})

t.test('five rounds at once read everything that was due in them', async (t) => {
  const { vitals, write, rounds } = host(t, 'proxmox-intel')
  await rounds(1)
  write('sys/class/hwmon/hwmon3/temp1_input', '55000\n')
  await vitals.sample(5)
  t.equal(vitals.latest().temperature.value, 55)
  await vitals.sample(115)
  t.equal(vitals.latest().temperatureHistory.length, 1, 'points are counted by readings')
})
