import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { parseStat } from '../../../lib/host/cpu.ts'
import { describeFilesystem } from '../../../lib/host/filesystem.ts'
import { parseLoadavg } from '../../../lib/host/load.ts'
import type { Measurement } from '../../../lib/host/measurement.ts'
import { parseMeminfo } from '../../../lib/host/memory.ts'
import { parseKernelRelease, parseOsRelease, parsePveVersion } from '../../../lib/host/release.ts'
import { parseMillidegrees, pickCpuSensors, rankSensor } from '../../../lib/host/temperature.ts'
import { countCores, parseCpuinfo, parseCpuList } from '../../../lib/host/topology.ts'
import { createBootTime, formatElapsed, formatUptime, parseUptime } from '../../../lib/host/uptime.ts'

const fixture = (path: string) => readFileSync(join(import.meta.dirname, '../../host/fixtures', path), 'utf8')
const KIB = 1024

t.test('meminfo of a Proxmox host gives the figures of free', async (t) => {
  t.match(parseMeminfo(fixture('proxmox-intel/proc/meminfo')).value, {
    total: 32689232 * KIB,
    available: 17721100 * KIB,
    used: (32689232 - 17721100) * KIB,
    usage: 45.8,
    cached: (9120448 + 820480 + 412804) * KIB,
    swapUsed: 1048576 * KIB,
    swapUsage: 12.5
  })
})

t.test('a host without swap has no swap usage rather than 0 %', async (t) => {
  const memory = parseMeminfo(fixture('arm-board/proc/meminfo')).value
  t.match(memory, { swapTotal: 0, swapUsed: 0, swapUsage: null, usage: 25 })
})

t.test('a figure of meminfo that contradicts another is unknown with its reason, and the rest stand', async (t) => {
  const text = fixture('vm/proc/meminfo')
  const whole = parseMeminfo(text).value!
  t.same(whole.reasons, { swapUsage: 'this host has no swap' })
  const more = parseMeminfo(text.replace('24376620', '99999999')).value!
  t.equal(more.reasons.used, 'meminfo has a MemAvailable above MemTotal')
  t.match(more, { total: whole.total, available: null, used: null, usage: null, cached: whole.cached })
  const none = parseMeminfo(text.replace('MemTotal:       24684084', 'MemTotal: 0')).value!
  t.equal(none.reasons.total, 'meminfo has an implausible MemTotal')
  t.match(none, { total: null, used: null, usage: null, cached: whole.cached, swapTotal: whole.swapTotal })
  const old = parseMeminfo(text.replace(/^MemAvailable.*\n/m, '')).value!
  t.equal(old.reasons.usage, 'meminfo has no readable MemAvailable')
  t.match(old, { total: whole.total, available: null, used: null, cached: whole.cached })
})

t.test('a negative SwapFree, as containers without swap print it, leaves all memory figures standing', async (t) => {
  const text = fixture('arm-board/proc/meminfo').replace(/^SwapFree:.*$/m, 'SwapFree: 18446744073709346016 kB')
  t.same(parseMeminfo(text), parseMeminfo(fixture('arm-board/proc/meminfo')))
  const swapping = fixture('proxmox-intel/proc/meminfo')
  const { swapUsed, swapUsage, reasons, ...rest } = parseMeminfo(
    swapping.replace(/^SwapFree:.*$/m, 'SwapFree: 18446744073709346016 kB')
  ).value!
  t.same([swapUsed, swapUsage], [null, null])
  t.equal(reasons.swapUsed, 'meminfo has an implausible SwapFree')
  t.match(parseMeminfo(swapping).value, rest)
})

t.test('the cpu line counts nice as user, interrupts as system, and guests once', async (t) => {
  t.same(parseStat(fixture('proxmox-intel/proc/stat')).value, {
    user: 8417203 + 15240,
    system: 3920114 + 60211,
    idle: 921450233,
    iowait: 812044,
    steal: 0
  })
})

t.test('load average and uptime are read to the hundredth', async (t) => {
  t.same(parseLoadavg(fixture('proxmox-intel/proc/loadavg')).value, [0.42, 0.38, 0.31])
  t.equal(parseUptime(fixture('proxmox-intel/proc/uptime')).value, 273906.47)
})

