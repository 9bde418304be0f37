import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { NamedObject } from '../foundation/named-object.ts'

const number = (description: string, example: number) =>
  Nullable(Type.Number({ description: `${description}.`, examples: [example] }))
const percent = (description: string, example: number) => number(`${description}, percent`, example)
const gibibytes = (description: string, example: number) => number(`${description}, GiB`, example)
const integer = (description: string, example: number) =>
  Nullable(Type.Integer({ description: `${description}.`, examples: [example] }))
const text = (description: string, example: string) =>
  Type.String({ description: `${description}.`, examples: [example] })

const Hostname = text('Name of this host', 'pve1.example.com')
const Timestamp = text('When the values were sampled, ISO-8601 UTC', '2025-06-01T12:00:00.000Z')
const UptimeSeconds = integer('Seconds since boot', 273906)

export const TemperaturePointSchema = NamedObject('TemperaturePoint', {
  timestamp: Type.Integer({ description: 'Seconds since the epoch.', examples: [1748779200] }),
  value: Type.Number({ description: 'CPU temperature, °C.', examples: [47] })
})
export type TemperaturePoint = Static<typeof TemperaturePointSchema>

export const SystemReplySchema = Type.Object({
  success: SuccessSchema,
  cpu_usage: percent('CPU time except idle and iowait, including stolen time', 12.4),
  cpu_user: percent('CPU time in user mode, including nice', 8.1),
  cpu_system: percent('CPU time in the kernel, including interrupts', 3.2),
  memory_usage: percent('Memory in use', 45.8),
  memory_total: gibibytes('Total memory', 31.2),
  memory_used: gibibytes(
    'Total memory minus memory available without swapping; the ZFS cache (ARC) above its minimum counts as available',
    14.29
  ),
  memory_cached: gibibytes('Page cache, buffers, reclaimable slab and the reclaimable part of the ARC', 9.87),
  temperature: number('CPU temperature of the hottest socket, °C; null on a host without a sensor', 47),
  temperature_sparkline: Type.Array(TemperaturePointSchema, {
    description:
      'CPU temperature of the last hour, one point per minute, oldest first; empty on a host without a sensor.',
    examples: [[{ timestamp: 1748779200, value: 47 }]]
  }),
  has_temperature_sensor: Type.Boolean({
    description: 'Whether this host has a CPU temperature sensor, readable or not.',
    examples: [true]
  }),
  uptime: Nullable(text('Time since boot as text', '3 days, 4:05:06')),
  uptime_seconds: UptimeSeconds,
  boot_time: Nullable(
    text('When this host was booted, ISO-8601 UTC; it stays the same until the next boot', '2025-05-29T07:54:54.000Z')
  ),
  load_average: Nullable(
    Type.Array(Nullable(Type.Number()), {
      minItems: 3,
      maxItems: 3,
      description: 'Load average over 1, 5 and 15 minutes; null for a value that cannot be read.',
      examples: [[0.42, 0.38, 0.31]]
    })
  ),
  hostname: Hostname,
  proxmox_node: Nullable(text('Name of this Proxmox VE node; null on other hosts', 'pve1')),
  node_id: text('Host name without its domain', 'pve1'),
  timestamp: Timestamp,
  cpu_cores: integer('Physical cores', 4),
  cpu_threads: integer('Online logical processors', 8),
  proxmox_version: Nullable(text('Version of pve-manager; null on hosts without Proxmox VE', '8.4.1')),
  kernel_version: Nullable(text('Kernel release', '6.8.12-9-pve')),
  os_name: Nullable(text('Distribution of this host', 'Debian GNU/Linux 12 (bookworm)')),
  available_updates: integer('Packages that can be upgraded', 12),
  reasons: Type.Unsafe<Record<string, string>>({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'The reason for each field that is null.',
    examples: [{ temperature: 'no CPU temperature sensor found' }]
  })
})
export type SystemReply = Static<typeof SystemReplySchema>

export const HealthStatusSchema = Type.Enum(['healthy', 'warning', 'critical'], {
  title: 'HealthStatus',
  // Without a type the serializer would fall back to JSON.stringify.
  type: 'string',
  description:
    'The worst status of all checks. Features this host lacks are not checked; a value that cannot be read is a warning.',
  examples: ['healthy']
})
export type HealthStatus = Static<typeof HealthStatusSchema>

export const SystemInfoReplySchema = Type.Object({
  success: SuccessSchema,
  hostname: Hostname,
  uptime: Nullable(text('Time since boot as text', '3d 4h 5m')),
  uptime_seconds: UptimeSeconds,
  health: NamedObject(
    'HealthSummary',
    { status: HealthStatusSchema, summary: text('Summary of the problems', 'All systems operational') },
    { description: 'Result of all health checks of this host, without acknowledged problems.' }
  ),
  timestamp: Timestamp
})
export type SystemInfoReply = Static<typeof SystemInfoReplySchema>

export const InfoReplySchema = Type.Object({
  success: SuccessSchema,
  name: text('Name of this API', 'ProxMenux Monitor API'),
  version: text('Version of this daemon', '0.1.0'),
  endpoints: Type.Array(Type.String(), {
    description: 'Paths of this API, sorted.',
    examples: [['/api/info', '/api/system', '/api/system-info']]
  })
})
export type InfoReply = Static<typeof InfoReplySchema>
