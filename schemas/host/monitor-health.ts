import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { NamedObject } from '../foundation/named-object.ts'

/** The states of the Monitor. */
export const monitorStates = ['OK', 'INFO', 'WARNING', 'CRITICAL', 'UNKNOWN'] as const
export type MonitorState = (typeof monitorStates)[number]

/**
 * The categories of the Monitor, in the order of its client, and the categories of this daemon that each one contains.
 * Nothing here checks guests and logs.
 */
export const monitorCategoryParts = {
  cpu: ['cpu', 'temperature'],
  memory: ['memory', 'swap'],
  storage: ['filesystems'],
  disks: ['disks'],
  network: ['network'],
  vms: [],
  services: ['services', 'time', 'daemon'],
  logs: [],
  updates: ['updates'],
  security: ['certificate', 'fail2ban', 'audit_log', 'recordings', 'alerts']
} as const
export type MonitorCategory = keyof typeof monitorCategoryParts
export const monitorCategories = Object.keys(monitorCategoryParts) as MonitorCategory[]

const state = (description: string) =>
  Type.Enum([...monitorStates], { title: 'MonitorState', type: 'string', description, examples: ['WARNING'] })
const category = Type.Enum([...monitorCategories], { title: 'MonitorCategory', type: 'string', examples: ['storage'] })
const errorKey = Type.String({ description: 'Value of `check`.', examples: ['filesystem:/'] })
const severity = Type.Enum(['WARNING', 'CRITICAL'], { type: 'string', examples: ['WARNING'] })
const reason = Type.String({ examples: ['Disk usage of / high: 87.5 %'] })

const MonitorCheckSchema = NamedObject('MonitorCheck', {
  status: state('The status of the check.'),
  detail: Type.String({ examples: ['Disk usage of / high: 87.5 %'] }),
  error_key: errorKey,
  dismissable: Type.Boolean({ description: 'True for a problem, which can be acknowledged.' }),
  dismissed: Type.Boolean({ description: 'True for an acknowledged problem.' })
})

const DetailSchema = NamedObject('MonitorCategoryHealth', {
  status: state(
    'The worst status of its checks, without acknowledged problems; `INFO` if all its problems are acknowledged, `UNKNOWN` without checks.'
  ),
  reason: Nullable(Type.String({ description: 'Its problems, or why the status is unknown; null if it is `OK`.' })),
  checks: Type.Unsafe<Record<string, Static<typeof MonitorCheckSchema>>>({
    type: 'object',
    additionalProperties: MonitorCheckSchema,
    description: 'The checks by name.',
    examples: [{}]
  })
})
export type MonitorDetail = Static<typeof DetailSchema>

const VerdictSchema = NamedObject(
  'MonitorHealth',
  {
    overall: state('The status of the host.'),
    summary: Type.String({ examples: ['Disk usage high'] }),
    details: Type.Unsafe<Record<MonitorCategory, MonitorDetail>>({
      title: 'MonitorCategories',
      type: 'object',
      required: [...monitorCategories],
      properties: Object.fromEntries(monitorCategories.map((name) => [name, DetailSchema])),
      examples: [
        Object.fromEntries(monitorCategories.map((name) => [name, { status: 'OK', reason: null, checks: {} }]))
      ]
    }),
    timestamp: Type.String({ description: 'ISO-8601 UTC.', examples: ['2025-06-01T12:00:00.000Z'] })
  },
  { description: 'The same verdict in the names and categories of the Monitor.' }
)

/** GET /api/health/details is `health` of GET /api/health/full, as in the Monitor. */
export const HealthDetailsReplySchema = Type.Object({ success: SuccessSchema, ...VerdictSchema.properties })
export type HealthDetailsReply = Static<typeof HealthDetailsReplySchema>

/** The fields of GET /api/health/full that the Monitor's client reads. */
export const monitorHealthProperties = {
  health: VerdictSchema,
  active_errors: Type.Array(
    NamedObject('MonitorProblem', { error_key: errorKey, category, severity, reason, first_seen: Type.String() }),
    { description: 'Problems that are not acknowledged.', examples: [[]] }
  ),
  dismissed: Type.Array(
    NamedObject('DismissedProblem', {
      error_key: errorKey,
      category,
      severity,
      reason,
      dismissed: Type.Literal(true),
      permanent: Type.Literal(false),
      suppression_hours: Type.Number({ examples: [24] }),
      suppression_remaining_hours: Type.Number({ examples: [23.5] }),
      acknowledged_at: Type.String(),
      resolved_at: Type.String({ description: 'Alias of `acknowledged_at`.' })
    }),
    { description: 'Acknowledged problems.', examples: [[]] }
  ),
  custom_suppressions: Type.Array(Type.Object({}), {
    description: 'Always empty: an acknowledgement names one check, never a category.',
    examples: [[]]
  })
}

const MonitorHealthSchema = Type.Object(monitorHealthProperties)
export type MonitorHealth = Static<typeof MonitorHealthSchema>

export const AcknowledgedSchema = NamedObject('Acknowledgement', {
  error_key: errorKey,
  category,
  original_severity: severity,
  suppression_hours: Type.Number({ examples: [24] })
})
