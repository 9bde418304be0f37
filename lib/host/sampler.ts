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
import { parseUptime } from './uptime.ts'
import { createEmptyVitals, type Readings, type Signs, type Vitals } from './vitals.ts'

export interface VitalsOptions {
  procDir?: string
  sysDir?: string
  /** Where systemd says that this host is a container. */
  runDir?: string
  etcDir?: string
  /** Proxmox keeps `perl5/PVE/pvecfg.pm` in it. */
  shareDir?: string
  /** Milliseconds since the epoch. */
  now?: () => number
  /** Milliseconds of a clock that nobody sets. */
  monotonicNow?: () => number
  sleep?: (ms: number) => Promise<unknown>
  statfs?: (path: string) => Promise<Statfs>
  /** Of libuv's pool, together with other readers of this host. */
  share?: PoolShare
  hostname?: () => string
  /** Distance of the first two samples, without which there is no CPU usage yet; 0 takes only one. */
  warmupMs?: number
  /** The longest that one round of readings is waited for. */
  timeoutMs?: number
}

export interface VitalsSampler {
  /**
   * Takes the first sample; whatever hangs, it resolves within one timeout. CPU usage needs a second sample: `warm`
   * resolves with that one.
   */
  start(): Promise<{ warm: Promise<void> }>
  stop(): void
  /**
   * One round of readings, `rounds` after the last. Resolves when they are in or the timeout is over; never rejects.
   */
  sample(rounds?: number): Promise<void>
  /** The one object that every round updates. Reads nothing. */
  latest(): Readonly<Vitals>
}

/** What a round stands for: readings have rates in rounds, so that a stepped clock changes nothing. */
export const ROUND_MS = 1000
const HISTORY_POINTS = 60

const parsed =
  <T>(read: () => Promise<Measurement<string>>, parse: (text: string) => Measurement<T>) =>
  async (): Promise<Measurement<T>> => {
    const text = await read()
    return text.value === null ? text : parse(text.value)
  }

/** The background sampler of this host's vital signs. It reads files only, most of them in /proc; it starts no process. */
export function createVitals(options: VitalsOptions = {}): VitalsSampler {
  const { procDir = '/proc', sysDir = '/sys', runDir = '/run', etcDir = '/etc', shareDir = '/usr/share' } = options
  const { now = Date.now, sleep = wait, statfs = statfsOf, hostname = hostnameOf } = options
  const { warmupMs = 100, timeoutMs = 1000, share = createPoolShare() } = options
  const { monotonicNow = performance.now.bind(performance) } = options

  const vitals = createEmptyVitals(hostname())
  const signs: Readings = vitals
  const keep =
    <Sign extends keyof Signs>(sign: Sign) =>
    (reading: Measurement<Signs[Sign]>): void => {
      signs[sign] = reading as Readings[Sign]
    }

  const meter = createCpuMeter()
  const keepCpu = (text: Measurement<string>): void => {
    const { interval, window } = meter.add(text, monotonicNow())
    vitals.cpu = interval
    vitals.cpuWindow = window
    if (window.value !== null) vitals.sampledAt = now()
  }
  const keepMemory = (reading: Vitals['memory']): void => {
    vitals.memory = reading
    if (reading.value !== null) vitals.sampledAt = now()
  }
  const keepHostname = (name: Measurement<string>): void => {
    vitals.hostname = name.value ?? vitals.hostname
  }
  const rounds = (ms: number): number => ms / ROUND_MS
  const pointEvery = 12
  let temperatures = 0
  const keepTemperature = (temperature: Vitals['temperature']): void => {
    vitals.temperature = temperature
    if (temperature.value === null || temperatures++ % pointEvery !== 0) return
    vitals.temperatureHistory.push({ timestamp: Math.floor(now() / 1000), value: temperature.value })
    if (vitals.temperatureHistory.length > HISTORY_POINTS) vitals.temperatureHistory.shift()
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
  // Never another mount: one that a dead NFS server backs would not answer, and is not this host's health.
  const measureRoot = async () => describeFilesystem(await statfs('/'))

  const patience = rounds(5_000)
  const probe = <T>(
    what: string,
    everyMs: number,
    read: () => Promise<Measurement<T>>,
    keepIt: (r: Measurement<T>) => void
  ) => {
    const apply = (reading: Measurement<T>): void => {
      keepIt(reading)
      vitals.revision++
    }
    return createProbe({ what, every: rounds(everyMs), patience, read, lane: share.readFiles, apply })
  }
  // What stands at five minutes may change when packages are upgraded under a running daemon.
  const probes: Probe[] = [
    probe('CPU time', 1_000, stat.read, keepCpu),
    probe('memory', 1_000, memory.read, keepMemory),
    probe('the load average', 1_000, parsed(loadavg.read, parseLoadavg), keep('loadAverage')),
    probe('the uptime', 1_000, parsed(uptime.read, parseUptime), keep('uptime')),
    probe('the temperature sensor', 5_000, readThermometer, keepTemperature),
    probe('the root file system', 30_000, measureRoot, keep('rootFilesystem')),
    probe('the host name', 30_000, async () => ok(hostname()), keepHostname),
    probe('the processor list', 30_000, countProcessors, keep('topology')),
    probe('the kernel release', 300_000, parsed(kernel, parseKernelRelease), keep('kernelVersion')),
    probe('os-release', 300_000, parsed(os, parseOsRelease), keep('osName')),
    probe('the Proxmox VE version', 300_000, parsed(pve, parsePveVersion), keep('proxmoxVersion'))
  ]

  let round = 0
  let running = false

  async function sample(count = 1): Promise<void> {
    const before = round
    round += count
    let deadline: NodeJS.Timeout | undefined
    const late = new Promise<void>((resolve) => {
      deadline = setTimeout(resolve, timeoutMs)
    })
    await Promise.race([Promise.all(probes.map((p) => p.run(before, round))), late])
    clearTimeout(deadline)
  }

  // The second sample, from which CPU usage is known. Nobody's start waits for it.
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
