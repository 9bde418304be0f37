import type { SystemInfoReply, SystemReply } from '../../schemas/host/system.ts'
import type { Health } from '../health/monitor.ts'
import type { Updates } from '../updates/apt.ts'
import { type Measurement, ok, unavailable } from './measurement.ts'
import { memoryFigure } from './memory.ts'
import type { Sample } from './sampling.ts'
import { NO_SENSOR } from './temperature.ts'
import { toGiB } from './units.ts'
import { formatElapsed, formatUptime } from './uptime.ts'
import { nodeNameOf, type Vitals } from './vitals.ts'

type UpdatesSample = Readonly<Sample<Updates>>

const countUpdates = ({ value, reason }: UpdatesSample): Measurement<number> =>
  value === null ? unavailable(reason ?? 'not counted') : ok(value.packages.filter(({ from }) => from !== null).length)

const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString()

/** The answer of GET /api/system in the Monitor's names and units. `now` is the timestamp before the first sample. */
export function describeSystem(vitals: Readonly<Vitals>, updates: UpdatesSample, now: number): SystemReply {
  const reasons: Record<string, string> = {}
  function from<T, U>(field: keyof SystemReply, measurement: Measurement<T>, read: (value: T) => U): U | null {
    if (measurement.reason === null) return read(measurement.value)
    reasons[field] = measurement.reason
    return null
  }
  const { cpu, memory, topology, proxmoxVersion } = vitals
  const node = nodeNameOf(vitals)
  const cores = from('cpu_cores', topology, (t) => t.cores)
  if (cores === null) reasons.cpu_cores ??= 'this kernel does not report which threads share a core'

  return {
    success: true,
    cpu_usage: from('cpu_usage', cpu, (c) => c.usage),
    cpu_user: from('cpu_user', cpu, (c) => c.user),
    cpu_system: from('cpu_system', cpu, (c) => c.system),
    memory_usage: from('memory_usage', memoryFigure(memory, 'usage'), (percent) => percent),
    memory_total: from('memory_total', memoryFigure(memory, 'total'), toGiB),
    memory_used: from('memory_used', memoryFigure(memory, 'used'), toGiB),
    memory_cached: from('memory_cached', memoryFigure(memory, 'cached'), toGiB),
    temperature: from('temperature', vitals.temperature, (t) => t),
    temperature_sparkline: vitals.temperatureHistory,
    has_temperature_sensor: vitals.temperature.reason !== NO_SENSOR,
    uptime: from('uptime', vitals.uptime, formatElapsed),
    uptime_seconds: from('uptime_seconds', vitals.uptime, Math.floor),
    boot_time: from('boot_time', vitals.uptime, () => isoTime(vitals.bootedAt!)),
    load_average: from('load_average', vitals.loadAverage, (l) => l),
    hostname: vitals.hostname,
    proxmox_node: from('proxmox_node', proxmoxVersion, () => node),
    node_id: node,
    timestamp: isoTime(vitals.sampledAt ?? now),
    cpu_cores: cores,
    cpu_threads: from('cpu_threads', topology, (t) => t.threads),
    proxmox_version: from('proxmox_version', proxmoxVersion, (v) => v),
    kernel_version: from('kernel_version', vitals.kernelVersion, (v) => v),
    os_name: from('os_name', vitals.osName, (n) => n),
    available_updates: from('available_updates', countUpdates(updates), (n) => n),
    reasons
  }
}

/** Like describeSystem, but cached until the vital signs change. */
export function createSystemDescription() {
  let cached: Readonly<SystemReply> | null = null
  let cachedRevision = 0
  return (vitals: Readonly<Vitals>, updates: UpdatesSample, now: number): Readonly<SystemReply> => {
    // Not keyed by `sampledAt`: it stays the same while readings fail, and their reasons would never show.
    if (cached === null || vitals.revision !== cachedRevision) {
      cached = describeSystem(vitals, updates, now)
      cachedRevision = vitals.revision
    }
    return cached
  }
}

/** The answer of GET /api/system-info. The route is public: it must not contain fields beyond the contract's. */
export function describeSystemInfo(
  vitals: Readonly<Vitals>,
  { status, summary }: Pick<Health, 'status' | 'summary'>,
  now: number
): SystemInfoReply {
  const uptime = vitals.uptime.value
  return {
    success: true,
    hostname: vitals.hostname,
    uptime: uptime === null ? null : formatUptime(uptime),
    uptime_seconds: uptime === null ? null : Math.floor(uptime),
    health: { status, summary },
    timestamp: isoTime(vitals.sampledAt ?? now)
  }
}
