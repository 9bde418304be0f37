import { type Static, Type } from 'typebox'
import { HealthSettingsSchema } from '../host/health.ts'

/** How to take back a change that waits to be confirmed (contract 9). */
export const PendingChangeSchema = Type.Object({
  setting: Type.Union([Type.Literal('tls'), Type.Literal('trusted_proxies'), Type.Literal('allowed_ips')]),
  /** Whose setting, where each user has one. */
  subject: Type.Optional(Type.Integer()),
  previous: Type.Unknown(),
  /** Not there until the change is made. */
  next: Type.Optional(Type.Unknown()),
  /** The user who made the change. */
  by: Type.Integer(),
  /** ISO-8601. */
  deadline: Type.String({ minLength: 20, maxLength: 30 }),
  seconds: Type.Integer({ minimum: 1, maximum: 600 })
})
export type PendingChange = Static<typeof PendingChangeSchema>
export type GuardedSettingName = PendingChange['setting']

/** Schema of settings.json: what the dashboard changes and an operator may read and mend. */
export const SettingsFileSchema = Type.Object({
  // Each request is compared with all of them.
  trusted_proxies: Type.Optional(Type.Array(Type.String({ format: 'proxy' }), { maxItems: 1024 })),
  pending_change: Type.Optional(PendingChangeSchema),
  health: Type.Optional(HealthSettingsSchema)
})
export type SettingsFile = Static<typeof SettingsFileSchema>
