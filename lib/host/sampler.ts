import { statfs as statfsOf } from 'node:fs/promises'
import { hostname as hostnameOf } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createCpuMeter } from './cpu-meter.ts'
import { describeFilesystem, type Statfs } from './filesystem.ts'
import { parseLoadavg } from './load.ts'
import { type Measurement, ok } from './measurement.ts'
import { createMemoryReader } from './memory-reader.ts'
import { createProbe, type Probe } from './probe.ts'
import { createProcessorCount } from './processors.ts'
import { parseKernelRelease, parseOsRelease, parsePveVersion } from './release.ts'
import { createThermometer } from './sensors.ts'
import { createPoolShare, createProcFile, type PoolShare, readText } from './source.ts'
import { createBootTime, parseUptime } from './uptime.ts'
import { createEmptyVitals, type Readings, type Signs, type Vitals } from './vitals.ts'

export interface VitalsOptions {
  procDir?: string
  sysDir?: string
  /** Contains systemd/container if this host is a container. */
  runDir?: string
  etcDir?: string
  /** Contains `perl5/PVE/pvecfg.pm` on Proxmox VE. */
  shareDir?: string
  /** Milliseconds since the epoch. */
  now?: () => number
  /** Milliseconds of the monotonic clock. */
  monotonicNow?: () => number
  sleep?: (ms: number) => Promise<unknown>
  statfs?: (path: string) => Promise<Statfs>
  /** Share of libuv's thread pool, common to all readers of this host. */
  share?: PoolShare
  hostname?: () => string
  /** Milliseconds between the first two samples, which CPU usage needs; 0 skips the second sample. */
  warmupMs?: number
  /** Milliseconds `sample` waits for its readings. */
  timeoutMs?: number
}

export interface VitalsSampler {
  /**
   * Takes the first sample; resolves within one timeout even if a reading hangs. `warm` resolves after the second sample,
   * which CPU usage needs.
   */
  start(): Promise<{ warm: Promise<void> }>
  stop(): void
  /**
   * Takes the readings due in the next `rounds` rounds. Resolves when they are done or timed out; never rejects.
   */
  sample(rounds?: number): Promise<void>
  /** Always the same object, which every round updates. Reads no file. */
  latest(): Readonly<Vitals>
}

/** Duration of a round. Intervals are counted in rounds, so a clock step has no effect. */
export const ROUND_MS = 1000
const HISTORY_POINTS = 60

const parsed =
  <T>(read: () => Promise<Measurement<string>>, parse: (text: string) => Measurement<T>) =>
  async (): Promise<Measurement<T>> => {
    const text = await read()
    return text.value === null ? text : parse(text.value)
  }

