import { type Static, Type } from 'typebox'
import { PermissionSchema, ScopeSchema, UserTypeSchema } from './permission.ts'

/** Maximum length of a stored allow-list. */
export const MAX_ALLOW_LIST = 4096

const nullable = (maxLength: number) => Type.Union([Type.String({ maxLength }), Type.Null()])
const sha256Hex = Type.String({ pattern: '^[0-9a-f]{64}$' })

/**
 * The password formats of contract 4: PBKDF2 with its parameters, or the plain SHA-256 of older installs. A hash that
 * is too expensive disables only its entry (lib/auth/passwords/cost.ts).
 */
const PasswordHashSchema = Type.Union([
  Type.String({ pattern: '^pbkdf2_sha256\\$[1-9][0-9]*\\$[A-Za-z0-9+/]{8,}={0,2}\\$[A-Za-z0-9+/]{16,}={0,2}$' }),
  Type.String({ pattern: '^[0-9a-fA-F]{64}$' })
])

/** `code` is a hash in a password format; older installs stored a plain SHA-256. */
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
  signed_with: Type.Optional(Type.String()),
  /** Fields that the Monitor lacks. A token without a user belongs to the owner. */
  user_id: Type.Optional(Type.Integer({ minimum: 1 })),
  scope: Type.Optional(ScopeSchema),
  allowed_ips: Type.Optional(Type.String({ maxLength: 4 * MAX_ALLOW_LIST })),
  /** Set by a rotation: when this token ends. */
  ends_at: Type.Optional(Type.String())
})

// Bounded: every check of a code computes an HMAC with it.
const totpSecret = Type.String({ maxLength: 1024, pattern: '^[A-Z2-7]+=*$' })

export const PendingTotpSchema = Type.Object({
  secret: totpSecret,
  backup_codes: Type.Array(BackupCodeSchema),
  created_at: Type.String(),
  /** The session that started the enrolment and may see the secret. */
  session: Type.Optional(Type.String())
})

const credentials = {
  username: Type.Optional(nullable(64)),
  password_hash: Type.Optional(Type.Union([PasswordHashSchema, Type.Null()])),
  display_name: Type.Optional(nullable(256)),
  totp_enabled: Type.Optional(Type.Boolean()),
  totp_secret: Type.Optional(Type.Union([totpSecret, Type.Null()])),
  backup_codes: Type.Optional(Type.Array(BackupCodeSchema)),
  last_totp_counter: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
  /** An enrolment without a verified code. */
  totp_pending: Type.Optional(Type.Union([PendingTotpSchema, Type.Null()])),
  /** Networks this user may log in from, separated by commas; empty for all. */
  allowed_ips: Type.Optional(nullable(MAX_ALLOW_LIST)),
  email: Type.Optional(nullable(254))
}

/** A user besides the owner (contract 8). */
export const UserEntrySchema = Type.Object({
  ...credentials,
  id: Type.Integer({ minimum: 2 }),
  username: Type.String({ minLength: 1, maxLength: 64 }),
  password_hash: PasswordHashSchema,
  user_type: UserTypeSchema,
  reseller_id: Type.Optional(Type.Integer({ minimum: 0 })),
  is_active: Type.Boolean(),
  permissions: Type.Array(PermissionSchema)
})

/** A reseller and its users' shared state (contract 14). */
export const ResellerEntrySchema = Type.Object({
  id: Type.Integer({ minimum: 1 }),
  name: Type.String({ minLength: 1, maxLength: 64 }),
  /** With at most two decimals. */
  balance: Type.Number(),
  /** False suspends the reseller: its users cannot log in. */
  is_active: Type.Boolean()
})

/** Schema of auth.json (contract 1). Unknown fields are preserved. */
export const AuthFileSchema = Type.Object({
  ...credentials,
  enabled: Type.Optional(Type.Boolean()),
  declined: Type.Optional(Type.Boolean()),
  configured: Type.Optional(Type.Boolean()),
  terminal_without_auth: Type.Optional(Type.Boolean()),
  api_tokens: Type.Optional(Type.Array(ApiTokenEntrySchema)),
  revoked_tokens: Type.Optional(Type.Array(sha256Hex)),
  users: Type.Optional(Type.Array(UserEntrySchema)),
  /** Ids are never reused: a removed user's tokens must not pass to another user. */
  next_user_id: Type.Optional(Type.Integer({ minimum: 2 })),
  resellers: Type.Optional(Type.Array(ResellerEntrySchema)),
  /** Ids are never reused: a user of a removed reseller must not pass to another one. */
  next_reseller_id: Type.Optional(Type.Integer({ minimum: 1 })),
  jwt_secret: Type.Optional(Type.Union([Type.String({ minLength: 32, maxLength: 4096 }), Type.Null()]))
})
export type AuthFile = Static<typeof AuthFileSchema>
export type ApiTokenEntry = Static<typeof ApiTokenEntrySchema>
export type ResellerEntry = Static<typeof ResellerEntrySchema>
export type UserEntry = Static<typeof UserEntrySchema>
export type PendingTotp = Static<typeof PendingTotpSchema>
export type BackupCode = Static<typeof BackupCodeSchema>
