import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { ClosedObject } from '../foundation/closed-object.ts'
import { NamedObject } from '../foundation/named-object.ts'
import { ageProperties, ReasonsSchema } from './age.ts'
import { TimeframeSchema } from './history.ts'
import { GuestEntrySchema } from './proxmox.ts'

const UPID = 'UPID:pve1:000DBBA1:000186A1:684EE180:vzstart:101:root@pam:'

export const GuestParamsSchema = ClosedObject({
  vmid: Type.Integer({ minimum: 100, maximum: 999_999_999, description: 'Id of the guest.', examples: [101] })
})

/**
 * Of PVE::Tools, without characters that have a meaning in a path or a URL. The value becomes a part of a path of
 * Proxmox VE's API.
 */
export const UPID_PATTERN =
  '^UPID:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?:[0-9A-Fa-f]{8}:[0-9A-Fa-f]{8,9}:[0-9A-Fa-f]{8}:[\\w.+-]+:[\\w.@+=,~-]*:[\\w.@!+=~-]+:$'

export const TaskParamsSchema = ClosedObject({
  upid: Type.String({ maxLength: 256, pattern: UPID_PATTERN, description: 'Id of the task.', examples: [UPID] })
})

const time = (description: string) =>
  Type.String({
    format: 'date-time',
    description: `${description}, ISO-8601 UTC.`,
    examples: ['2025-06-15T14:00:00.000Z']
  })

const taskProperties = {
  upid: Type.String({ description: 'Id of the task in Proxmox VE.', examples: [UPID] }),
  node: Type.String({ description: 'The node that runs the task.', examples: ['pve1'] }),
  type: Type.String({ description: 'The type of the task in Proxmox VE.', examples: ['vzstart'] }),
  vmid: Nullable(Type.Integer({ description: 'The guest; null for a task of no guest.', examples: [101] })),
  user: Type.String({
    description: 'The user of Proxmox VE. Tasks that this daemon starts are those of `root@pam`.',
    examples: ['root@pam']
  }),
  state: Type.Enum(['running', 'ok', 'failed', 'unknown'], {
    type: 'string',
    description: '`ok` includes tasks with warnings. `unknown`: its node no longer answers.',
    examples: ['ok']
  }),
  exit_status: Nullable(
    Type.String({ description: '`OK`, or the error; null while the task runs.', examples: ['OK'] })
  ),
  started_at: time('When the task started'),
  ended_at: Nullable(time('When the task ended; null while it runs, and where Proxmox VE does not say it'))
}
export const TaskSchema = Type.Object(taskProperties)
export type Task = Static<typeof TaskSchema>

export const StartedTaskSchema = Type.Object({
  ...taskProperties,
  last_line: Nullable(Type.String({ description: 'The last line of its log.', examples: ['TASK OK'] })),
  reason: Nullable(Type.String({ description: 'Why its progress is not known; null if it is.', examples: [null] }))
})
export type StartedTask = Static<typeof StartedTaskSchema>

export const StartedTasksReplySchema = Type.Object({
  success: SuccessSchema,
  tasks: Type.Unsafe<Record<string, StartedTask>>({
    type: 'object',
    additionalProperties: StartedTaskSchema,
    description: 'The newest 20 tasks of guests that this daemon has started, by their ids.',
    examples: [{}]
  })
})
export type StartedTasksReply = Static<typeof StartedTasksReplySchema>

export const GuestActionReplySchema = NamedObject('GuestActionReply', {
  success: SuccessSchema,
  task: Type.String({ description: 'Id of the task in Proxmox VE.', examples: [UPID] })
})

const timeout = Type.Optional(
  Type.Integer({
    minimum: 1,
    maximum: 3600,
    description: 'Seconds until the guest must have shut down. Without it Proxmox VE decides.',
    examples: [60]
  })
)
export const ShutdownBodySchema = ClosedObject({
  timeout,
  force_stop: Type.Optional(
    Type.Boolean({ description: 'Stop the guest if it has not shut down in time.', examples: [false] })
  )
})
export const RebootBodySchema = ClosedObject({ timeout })
export type ActionOptions = Static<typeof ShutdownBodySchema>

const InterfaceSchema = Type.Object({
  name: Type.String({ description: 'Name inside of the guest.', examples: ['eth0'] }),
  mac: Nullable(Type.String({ description: 'MAC address.', examples: ['bc:24:11:00:00:65'] })),
  addresses: Type.Array(Type.String(), {
    description: 'IP addresses with their prefix lengths.',
    examples: [['192.168.1.101/24']]
  })
})
export type GuestInterface = Static<typeof InterfaceSchema>