t.test('the time of the boot stays while the clock is slewed, and follows a clock that was set', async (t) => {
  const bootTime = createBootTime()
  const booted = bootTime(100, 1_000_000)
  t.equal(booted, 900_000)
  t.equal(bootTime(130.49, 1_030_000), booted)
  t.equal(bootTime(160, 1_062_000), booted)
  t.equal(bootTime(190, 5_090_000), 4_900_000)
})

t.test('uptime is written as the Monitor writes it, differently in its two answers', async (t) => {
  const rows: [number, string, string][] = [
    [0, '0:00:00', '0m'],
    [59.99, '0:00:59', '0m'],
    [3600, '1:00:00', '1h 0m'],
    [86399, '23:59:59', '23h 59m'],
    [86400, '1 day, 0:00:00', '1d 0h 0m'],
    [273906.47, '3 days, 4:05:06', '3d 4h 5m']
  ]
  for (const [seconds, elapsed, short] of rows) {
    t.equal(formatElapsed(seconds), elapsed)
    t.equal(formatUptime(seconds), short)
  }
})

t.test('CPU lists of the kernel are parsed, and absurd ones are refused', async (t) => {
  t.same(parseCpuList('0-3\n').value, [0, 1, 2, 3])
  t.same(parseCpuList('0,2-3,8\n').value, [0, 2, 3, 8])
  for (const text of ['', '3-1', '0-4294967295', '0-9999', '0,,1', 'a']) t.equal(parseCpuList(text).value, null, text)
})

t.test('threads of one core count as one core', async (t) => {
  t.equal(countCores(['0,4\n', '1,5\n', '2\n', '0,4\n', '1,5\n']), 3)
  t.same(parseCpuinfo(fixture('proxmox-intel/proc/cpuinfo')).value, { cores: 4, threads: 8 })
})

t.test('cores of two sockets are distinguished although they share core ids', async (t) => {
  const block = (processor: number, socket: number) =>
    `processor\t: ${processor}\nphysical id\t: ${socket}\ncore id\t\t: 0\n\n`
  t.same(parseCpuinfo(block(0, 0) + block(1, 1)).value, { cores: 2, threads: 2 })
})

t.test('an ARM cpuinfo gives threads but no cores', async (t) => {
  t.same(parseCpuinfo(fixture('arm-board/proc/cpuinfo')).value, { cores: null, threads: 4 })
})

t.test('the distribution’s name comes from os-release', async (t) => {
  t.equal(parseOsRelease(fixture('proxmox-intel/etc/os-release')).value, 'Debian GNU/Linux 12 (bookworm)')
  t.equal(parseOsRelease(fixture('arm-board/etc/os-release')).value, 'Raspberry Pi OS "Lite"')
  t.equal(parseOsRelease('NAME=Alpine\n').value, 'Alpine')
  t.equal(parseKernelRelease(fixture('arm-board/proc/sys/kernel/osrelease')).value, '6.6.74+rpt-rpi-v8')
})

t.test('the Proxmox VE version is the one that pveversion prints', async (t) => {
  t.equal(parsePveVersion(fixture('proxmox-intel/share/perl5/PVE/pvecfg.pm')).value, '8.4.1')
  t.equal(parsePveVersion("sub version_text {\n\treturn '5.2-8/fdf39912';\n}").value, '5.2-8')
})

t.test('the best CPU sensors win: package over cores, Tdie over Tctl, hwmon over zones, never disks', async (t) => {
  const sensor = (chip: string, label = '') => ({ chip, label, path: `${chip} ${label}` })
  const pick = (...sensors: ReturnType<typeof sensor>[]) => pickCpuSensors(sensors).map(({ path }) => path)
  const packages = [sensor('coretemp', 'Package id 0'), sensor('coretemp', 'Package id 1')]

  t.same(pick(sensor('coretemp', 'Core 0'), ...packages), ['coretemp Package id 0', 'coretemp Package id 1'])
  t.same(pick(sensor('k10temp', 'Tctl'), sensor('k10temp', 'Tdie'), sensor('k10temp', 'Tccd1')), ['k10temp Tdie'])
  t.same(pick(sensor('zenpower', 'Tctl')), ['zenpower Tctl'])
  t.same(pick(sensor('cpu_thermal'), sensor('x86_pkg_temp')), ['x86_pkg_temp '])
  t.same(pick(sensor('nvme', 'Composite'), sensor('drivetemp'), sensor('acpitz'), sensor('iwlwifi_1')), [])
  for (const chip of ['cpu_thermal', 'cpu-thermal', 'soc-thermal', 'bigcore0-thermal']) {
    t.equal(rankSensor({ chip, label: '' }), 4, chip)
  }
})

