import { type Static, Type } from 'typebox'

/** Schema of ssl_config.json, also as the Monitor wrote it. */
export const SslFileSchema = Type.Object({
  enabled: Type.Boolean(),
  cert_path: Type.Optional(Type.String()),
  key_path: Type.Optional(Type.String()),
  /** `custom`, `proxmox`; the Monitor wrote `none` where there was none. */
  source: Type.Optional(Type.String())
})
export type SslFile = Static<typeof SslFileSchema>
