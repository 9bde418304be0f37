import { type Static, Type } from '../vendor/typebox.js'

const nullable = (maxLength: number) => Type.Union([Type.String({ maxLength }), Type.Null()])
const sha256Hex = Type.String({ pattern: '^[0-9a-f]{64}$' })

/** The password formats of contract 4: PBKDF2 with its parameters, or an older install's bare SHA-256. */
const PasswordHashSchema = Type.Union([
  Type.String({ pattern: '^pbkdf2_sha256\\$[1-9][0-9]{0,7}\\$[A-Za-z0-9+/]{8,}={0,2}\\$[A-Za-z0-9+/]{16,}={0,2}$' }),
  Type.String({ pattern: '^[0-9a-fA-F]{64}$' })
])

/** An older install's backup codes are `{code, used}`; ours carry the password's hash format. */
export const BackupCodeSchema = Type.Object({
  code: Type.Union([sha256Hex, PasswordHashSchema]),
  used: Type.Boolean()
})

export const ApiTokenEntrySchema = Type.Object({
  id: Type.String({ minLength: 1 }),
  name: Type.String(),
  token_hash: sha256Hex,
  token_prefix: Type.String(),
  created_at: Type.String(),
  expires_at: Type.String(),
  signed_with: Type.Optional(Type.String())
})

const credentials = {
  username: Type.Optional(nullable(64)),
  password_hash: Type.Optional(Type.Union([PasswordHashSchema, Type.Null()])),
  display_name: Type.Optional(nullable(256)),
  totp_enabled: Type.Optional(Type.Boolean()),
  totp_secret: Type.Optional(Type.Union([Type.String({ pattern: '^[A-Z2-7]+=*$' }), Type.Null()])),
  backup_codes: Type.Optional(Type.Array(BackupCodeSchema)),
  last_totp_counter: Type.Optional(Type.Union([Type.Integer(), Type.Null()]))
}

/** Schema of auth.json (contract 1). Fields it does not name are kept as they are. */
export const AuthFileSchema = Type.Object({
  ...credentials,
  enabled: Type.Optional(Type.Boolean()),
  declined: Type.Optional(Type.Boolean()),
  configured: Type.Optional(Type.Boolean()),
  terminal_without_auth: Type.Optional(Type.Boolean()),
  api_tokens: Type.Optional(Type.Array(ApiTokenEntrySchema)),
  revoked_tokens: Type.Optional(Type.Array(sha256Hex)),
  jwt_secret: Type.Optional(Type.Union([Type.String({ minLength: 32 }), Type.Null()]))
})
export type AuthFile = Static<typeof AuthFileSchema>
export type BackupCode = Static<typeof BackupCodeSchema>
