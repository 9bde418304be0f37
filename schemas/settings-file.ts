import { type Static, Type } from '../vendor/typebox.js'

/** Schema of settings.json: what the dashboard changes and an operator may read and mend. */
export const SettingsFileSchema = Type.Object({
  trusted_proxies: Type.Optional(Type.Array(Type.String({ format: 'proxy' })))
})
export type SettingsFile = Static<typeof SettingsFileSchema>
