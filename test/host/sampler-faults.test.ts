import { execFileSync } from 'node:child_process'
import { closeSync, constants, mkdirSync, openSync, rmSync } from 'node:fs'
import t from 'tap'
import { firstVerdict } from '../health/rig.ts'
import { quietFor } from '../support/waiting.ts'
import { host } from './vitals-host.ts'

t.test('a host with broken files has reasons and no number', async (t) => {
  const { vitals, rounds } = host(t, 'broken', { statfs: () => Promise.reject(new Error('broken')) })
  await rounds(3)
  const { sampledAt, revision, hostname, bootedAt, temperatureHistory, ...signs } = vitals.latest()
  t.same([sampledAt, hostname, bootedAt, temperatureHistory], [null, 'pve1.example.com', null, []])
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

t.test('a file that failed is opened again', async (t) => {
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

t.test('a clock set back does not stop readings', async (t) => {
  const { vitals, rounds, pass, write } = host(t, 'proxmox-intel')
  await rounds(3)
  pass(-86_400_000)
  write('proc/loadavg', '1.00 1.00 1.00 1/79 6219\n')
  write('sys/class/hwmon/hwmon3/temp1_input', '55000\n')
  await rounds(5)
  t.same(vitals.latest().loadAverage.value, [1, 1, 1])
  t.equal(vitals.latest().temperature.value, 55)
})

t.test('a clock set back or ahead does not change the verdict on the CPU', async (t) => {
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

t.test('no file stays open after a stop, also during the start', async (t) => {
  const { vitals, openFiles } = host(t, 'vm', { warmupMs: 20 })
  const starting = vitals.start()
  vitals.stop()
  await (await starting).warm
  const { revision } = vitals.latest()
  await quietFor(100)
  t.equal(vitals.latest().revision, revision)
  t.same(openFiles(), [])
})

t.test('a thousand rounds leave only the four permanent files open', async (t) => {
  const { vitals, rounds, openFiles } = host(t, 'proxmox-intel')
  await rounds(1000)
  t.same(openFiles(), ['loadavg', 'meminfo', 'stat', 'uptime'])
  t.equal(vitals.latest().temperatureHistory.length, 17)
})
