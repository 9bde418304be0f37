import { type Static, Type } from 'typebox'

/** Schema of ssl_config.json, including files written by the Python Monitor. */
export const SslFileSchema = Type.Object({
  enabled: Type.Boolean(),
  cert_path: Type.Optional(Type.String()),
  key_path: Type.Optional(Type.String()),
  /** `custom` or `proxmox`; the Python Monitor wrote `none` without a certificate. */
  source: Type.Optional(Type.String())
})
export type SslFile = Static<typeof SslFileSchema>