t.test('temperatures are in thousandths of a degree, and impossible ones are faults', async (t) => {
  t.equal(parseMillidegrees('51608\n').value, 51.6)
  t.equal(parseMillidegrees('-5000\n').value, -5)
  for (const text of ['', 'hot\n', '-273150\n', '-128000\n', '255000\n', '65261850\n', `${2 ** 64}\n`, '1e3'])
    t.equal(parseMillidegrees(text).value, null, text)
})

t.test('the usage of the root file system agrees with df', async (t) => {
  const full = describeFilesystem({ bsize: 4096, blocks: 1000, bfree: 100, bavail: 50 })
  t.same(full.value, { total: 4096000, used: 3686400, available: 204800, usage: 94.7 })
  for (const statfs of [
    { bsize: 4096, blocks: 0, bfree: 0, bavail: 0 },
    { bsize: Number.NaN, blocks: 1, bfree: 0, bavail: 0 }
  ]) {
    t.equal(describeFilesystem(statfs).value, null)
  }
})

const parsers: Record<string, (text: string) => Measurement<unknown>> = {
  'proc/stat': parseStat,
  'proc/meminfo': parseMeminfo,
  'proc/loadavg': parseLoadavg,
  'proc/uptime': parseUptime,
  'proc/cpuinfo': parseCpuinfo,
  'proc/sys/kernel/osrelease': parseKernelRelease,
  'etc/os-release': parseOsRelease,
  'share/perl5/PVE/pvecfg.pm': parsePveVersion,
  'sys/devices/system/cpu/online': parseCpuList,
  'sys/class/hwmon/hwmon0/temp1_input': parseMillidegrees,
  'sys/class/hwmon/hwmon0/temp2_input': parseMillidegrees
}

t.test('broken files give null and a reason', async (t) => {
  for (const [path, parse] of Object.entries(parsers)) {
    const { value, reason } = parse(fixture(`broken/${path}`))
    t.equal(value, null, path)
    t.match(reason, /^.{10,}$/, path)
  }
})

/** The figures of a reading that are null, and their reasons. */
const unknownIn = (value: unknown) =>
  Object.fromEntries(Object.entries(value as object).filter(([name, figure]) => figure === null || name === 'reasons'))

t.test('a file cut at any byte gives its whole value or none, and never throws', async (t) => {
  const cuttable = ['proc/stat', 'proc/meminfo', 'proc/loadavg', 'proc/uptime', 'share/perl5/PVE/pvecfg.pm']
  const wrong: string[] = []
  for (const path of cuttable) {
    const text = fixture(`proxmox-intel/${path}`)
    const whole = JSON.stringify(parsers[path]!(text).value)
    for (let length = 0; length < text.length; length++) {
      const { value } = parsers[path]!(text.slice(0, length))
      // Of meminfo each figure is whole or unknown.
      const kept = path === 'proc/meminfo' && value !== null ? { ...JSON.parse(whole), ...unknownIn(value) } : null
      if (value !== null && JSON.stringify(value) !== (kept === null ? whole : JSON.stringify(kept)))
        wrong.push(`${path} cut at ${length}`)
    }
  }
  t.same(wrong, [])
})

t.test('random text never makes a parser throw', async (t) => {
  const seeds = Object.keys(parsers).map((path) => fixture(`broken/${path}`))
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(...seeds),
    fc.stringMatching(/^cpu [\d ]*\n/)
  )
  fc.assert(
    fc.property(anything, (text) => {
      for (const parse of Object.values(parsers)) {
        const { value, reason } = parse(text)
        if ((value === null) !== (typeof reason === 'string')) throw new Error('neither value nor reason')
      }
    })
  )
  t.pass()
})