/** Samples this host's vital signs. It only reads files, most of them in /proc, and starts no process. */
export function createVitals(options: VitalsOptions = {}): VitalsSampler {
  const { procDir = '/proc', sysDir = '/sys', runDir = '/run', etcDir = '/etc', shareDir = '/usr/share' } = options
  const { now = Date.now, sleep = wait, statfs = statfsOf, hostname = hostnameOf } = options
  const { warmupMs = 100, timeoutMs = 1000, share = createPoolShare() } = options
  const { monotonicNow = performance.now.bind(performance) } = options

  const vitals = createEmptyVitals(hostname())
  const signs: Readings = vitals
  const store =
    <Sign extends keyof Signs>(sign: Sign) =>
    (measurement: Measurement<Signs[Sign]>): void => {
      signs[sign] = measurement as Readings[Sign]
    }

  const meter = createCpuMeter()
  const storeCpu = (text: Measurement<string>): void => {
    const { interval, window } = meter.add(text, monotonicNow())
    vitals.cpu = interval
    vitals.cpuWindow = window
    if (window.value !== null) vitals.sampledAt = now()
  }
  const storeMemory = (measurement: Vitals['memory']): void => {
    vitals.memory = measurement
    if (measurement.value !== null) vitals.sampledAt = now()
  }
  const storeHostname = (name: Measurement<string>): void => {
    vitals.hostname = name.value ?? vitals.hostname
  }
  const rounds = (ms: number): number => ms / ROUND_MS
  const pointEvery = 12
  let temperatures = 0
  const storeTemperature = (temperature: Vitals['temperature']): void => {
    vitals.temperature = temperature
    if (temperature.value === null || temperatures++ % pointEvery !== 0) return
    vitals.temperatureHistory.push({ timestamp: Math.floor(now() / 1000), value: temperature.value })
    if (vitals.temperatureHistory.length > HISTORY_POINTS) vitals.temperatureHistory.shift()
  }

  const bootTime = createBootTime()
  const storeUptime = (uptime: Measurement<number>) => {
    vitals.uptime = uptime
    if (uptime.value !== null) vitals.bootedAt = bootTime(uptime.value, now())
  }

  const stat = createProcFile(join(procDir, 'stat'), 512)
  const memory = createMemoryReader(procDir, runDir)
  const loadavg = createProcFile(join(procDir, 'loadavg'), 128)
  const uptime = createProcFile(join(procDir, 'uptime'), 128)
  const kernel = () => readText(join(procDir, 'sys/kernel/osrelease'))
  const os = () => readText(join(etcDir, 'os-release'))
  const pve = () => readText(join(shareDir, 'perl5/PVE/pvecfg.pm'), 'this host does not run Proxmox VE')
  const readThermometer = createThermometer(sysDir, pointEvery)
  const countProcessors = createProcessorCount(sysDir, procDir)
  // Only the root file system: statfs on a mount of a dead NFS server would hang.
  const measureRoot = async () => describeFilesystem(await statfs('/'))

  const timeoutRounds = rounds(5_000)
  const probe = <T>(
    name: string,
    everyMs: number,
    read: () => Promise<Measurement<T>>,
    storeIt: (measurement: Measurement<T>) => void
  ) => {
    const apply = (measurement: Measurement<T>): void => {
      storeIt(measurement)
      vitals.revision++
    }
    return createProbe({ name, every: rounds(everyMs), timeoutRounds, read, lane: share.readFiles, apply })
  }
  // Values read every five minutes change only when packages are upgraded.
  const probes: Probe[] = [
    probe('CPU time', 1_000, stat.read, storeCpu),
    probe('memory', 1_000, memory.read, storeMemory),
    probe('the load average', 1_000, parsed(loadavg.read, parseLoadavg), store('loadAverage')),
    probe('the uptime', 1_000, parsed(uptime.read, parseUptime), storeUptime),
    probe('the temperature sensor', 5_000, readThermometer, storeTemperature),
    probe('the root file system', 30_000, measureRoot, store('rootFilesystem')),
    probe('the host name', 30_000, async () => ok(hostname()), storeHostname),
    probe('the processor list', 30_000, countProcessors, store('topology')),
    probe('the kernel release', 300_000, parsed(kernel, parseKernelRelease), store('kernelVersion')),
    probe('os-release', 300_000, parsed(os, parseOsRelease), store('osName')),
    probe('the Proxmox VE version', 300_000, parsed(pve, parsePveVersion), store('proxmoxVersion'))
  ]

  let round = 0
  let running = false

  async function sample(count = 1): Promise<void> {
    const before = round
    round += count
    let deadline: NodeJS.Timeout | undefined
    const timedOut = new Promise<void>((resolve) => {
      deadline = setTimeout(resolve, timeoutMs)
    })
    await Promise.race([Promise.all(probes.map((p) => p.run(before, round))), timedOut])
    clearTimeout(deadline)
  }

  // Takes the second sample, which CPU usage needs, without delaying the start.
  async function warmUp(): Promise<void> {
    if (warmupMs > 0) {
      await sleep(warmupMs)
      if (running) await sample()
    }
  }

  return {
    async start() {
      if (running) return { warm: Promise.resolve() }
      running = true
      await sample()
      return { warm: warmUp() }
    },
    stop() {
      running = false
      for (const file of [stat, memory, loadavg, uptime]) file.close()
    },
    sample,
    latest: () => vitals
  }
}