export const GuestReplySchema = Type.Object({
  success: SuccessSchema,
  guest: GuestEntrySchema,
  qmp_status: Nullable(
    Type.String({
      description: 'State of QEMU, which also knows `paused`; null for a container, and until it was read.',
      examples: ['running']
    })
  ),
  lock: Nullable(
    Type.String({ description: 'The operation that locks the guest, such as `backup`.', examples: [null] })
  ),
  ha_managed: Nullable(
    Type.Boolean({ description: 'High availability starts and stops the guest.', examples: [false] })
  ),
  config: Type.Unsafe<Record<string, string> | null>({
    type: ['object', 'null'],
    additionalProperties: { type: 'string' },
    description:
      'The configuration under the names of Proxmox VE, without passwords and environment variables; null until it was read.',
    examples: [{ cores: '2', hostname: 'web', memory: '1024', rootfs: 'local-lvm:vm-101-disk-0,size=8G' }]
  }),
  interfaces: Type.Unsafe<GuestInterface[] | null>({
    type: ['array', 'null'],
    items: InterfaceSchema,
    description: 'Interfaces inside of the guest, without loopback; a VM has them by its QEMU guest agent.',
    examples: [[{ name: 'eth0', mac: 'bc:24:11:00:00:65', addresses: ['192.168.1.101/24'] }]]
  }),
  links: Type.Object({
    history: Type.String({ examples: ['/api/guests/101/history'] }),
    tasks: Type.String({ examples: ['/api/guests/101/tasks'] })
  }),
  reasons: ReasonsSchema,
  ...ageProperties
})
export type GuestReply = Static<typeof GuestReplySchema>

export const guestSeries = {
  cpu: ['CPU usage as a share of `maxcpu`, 0 to 1', 0.031],
  maxcpu: ['Processors', 2],
  mem: ['Memory in use, bytes', 268435456],
  maxmem: ['Memory, bytes', 1073741824],
  disk: ['Used space of the root disk, bytes; null for a VM', 1610612736],
  maxdisk: ['Size of the root disk, bytes', 8589934592],
  netin: ['Received, bytes per second', 125000],
  netout: ['Sent, bytes per second', 48000],
  diskread: ['Read from disks, bytes per second', 4096],
  diskwrite: ['Written to disks, bytes per second', 262144]
} as const
export type GuestSeries = keyof typeof guestSeries
export type GuestPoint = { time: number } & { [series in GuestSeries]: number | null }

const example = {
  time: 1748779200,
  ...Object.fromEntries(Object.entries(guestSeries).map(([name, [, value]]) => [name, value]))
}
const GuestPointSchema = Type.Unsafe<GuestPoint>({
  type: 'object',
  required: ['time', ...Object.keys(guestSeries)],
  properties: {
    time: { type: 'integer', description: 'Start of the step, seconds since the epoch.', examples: [1748779200] },
    ...Object.fromEntries(
      Object.entries(guestSeries).map(([name, [description, value]]) => [
        name,
        { type: ['number', 'null'], description: `${description}.`, examples: [value] }
      ])
    )
  }
})

export const GuestHistoryQuerySchema = ClosedObject({ timeframe: Type.Optional(TimeframeSchema) })

export const GuestHistoryReplySchema = Type.Object({
  success: SuccessSchema,
  vmid: Type.Integer({ examples: [101] }),
  timeframe: TimeframeSchema,
  resolution_seconds: Nullable(
    Type.Integer({ description: 'Seconds from one point to the next; null without points.', examples: [60] })
  ),
  data: Type.Array(GuestPointSchema, {
    description: 'Means over each step, oldest first; null while the guest was off or Proxmox VE did not measure.',
    examples: [[example]]
  }),
  reasons: Type.Unsafe<Record<string, string>>({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'The reason for each series without any value in this time range.',
    examples: [{ disk: 'Proxmox VE cannot see how full the disks of a VM are' }]
  }),
  ...ageProperties
})
export type GuestHistoryReply = Static<typeof GuestHistoryReplySchema>

export const GuestTasksReplySchema = Type.Object({
  success: SuccessSchema,
  tasks: Type.Array(TaskSchema, { description: 'The newest 50 tasks of the guest on its node, the newest first.' }),
  ...ageProperties
})
export type GuestTasksReply = Static<typeof GuestTasksReplySchema>

export const TaskReplySchema = Type.Object({
  success: SuccessSchema,
  task: TaskSchema,
  log: Type.Array(Type.String(), { description: 'The last 100 lines of its log.', examples: [['TASK OK']] }),
  ...ageProperties
})
export type TaskReply = Static<typeof TaskReplySchema>
