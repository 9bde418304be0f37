import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { ClosedObject } from '../foundation/closed-object.ts'
import { NamedObject } from '../foundation/named-object.ts'
import { ConfirmWithinSchema } from '../security/pending-change.ts'
import { UsernameSchema } from './login.ts'
import { PermissionSchema, UserTypeSchema } from './permission.ts'

const displayName = Type.String({
  maxLength: 64,
  pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\ud800-\\udfff]*$',
  description: 'Up to 64 characters, no control characters; empty falls back to the username.',
  examples: ['Ada']
})
const email = Type.String({
  maxLength: 254,
  pattern:
    '^([^\\s@\\u0000-\\u001f\\u007f-\\u009f\\ud800-\\udfff]+@[^\\s@\\u0000-\\u001f\\u007f-\\u009f\\ud800-\\udfff]+)?$',
  description: 'Empty for no address.',
  examples: ['ada@example.com']
})
const newPassword = Type.String({
  minLength: 1,
  maxLength: 1024,
  description: 'At least 10 characters, 3 of: lower case, upper case, digits, symbols; not a commonly used password.',
  examples: ['Correct-Horse-7']
})
const permissions = Type.Array(PermissionSchema, {
  maxItems: 32,
  description: 'GET /api/permissions lists them. Users can grant only permissions that they have.',
  examples: [['system.view']]
})
const allowedIps = Type.String({
  maxLength: 4096,
  description: 'Networks this user may log in from, separated by commas; empty for all.',
  examples: ['192.168.1.0/24, 2001:db8::/32']
})
const resellerId = Type.Integer({
  minimum: 0,
  maximum: 2 ** 31 - 1,
  description:
    'The user’s reseller; 0 for no reseller. A user of a reseller can name their own only, which is the default.',
  examples: [0]
})

const changeable = {
  display_name: Type.Optional(displayName),
  email: Type.Optional(email),
  user_type: Type.Optional(UserTypeSchema),
  reseller_id: Type.Optional(resellerId),
  is_active: Type.Optional(Type.Boolean({ description: 'False prevents logins and ends the user’s sessions.' })),
  permissions: Type.Optional(permissions),
  allowed_ips: Type.Optional(allowedIps)
}

export const NewUserBodySchema = ClosedObject({ ...changeable, username: UsernameSchema, password: newPassword })
export type NewUserBody = Static<typeof NewUserBodySchema>

export const UserChangesBodySchema = ClosedObject({
  ...changeable,
  password: Type.Optional(newPassword),
  totp_enabled: Type.Optional(
    Type.Literal(false, { description: 'Resets the second factor; only the user can set one up again.' })
  ),
  confirm_within: Type.Optional(ConfirmWithinSchema)
})
export type UserChangesBody = Static<typeof UserChangesBodySchema>

export const UserDetailSchema = NamedObject('UserDetail', {
  id: Type.Integer(),
  username: Type.String(),
  display_name: Type.String({ description: 'Empty if not set.' }),
  email: Type.String(),
  user_type: UserTypeSchema,
  reseller_id: Type.Integer({ description: '0 for a user of no reseller.' }),
  is_active: Type.Boolean(),
  permissions: Type.Array(PermissionSchema),
  allowed_ips: Type.String(),
  totp_enabled: Type.Boolean(),
  last_login_at: Nullable(Type.String({ description: 'ISO-8601, UTC.' }))
})
export type UserDetail = Static<typeof UserDetailSchema>

const exampleUser: UserDetail = {
  id: 2,
  username: 'ada',
  display_name: 'Ada',
  email: 'ada@example.com',
  user_type: 'support',
  reseller_id: 0,
  is_active: true,
  permissions: ['system.view'],
  allowed_ips: '192.168.1.0/24',
  totp_enabled: false,
  last_login_at: '2026-04-24T14:32:11.000Z'
}

export const UserReplySchema = NamedObject(
  'UserReply',
  { success: SuccessSchema, user: UserDetailSchema },
  { examples: [{ success: true, user: exampleUser }] }
)
export const UsersReplySchema = Type.Object(
  { success: SuccessSchema, users: Type.Array(UserDetailSchema) },
  { examples: [{ success: true, users: [exampleUser] }] }
)

export const UserParamsSchema = ClosedObject({
  id: Type.Integer({ minimum: 1, maximum: 9_999_999_999, description: 'The user’s id.', examples: [2] })
})

export const PermissionsReplySchema = Type.Object(
  {
    success: SuccessSchema,
    permissions: Type.Array(
      NamedObject('PermissionDescription', { name: PermissionSchema, description: Type.String() })
    )
  },
  {
    examples: [
      { success: true, permissions: [{ name: 'system.view', description: 'See the vital signs of the host.' }] }
    ]
  }
)

export const ConfirmReplySchema = Type.Object(
  {
    success: SuccessSchema,
    message: Type.String(),
    expires_in: Type.Integer({ description: 'Seconds until the confirmation expires.' })
  },
  { examples: [{ success: true, message: 'confirmed', expires_in: 300 }] }
)
