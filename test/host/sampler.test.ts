import { execFileSync } from 'node:child_process'
import {
  closeSync,
  constants,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import t, { type Test } from 'tap'
import { createVitals, type VitalsOptions } from '../../lib/host/sampler.ts'
import { firstVerdict } from '../health/rig.ts'
import { quietFor } from '../support/waiting.ts'

const NOON = Date.UTC(2025, 5, 1, 12)
const statfs = async () => ({ bsize: 4096, blocks: 1000, bfree: 500, bavail: 500 })

/** A host out of a copied fixture, with a clock that the test moves on. */
function host(t: Test, name: string, options: VitalsOptions = {}) {
  const root = mkdtempSync(join(tmpdir(), 'vitals-'))
  t.teardown(() => rmSync(root, { recursive: true }))
  cpSync(join(import.meta.dirname, 'fixtures', name), root, { recursive: true })
  let now = NOON
  let monotonicNow = 0
  const vitals = createVitals({
    procDir: join(root, 'proc'),
    sysDir: join(root, 'sys'),
    etcDir: join(root, 'etc'),
    shareDir: join(root, 'share'),
    now: () => now,
    monotonicNow: () => monotonicNow,
    hostname: () => 'pve1.example.com',
    statfs,
    warmupMs: 0,
    timeoutMs: 10_000,
    ...options
  })
  t.teardown(vitals.stop)
  return {
    vitals,
    path: (file: string) => join(root, file),
    write: (file: string, text: string) => writeFileSync(join(root, file), text),
    async rounds(count: number) {
      for (let i = 0; i < count; i++) {
        now += 1000
        monotonicNow += 1000
        await vitals.sample()
      }
    },
    pass: (ms: number) => {
      now += ms
    },
    /** Names of this host's files that this process has open; other tests' are of no interest. */
    openFiles: () =>
      readdirSync('/proc/self/fd')
        .map((fd) =>
          lstatSync(`/proc/self/fd/${fd}`, { throwIfNoEntry: false }) ? readlinkSync(`/proc/self/fd/${fd}`) : ''
        )
        .filter((target) => target.startsWith(root))
        .map((target) => basename(target))
        .sort()
  }
}

t.test('a Proxmox host shows all its signs', async (t) => {
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

t.test('a host of broken files gives a reason for everything and no number', async (t) => {
  const { vitals, rounds } = host(t, 'broken', { statfs: () => Promise.reject(new Error('broken')) })
  await rounds(3)
  const { sampledAt, revision, hostname, temperatureHistory, ...signs } = vitals.latest()
  t.same([sampledAt, hostname, temperatureHistory], [null, 'pve1.example.com', []])
  t.ok(revision > 0)
  for (const [name, sign] of Object.entries(signs)) {
    t.equal(sign.value, null, name)
    t.match(sign.reason, /\w+/, name)
  }
  t.equal(firstVerdict(vitals.latest()).status, 'warning')
})

t.test('a host without /proc and /sys gives reasons that name the files', async (t) => {
  const { vitals } = host(t, 'vm', { procDir: '/nonexistent', sysDir: '/nonexistent' })
  await vitals.sample()
  t.equal(vitals.latest().memory.reason, '/nonexistent/meminfo cannot be read (ENOENT)')
  t.equal(vitals.latest().topology.reason, '/nonexistent/cpuinfo cannot be read (ENOENT)')
})

t.test('CPU shares lie between two samples, and the first sample has none', async (t) => {
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

t.test('latest is one object that the rounds update', async (t) => {
  const { vitals, write, rounds } = host(t, 'vm')
  const latest = vitals.latest()
  await rounds(1)
  write('proc/loadavg', '7.00 0.00 0.00 1/79 6219\n')
  await rounds(1)
  t.equal(vitals.latest(), latest)
  t.same(latest.loadAverage.value, [7, 0, 0])
})

t.test('a file that fails is opened anew', async (t) => {
  const { vitals, path, write, rounds } = host(t, 'vm')
  rmSync(path('proc/meminfo'))
  await rounds(1)
  t.match(vitals.latest().memory.reason, /ENOENT/)
  // Opens, but cannot be read: as an lxcfs file whose server has gone.
  mkdirSync(path('proc/meminfo'))
  await rounds(1)
  t.match(vitals.latest().memory.reason, /EISDIR/)
  rmSync(path('proc/meminfo'), { recursive: true })
  write('proc/meminfo', 'MemTotal: 4 kB\nMemAvailable: 1 kB\nBuffers: 0 kB\nCached: 0 kB\n')
  await rounds(1)
  t.match(vitals.latest().memory.value, { total: 4096, reasons: { cached: 'meminfo has no readable SReclaimable' } })
})

t.test('the hottest socket counts, and one broken sensor of two does not hide the other', async (t) => {
  const { vitals, write, rounds } = host(t, 'proxmox-intel')
  write('sys/class/hwmon/hwmon3/temp2_label', 'Package id 1\n')
  write('sys/class/hwmon/hwmon3/temp2_input', '83000\n')
  await rounds(1)
  t.equal(vitals.latest().temperature.value, 83)
  write('sys/class/hwmon/hwmon3/temp2_input', 'broken\n')
  await rounds(5)
  t.equal(vitals.latest().temperature.value, 47)
})

t.test('a sensor whose driver was loaded anew is found under its new number', async (t) => {
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

t.test('a processor that goes offline is no longer counted', async (t) => {
  const { vitals, write, rounds } = host(t, 'proxmox-intel')
  await rounds(1)
  write('sys/devices/system/cpu/online', '0-6\n')
  await rounds(30)
  t.same(vitals.latest().topology.value, { cores: 4, threads: 7 })
})

t.test('a root file system that hangs does not delay the start, is asked once and has a reason', async (t) => {
  let asked = 0
  const hanging = () => {
    asked++
    return new Promise<never>(() => {})
  }
  const { vitals, rounds } = host(t, 'vm', { statfs: hanging, timeoutMs: 250 })
  await vitals.sample()
  t.equal(vitals.latest().memory.value?.usage, 1.2, 'the other signs are there')
  t.equal(vitals.latest().rootFilesystem.reason, 'not measured yet')
  await rounds(40)
  t.equal(vitals.latest().rootFilesystem.reason, 'the root file system does not answer')
  t.equal(asked, 1)
  t.match(firstVerdict(vitals.latest()), { status: 'warning', summary: 'Disk usage unknown' })
})

t.test('a /proc file that hangs delays neither the start nor the event loop', async (t) => {
  const { vitals, path, rounds } = host(t, 'vm', { timeoutMs: 250, warmupMs: 10 })
  rmSync(path('proc/stat'))
  execFileSync('mkfifo', [path('proc/stat')])

  const started = performance.now()
  await (await vitals.start()).warm
  t.ok(performance.now() - started < 1000)
  t.equal(vitals.latest().memory.value?.usage, 1.2)
  await rounds(6)
  t.equal(vitals.latest().cpu.reason, 'CPU time does not answer')
  t.match(firstVerdict(vitals.latest()), { status: 'warning', summary: 'CPU usage unknown' })
  // A writer that comes and goes sets the waiting thread free, which this process could not exit without.
  closeSync(openSync(path('proc/stat'), constants.O_RDWR | constants.O_NONBLOCK))
})

t.test('a clock that is set back stops no reading', async (t) => {
  const { vitals, rounds, pass, write } = host(t, 'proxmox-intel')
  await rounds(3)
  pass(-86_400_000)
  write('proc/loadavg', '1.00 1.00 1.00 1/79 6219\n')
  write('sys/class/hwmon/hwmon3/temp1_input', '55000\n')
  await rounds(5)
  t.same(vitals.latest().loadAverage.value, [1, 1, 1])
  t.equal(vitals.latest().temperature.value, 55)
})

t.test('a clock that is set back or ahead leaves the verdict on the CPU as it is', async (t) => {
  const { vitals, write, rounds, pass } = host(t, 'vm')
  let busy = 0
  // Each second 40 of 100 ticks.
  const second = () => {
    busy += 40
    write('proc/stat', `cpu  ${busy} 0 0 ${busy * 1.5} 0 0 0 0 0 0\n`)
    return rounds(1)
  }
  for (let i = 0; i < 12; i++) await second()
  for (const step of [-3_600_000, 7_200_000]) {
    pass(step)
    await second()
    t.same(vitals.latest().cpuWindow.value, { usage: 40, seconds: 10 })
  }
})

t.test('after stop, also while starting, no file stays open', async (t) => {
  const { vitals, openFiles } = host(t, 'vm', { warmupMs: 20 })
  const starting = vitals.start()
  vitals.stop()
  await (await starting).warm
  const { revision } = vitals.latest()
  await quietFor(100)
  t.equal(vitals.latest().revision, revision)
  t.same(openFiles(), [])
})

t.test('five rounds at once leave out nothing that was due among them', async (t) => {
  const { vitals, write, rounds } = host(t, 'proxmox-intel')
  await rounds(1)
  write('sys/class/hwmon/hwmon3/temp1_input', '55000\n')
  await vitals.sample(5)
  t.equal(vitals.latest().temperature.value, 55)
  await vitals.sample(115)
  t.equal(vitals.latest().temperatureHistory.length, 1, 'points are counted by readings')
})

t.test('a thousand rounds leave no file open beyond the four that stay open', async (t) => {
  const { vitals, rounds, openFiles } = host(t, 'proxmox-intel')
  await rounds(1000)
  t.same(openFiles(), ['loadavg', 'meminfo', 'stat', 'uptime'])
  t.equal(vitals.latest().temperatureHistory.length, 17)
})
