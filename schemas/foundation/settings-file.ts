import { type Static, Type } from 'typebox'
import { HealthSettingsSchema } from '../host/health.ts'

/** How to revert a change that has not been confirmed yet (contract 9). */
export const PendingChangeSchema = Type.Object({
  setting: Type.Union([Type.Literal('tls'), Type.Literal('trusted_proxies'), Type.Literal('allowed_ips')]),
  /** In a panel: the id of the host whose setting it is, for a setting that each host has for itself. */
  host: Type.Optional(Type.String()),
  /** User id, for a setting per user. */
  subject: Type.Optional(Type.Integer()),
  previous: Type.Unknown(),
  /** Missing until the change is made. */
  next: Type.Optional(Type.Unknown()),
  /** The user who made the change. */
  by: Type.Integer(),
  /** ISO-8601. */
  deadline: Type.String({ minLength: 20, maxLength: 30 }),
  seconds: Type.Integer({ minimum: 1, maximum: 600 })
})
export type PendingChange = Static<typeof PendingChangeSchema>
export type GuardedSettingName = PendingChange['setting']

/** Schema of settings.json. The dashboard writes it; an operator may read and repair it. */
export const SettingsFileSchema = Type.Object({
  // Limited, because each request is compared with all entries.
  trusted_proxies: Type.Optional(Type.Array(Type.String({ format: 'proxy' }), { maxItems: 1024 })),
  pending_change: Type.Optional(PendingChangeSchema),
  health: Type.Optional(HealthSettingsSchema)
})
export type SettingsFile = Static<typeof SettingsFileSchema>
