import { type Static, type TSchema, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { ClosedObject } from '../foundation/closed-object.ts'
import { NamedObject } from '../foundation/named-object.ts'
import { AcknowledgedSchema, monitorHealthProperties } from './monitor-health.ts'
import { type HealthStatus, HealthStatusSchema } from './system.ts'

export const healthCategories = [
  'cpu',
  'memory',
  'swap',
  'temperature',
  'filesystems',
  'disks',
  'network',
  'services',
  'time',
  'updates',
  'certificate',
  'fail2ban',
  'audit_log',
  'recordings',
  'alerts',
  'daemon'
] as const
export type HealthCategory = (typeof healthCategories)[number]

/** Values with thresholds: unit, default thresholds and their allowed range. For `certificate`, lower is worse. */
export const gauges = {
  cpu: { unit: '%', warning: 85, critical: 95, minimum: 1, maximum: 100 },
  iowait: { unit: '%', warning: 40, critical: 70, minimum: 1, maximum: 100 },
  memory: { unit: '%', warning: 85, critical: 95, minimum: 1, maximum: 100 },
  swap: { unit: '%', warning: 50, critical: 80, minimum: 1, maximum: 100 },
  temperature: { unit: '°C', warning: 80, critical: 90, minimum: 20, maximum: 120 },
  filesystem: { unit: '%', warning: 85, critical: 95, minimum: 1, maximum: 100 },
  disk_temperature: { unit: '°C', warning: 60, critical: 70, minimum: 20, maximum: 120 },
  network_errors: { unit: 'errors/s', warning: 10, critical: 100, minimum: 1, maximum: 1_000_000 },
  certificate: { unit: 'days', warning: 7, critical: 1, minimum: 0, maximum: 365 }
} as const
export type GaugeName = keyof typeof gauges
export interface Threshold {
  warning: number
  critical: number
}
export type Thresholds = Record<GaugeName, Threshold>
export const gaugeNames = Object.keys(gauges) as GaugeName[]

const ofEach = (schema: (name: GaugeName) => TSchema) =>
  Object.fromEntries(gaugeNames.map((name) => [name, schema(name)]))

const limit = (name: GaugeName, level: 'warning' | 'critical') => {
  const { minimum, maximum, [level]: value } = gauges[name]
  return Type.Optional(Type.Number({ minimum, maximum, examples: [value] }))
}
/** Names of equal limits in the API description. */
const limitNames = {
  '%': 'PercentLimits',
  '°C': 'TemperatureLimits',
  'errors/s': 'ErrorRateLimits',
  days: 'DayLimits'
} as const
const limitsOf = (name: GaugeName) => ({ warning: limit(name, 'warning'), critical: limit(name, 'critical') })

export type ThresholdChanges = { [name in GaugeName]?: Partial<Threshold> }
const CheckNameSchema = Type.String({
  minLength: 1,
  maxLength: 200,
  description: 'Value of `check` in GET /api/health/full.',
  examples: ['filesystem:/']
})
const Reason = Type.String({
  maxLength: 200,
  pattern: '^[^\\u0000-\\u001f\\u007f]*$',
  description: 'Why the problem can be ignored, as text.',
  examples: ['the new disk comes on Friday']
})

/** `health` of settings.json. */
export const HealthSettingsSchema = Type.Object({
  thresholds: Type.Optional(
    Type.Unsafe<ThresholdChanges>(Type.Object(ofEach((name) => Type.Optional(Type.Object(limitsOf(name))))))
  ),
  acknowledged: Type.Optional(
    Type.Array(
      Type.Object({
        check: CheckNameSchema,
        /** The acknowledged level; a worse level is not covered. */
        status: Type.Union([Type.Literal('warning'), Type.Literal('critical')]),
        at: Type.String({ minLength: 20, maxLength: 30 }),
        until: Type.String({ minLength: 20, maxLength: 30 }),
        by: Type.String({ maxLength: 256 }),
        reason: Reason
      }),
      { maxItems: 200 }
    )
  )
})
export type HealthSettings = Static<typeof HealthSettingsSchema>
export type Acknowledgement = NonNullable<HealthSettings['acknowledged']>[number]

/** Null resets a gauge to its defaults. */
export type ThresholdsBody = { [name in GaugeName]?: Partial<Threshold> | null }
export const ThresholdsBodySchema = Type.Unsafe<ThresholdsBody>(
  Type.Object(
    ofEach((name) =>
      Type.Optional(
        Type.Unsafe({
          ...Type.Object(limitsOf(name), { additionalProperties: false }),
          title: limitNames[gauges[name].unit],
          type: ['object', 'null'],
          examples: [{ warning: gauges[name].warning }]
        })
      )
    ),
    { additionalProperties: false, minProperties: 1 }
  )
)

/** `check` and `duration`, or the names of the Monitor's client: `error_key` and `suppression_hours`. */
const ErrorKey = Type.String({
  minLength: 1,
  maxLength: 200,
  description: 'Alias of `check`, for clients of the Monitor.'
})
export const AcknowledgeBodySchema = ClosedObject({
  check: Type.Optional(CheckNameSchema),
  duration: Type.Optional(
    Type.Integer({ minimum: 60, maximum: 31_536_000, description: 'Seconds.', examples: [86400] })
  ),
  reason: Type.Optional(Reason),
  error_key: Type.Optional(ErrorKey),
  suppression_hours: Type.Optional(
    Type.Integer({
      minimum: -1,
      maximum: 8760,
      description: 'Hours; -1 for as long as possible, which is a year. Defaults to 24 with `error_key`.'
    })
  )
})
export type AcknowledgeBody = Static<typeof AcknowledgeBodySchema>
export const AcknowledgeReplySchema = Type.Object({
  success: SuccessSchema,
  message: Type.String({ examples: ['filesystem:/ is ignored for 86400 s'] }),
  result: AcknowledgedSchema
})
export const WithdrawBodySchema = ClosedObject({
  check: Type.Optional(CheckNameSchema),
  error_key: Type.Optional(ErrorKey)
})

const Summary = Type.String({ description: 'Summary of the problems.', examples: ['All systems operational'] })
const Timestamp = Type.String({
  description: 'When the checks ran, ISO-8601 UTC.',
  examples: ['2025-06-01T12:00:00.000Z']
})
const count = (description: string, example: number) => Type.Integer({ description, examples: [example] })
const CountsSchema = NamedObject('HealthCounts', {
  healthy: count('Checks without a problem.', 9),
  warning: count('Warnings that are not acknowledged.', 1),
  critical: count('Critical problems that are not acknowledged.', 0),
  acknowledged: count('Acknowledged problems; not included in `warning` and `critical`.', 0)
})
const verdict = {
  success: SuccessSchema,
  status: HealthStatusSchema,
  summary: Summary,
  counts: CountsSchema,
  timestamp: Timestamp
}

const CategorySchema = NamedObject('HealthCategory', {
  status: Type.Unsafe<HealthStatus | null>({
    type: ['string', 'null'],
    enum: ['healthy', 'warning', 'critical', null],
    description: 'The worst status of its checks, without acknowledged problems; null without checks.'
  }),
  reason: Nullable(Type.String({ description: 'Why `status` is null.' })),
  checks: Type.Integer(),
  acknowledged: Type.Integer({ description: 'Acknowledged problems.' })
})
const categoryExample = { status: 'healthy', reason: null, checks: 1, acknowledged: 0 }

export const HealthReplySchema = Type.Object({
  ...verdict,
  categories: Type.Unsafe<Record<HealthCategory, Static<typeof CategorySchema>>>({
    title: 'HealthCategories',
    type: 'object',
    required: [...healthCategories],
    properties: Object.fromEntries(healthCategories.map((name) => [name, CategorySchema])),
    examples: [Object.fromEntries(healthCategories.map((name) => [name, categoryExample]))]
  })
})
export type HealthReply = Static<typeof HealthReplySchema>

const CheckSchema = NamedObject('HealthCheck', {
  check: CheckNameSchema,
  category: Type.Enum([...healthCategories], { type: 'string', examples: ['filesystems'] }),
  status: HealthStatusSchema,
  message: Type.String({ examples: ['Disk usage of / high: 87.5 %'] }),
  value: Nullable(
    Type.Number({
      description: 'Measured value; null if the check has no number or the value cannot be read.',
      examples: [87.5]
    })
  ),
  unit: Nullable(Type.String({ examples: ['%'] })),
  warning: Nullable(Type.Number({ description: 'Threshold; null for checks without thresholds.', examples: [85] })),
  critical: Nullable(Type.Number({ description: 'Threshold; null for checks without thresholds.', examples: [95] })),
  since: Type.String({
    description: 'When the status last changed, at the earliest the start of the daemon; ISO-8601 UTC.'
  }),
  acknowledged_until: Nullable(
    Type.String({ description: 'Until then the problem is ignored, unless it gets worse.' })
  ),
  acknowledged_by: Nullable(Type.String()),
  acknowledged_reason: Nullable(Type.String())
})
export type CheckReply = Static<typeof CheckSchema>

const number = Type.Number()
const ThresholdSchema = NamedObject('Threshold', {
  unit: Type.String(),
  warning: number,
  critical: number,
  default_warning: number,
  default_critical: number,
  minimum: number,
  maximum: number
})
const thresholds = Type.Unsafe<Record<GaugeName, Static<typeof ThresholdSchema>>>({
  title: 'Thresholds',
  type: 'object',
  required: [...gaugeNames],
  properties: Object.fromEntries(gaugeNames.map((name) => [name, ThresholdSchema])),
  examples: [
    Object.fromEntries(
      gaugeNames.map((name) => {
        const { warning, critical } = gauges[name]
        return [name, { ...gauges[name], default_warning: warning, default_critical: critical }]
      })
    )
  ]
})
export const ThresholdsReplySchema = NamedObject('ThresholdsReply', { success: SuccessSchema, thresholds })
export type ThresholdsReply = Static<typeof ThresholdsReplySchema>
const checkExample: CheckReply = {
  check: 'filesystem:/',
  category: 'filesystems',
  status: 'warning',
  message: 'Disk usage of / high: 87.5 %',
  value: 87.5,
  unit: '%',
  warning: 85,
  critical: 95,
  since: '2025-06-01T11:20:00.000Z',
  acknowledged_until: null,
  acknowledged_by: null,
  acknowledged_reason: null
}
export const FullHealthReplySchema = Type.Object({
  ...verdict,
  checks: Type.Array(CheckSchema, { description: 'Problems first, the worst at the top.', examples: [[checkExample]] }),
  thresholds,
  ...monitorHealthProperties
})
export type FullHealthReply = Static<typeof FullHealthReplySchema>
