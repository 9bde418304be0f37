import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { ClosedObject } from '../foundation/closed-object.ts'
import { NamedObject } from '../foundation/named-object.ts'
import { PermissionSchema, UserTypeSchema } from './permission.ts'

/** A name typed at login. Looser than a new name, so that an impossible name fails like any wrong name, without a 400. */
const typedName = Type.String({ minLength: 1, maxLength: 256, examples: ['admin'] })
const typedPassword = Type.String({ minLength: 1, maxLength: 1024, examples: ['Correct-Horse-7'] })
const typedCode = Type.String({
  maxLength: 32,
  description: 'Six digits of the authenticator, or a backup code.',
  examples: ['123456']
})

// White space and zero-width characters, which keyboards add.
const unseen = '\\s\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff'

/** The name of a new account: 1 to 64 characters, no control characters, no white space at either end. */
export const UsernameSchema = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: `^(?![${unseen}])[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\ud800-\\udfff]*(?<![${unseen}])$`,
  description: '1 to 64 characters, no control characters, no space at either end.',
  examples: ['admin']
})

export const UserSchema = NamedObject('User', {
  id: Type.Integer(),
  username: Type.String(),
  display_name: Type.String(),
  email: Type.String(),
  user_type: UserTypeSchema,
  reseller_id: Type.Integer({ description: '0 for a user of no reseller.' }),
  reseller: Type.Optional(
    NamedObject(
      'UserReseller',
      { id: Type.Integer(), name: Type.String(), balance: Type.Number() },
      { description: 'The user’s reseller; absent for a user of no reseller.' }
    )
  ),
  is_active: Type.Boolean(),
  permissions: Type.Array(PermissionSchema)
})

export const LoginBodySchema = ClosedObject({
  username: typedName,
  password: typedPassword,
  totp_token: Type.Optional(typedCode),
  totp_code: Type.Optional(typedCode)
})
export type LoginBody = Static<typeof LoginBodySchema>

const exampleUser = {
  id: 1,
  username: 'admin',
  display_name: 'admin',
  email: '',
  user_type: 'admin',
  reseller_id: 0,
  is_active: true,
  permissions: ['*']
}

export const LoginReplySchema = NamedObject(
  'LoggedInReply',
  {
    success: SuccessSchema,
    token: Type.String({ description: 'Session token; send it as `Authorization: Bearer <token>`.' }),
    expires_in: Type.Integer({ description: 'Lifetime of the token in seconds.' }),
    message: Type.String(),
    user: UserSchema
  },
  {
    examples: [
      {
        success: true,
        token: 'eyJhbGciOiJIUzI1NiIs...',
        expires_in: 86400,
        message: 'login successful',
        user: exampleUser
      }
    ]
  }
)

const setupCode = Type.Optional(Type.String({ maxLength: 256, description: 'Required if MONITOR_SETUP_CODE is set.' }))

export const SetupBodySchema = ClosedObject({
  username: UsernameSchema,
  password: Type.String({
    minLength: 1,
    maxLength: 1024,
    description: 'At least 10 characters, 3 of: lower case, upper case, digits, symbols; not a commonly used password.',
    examples: ['Correct-Horse-7']
  }),
  setup_code: setupCode,
  trust_proxy: Type.Optional(
    Type.Boolean({ description: 'Trust the forwarding headers of the proxy this request came through.' })
  )
})
export type SetupBody = Static<typeof SetupBodySchema>

export const SkipBodySchema = ClosedObject({ setup_code: setupCode }, { title: 'SkipBody' })

export const SkipReplySchema = NamedObject(
  'SkipReply',
  { success: SuccessSchema, message: Type.String(), auth_declined: Type.Literal(true) },
  { examples: [{ success: true, message: 'Authentication declined', auth_declined: true }] }
)

/** A login or a confirmation within five minutes replaces the password. */
const passwordOrConfirmation = Type.Optional(
  Type.String({
    ...typedPassword,
    description: 'Not required within five minutes of the login or of a confirmation.'
  })
)

export const EnableBodySchema = ClosedObject({ password: passwordOrConfirmation })

export const DisableBodySchema = ClosedObject({
  password: passwordOrConfirmation,
  totp_code: Type.Optional(typedCode),
  totp_token: Type.Optional(typedCode)
})

export const ConfirmBodySchema = ClosedObject({
  password: typedPassword,
  totp_code: Type.Optional(typedCode),
  totp_token: Type.Optional(typedCode)
})

const PanelSchema = NamedObject(
  'PanelStatus',
  {
    domain: Type.String({ description: 'MONITOR_SAAS_DOMAIN; empty for a panel without tenants.' }),
    tenant: Nullable(
      NamedObject(
        'PanelTenant',
        {
          id: Nullable(Type.Integer({ description: 'Null while the database is unavailable, as is `name`.' })),
          slug: Type.String({ description: 'The first label of the host name.' }),
          name: Nullable(Type.String())
        },
        { description: 'The tenant of this host name; null for the operator.' }
      )
    )
  },
  { description: 'Null on a single host.' }
)

export const StatusReplySchema = Type.Object(
  {
    success: SuccessSchema,
    auth_enabled: Type.Boolean({ description: 'Requests require a token.' }),
    auth_configured: Type.Boolean({ description: 'Older alias of `configured`.' }),
    configured: Type.Boolean({ description: 'Authentication was set up or declined; false on the first launch.' }),
    declined: Type.Boolean({ description: 'Authentication was declined.' }),
    authenticated: Type.Boolean({ description: 'This request carried a valid token.' }),
    username: Nullable(Type.String({ description: 'Null unless the caller is authenticated.' })),
    totp_enabled: Type.Boolean({
      description: 'False unless the caller is authenticated or sends a live refresh cookie.'
    }),
    setup_code_required: Type.Boolean({ description: 'The first launch requires MONITOR_SETUP_CODE.' }),
    untrusted_proxy: Nullable(
      Type.String({ description: 'Before setup: the address of an untrusted proxy that forwarded this request.' })
    ),
    panel: Nullable(PanelSchema)
  },
  {
    examples: [
      {
        success: true,
        auth_enabled: false,
        auth_configured: false,
        configured: false,
        declined: false,
        authenticated: false,
        username: null,
        totp_enabled: false,
        setup_code_required: false,
        untrusted_proxy: null,
        panel: null
      }
    ]
  }
)
export type StatusReply = Static<typeof StatusReplySchema>
