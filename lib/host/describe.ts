import type { SystemInfoReply, SystemReply } from '../../schemas/host/system.ts'
import type { Health } from '../health/monitor.ts'
import type { Updates } from '../updates/apt.ts'
import { type Measurement, ok, unavailable } from './measurement.ts'
import { memoryFigure } from './memory.ts'
import type { Sample } from './sampling.ts'
import { toGiB } from './units.ts'
import { formatElapsed, formatUptime } from './uptime.ts'
import { nodeNameOf, type Vitals } from './vitals.ts'

type UpdatesSample = Readonly<Sample<Updates>>

const countUpdates = ({ value, reason }: UpdatesSample): Measurement<number> =>
  value === null ? unavailable(reason ?? 'not counted') : ok(value.packages.filter(({ from }) => from !== null).length)

const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString()

/** The answer of GET /api/system in the Monitor's names and units; `now` stands in while nothing was sampled yet. */
export function describeSystem(vitals: Readonly<Vitals>, updates: UpdatesSample, now: number): SystemReply {
  const reasons: Record<string, string> = {}
  function from<T, U>(field: keyof SystemReply, reading: Measurement<T>, read: (value: T) => U): U | null {
    if (reading.reason === null) return read(reading.value)
    reasons[field] = reading.reason
    return null
  }
  const { cpu, memory, topology, proxmoxVersion } = vitals
  const node = nodeNameOf(vitals)
  const cores = from('cpu_cores', topology, (t) => t.cores)
  if (cores === null) reasons.cpu_cores ??= 'this kernel does not tell the threads of a core apart'

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
    uptime: from('uptime', vitals.uptime, formatElapsed),
    uptime_seconds: from('uptime_seconds', vitals.uptime, Math.floor),
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

/**
 * describeSystem, put together and, being frozen, serialised once a reading however many ask. The vital signs are read
 * every few seconds, so that what changes more seldom need not be looked at.
 */
export function createSystemDescription() {
  let made: Readonly<SystemReply> | null = null
  let madeOf = 0
  return (vitals: Readonly<Vitals>, updates: UpdatesSample, now: number): Readonly<SystemReply> => {
    // Not by `sampledAt`: that stands still while a host cannot be read, and its reasons would never show.
    if (made === null || vitals.revision !== madeOf) {
      made = Object.freeze(describeSystem(vitals, updates, now))
      madeOf = vitals.revision
    }
    return made
  }
}

/** The answer of GET /api/system-info, which anyone may read: nothing beyond the contract's fields. */
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
