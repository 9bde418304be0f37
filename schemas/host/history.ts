import { type Static, Type } from 'typebox'
import { SuccessSchema } from '../foundation/answer.ts'
import { ClosedObject } from '../foundation/closed-object.ts'

const fraction = (description: string, example: number) => ({ description, example, digits: 4 })
const bytes = (description: string, example: number) => ({ description, example, digits: 0 })
const load = (minutes: number, example: number) => ({
  description: `Load average over ${minutes === 1 ? '1 minute' : `${minutes} minutes`}`,
  example,
  digits: 2
})

/**
 * The series of the history. Names match Proxmox's RRD data where the series exists there. `spiky` series also store their
 * maximum. `digits` is the number of decimals in answers.
 */
export const historySeries = {
  cpu: { ...fraction('CPU time in use, 0 to 1', 0.1241), spiky: true },
  cpuuser: fraction('CPU time in programs, 0 to 1', 0.0812),
  cpusystem: fraction('CPU time in the kernel, 0 to 1', 0.0317),
  iowait: fraction('CPU time waiting for disks, 0 to 1', 0.0046),
  loadavg: load(1, 0.42),
  loadavg5: load(5, 0.38),
  loadavg15: load(15, 0.31),
  memtotal: bytes('Total memory, bytes', 33501757440),
  memused: bytes('Memory in use, bytes', 15343804416),
  memcached: bytes('Page cache, buffers and reclaimable slab, bytes', 10597683200),
  swaptotal: bytes('Swap, bytes', 8589930496),
  swapused: bytes('Swap in use, bytes', 104857600),
  temperature: { description: 'CPU temperature, °C', example: 47.5, digits: 1, spiky: true },
  netin: { ...bytes('Received over the network, bytes per second', 125000), spiky: true },
  netout: { ...bytes('Sent over the network, bytes per second', 48000), spiky: true },
  diskread: { ...bytes('Read from disks, bytes per second', 4096), spiky: true },
  diskwrite: { ...bytes('Written to disks, bytes per second', 262144), spiky: true }
}
export type Series = keyof typeof historySeries

const number = (description: string, example: number) => ({
  type: ['number', 'null'],
  description: `${description}.`,
  examples: [example]
})
const fields = Object.entries(historySeries).flatMap(([name, kind]) => {
  const mean = [name, number(kind.description, kind.example)]
  if (!('spiky' in kind)) return [mean]
  return [mean, [`${name}_max`, number(`Maximum of ${name} within the step`, kind.example)]]
})
export type HistoryPoint = { time: number } & { [field in Series | `${Series}_max`]?: number | null }

const example = {
  time: 1748779200,
  ...Object.fromEntries(fields.map(([name, field]) => [name, (field as ReturnType<typeof number>).examples[0]]))
}
const HistoryPointSchema = Type.Unsafe<HistoryPoint>({
  title: 'HistoryPoint',
  type: 'object',
  required: ['time'],
  properties: {
    time: { type: 'integer', description: 'Start of the step, seconds since the epoch.', examples: [1748779200] },
    ...Object.fromEntries(fields)
  }
})

export const TimeframeSchema = Type.Enum(['hour', 'day', 'week', 'month', 'year'], {
  title: 'Timeframe',
  type: 'string',
  description: 'Length of the time range, ending now.',
  examples: ['day']
})
export type Timeframe = Static<typeof TimeframeSchema>

const names = Object.keys(historySeries).join('|')
export const HistoryQuerySchema = ClosedObject({
  timeframe: Type.Optional(TimeframeSchema),
  series: Type.Optional(
    Type.String({
      maxLength: 200,
      pattern: `^(${names})(,(${names}))*$`,
      description: 'Only these series, separated by commas; defaults to all.',
      examples: ['cpu,memused']
    })
  )
})
export type HistoryQuery = Static<typeof HistoryQuerySchema>

export const HistoryReplySchema = Type.Object({
  success: SuccessSchema,
  node: Type.String({ description: 'Host name without its domain.', examples: ['pve1'] }),
  timeframe: TimeframeSchema,
  resolution_seconds: Type.Integer({ description: 'Seconds from one point to the next.', examples: [120] }),
  data: Type.Array(HistoryPointSchema, {
    description:
      'One point per step, oldest first, starting with the first measured step. Values are means over the step; null if the daemon was not running or the value could not be read.',
    examples: [[example]]
  }),
  reasons: Type.Unsafe<Record<string, string>>({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'The reason for each series without any value in this time range.',
    examples: [{ temperature: 'no data in this time range' }]
  })
})
export type HistoryReply = Static<typeof HistoryReplySchema>
