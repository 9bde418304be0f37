import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { ClosedObject } from '../foundation/closed-object.ts'
import { NamedObject } from '../foundation/named-object.ts'
import { type Scope, ScopeSchema } from './permission.ts'

const proof = {
  password: Type.String({
    minLength: 1,
    maxLength: 1024,
    description: 'The caller’s own password.',
    examples: ['Correct-Horse-7']
  }),
  totp_token: Type.Optional(
    Type.String({
      maxLength: 32,
      description: 'Required if the second factor is on: six digits, or a backup code.',
      examples: ['123456']
    })
  ),
  totp_code: Type.Optional(Type.String({ maxLength: 32, description: 'Alias of `totp_token`.' }))
}

export const NewTokenBodySchema = ClosedObject({
  ...proof,
  token_name: Type.String({
    minLength: 1,
    maxLength: 64,
    pattern:
      '^(?=.*[^\\s\\u200b-\\u200f\\u2060\\ufeff])[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\ud800-\\udfff]*$',
    description: '1 to 64 characters, no control characters. Name it after the app that will use it. Names may repeat.',
    examples: ['Home Assistant']
  }),
  scope: Type.Optional(
    // An enum, whose validation error lists the values in one line.
    Type.Unsafe<Scope>({
      title: 'Scope',
      type: 'string',
      enum: ScopeSchema.anyOf.map((each) => each.const),
      description: 'Defaults to `read_only`.',
      examples: ['read_only']
    })
  ),
  expires_in_days: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 365, description: 'Whole days; defaults to 365.', examples: [365] })
  ),
  allowed_ips: Type.Optional(
    Type.String({
      maxLength: 4096,
      description: 'Addresses and CIDRs that may use the token, separated by commas; empty for all.',
      examples: ['192.168.1.20, 2001:db8::/64']
    })
  )
})
export type NewTokenBody = Static<typeof NewTokenBodySchema>

export const RotateTokenBodySchema = ClosedObject(proof)

export const TokensQuerySchema = ClosedObject({
  revoked: Type.Optional(
    Type.Unsafe<'0' | '1'>({
      type: 'string',
      enum: ['0', '1'],
      description: '`1` also lists revoked tokens, until they would have expired.',
      examples: ['1']
    })
  )
})

export const TokenParamsSchema = ClosedObject({ id: Type.String({ minLength: 1, maxLength: 64 }) })

const exampleMinted = {
  success: true,
  token: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9...',
  token_name: 'Home Assistant',
  expires_in: '365 days',
  id: '9f2c4a61b07d3e58',
  scope: 'read_only',
  expires_at: '2027-04-24T14:32:11.000Z'
}

const minted = {
  success: SuccessSchema,
  token: Type.String({ description: 'The token, shown only once.' }),
  token_name: Type.String(),
  expires_in: Type.String({ description: 'Readable text; programs should use `expires_at`.' }),
  id: Type.String(),
  scope: ScopeSchema,
  expires_at: Type.String(),
  allowed_ips: Type.Optional(Type.String({ description: 'Absent if the token is valid from all addresses.' }))
}

export const MintedTokenReplySchema = NamedObject('MintedTokenReply', minted, { examples: [exampleMinted] })

export const RotatedTokenReplySchema = NamedObject(
  'RotatedTokenReply',
  { ...minted, replaces: NamedObject('ReplacedToken', { id: Type.String(), ends_at: Type.String() }) },
  { examples: [{ ...exampleMinted, replaces: { id: '05be4f1d77a2c390', ends_at: '2026-04-25T14:32:11.000Z' } }] }
)

export const TokensReplySchema = Type.Object(
  {
    success: SuccessSchema,
    tokens: Type.Array(
      NamedObject('ApiToken', {
        id: Type.String(),
        name: Type.String(),
        token_prefix: Type.String({ description: 'The last 4 characters, to distinguish tokens.' }),
        scope: ScopeSchema,
        user_id: Type.Integer({ description: 'The token’s user; the owner sees all users’ tokens.' }),
        username: Nullable(Type.String({ description: 'Null if the user was removed.' })),
        created_at: Type.String(),
        expires_at: Type.String(),
        ends_at: Type.Optional(Type.String({ description: 'After a rotation: when the token ends.' })),
        last_used_at: Nullable(Type.String()),
        last_used_ip: Nullable(Type.String()),
        allowed_ips: Type.String({ description: 'Empty for all addresses.' }),
        revoked: Type.Boolean(),
        valid: Nullable(
          Type.Boolean({ description: 'Null if unknown: an old entry does not record the secret that signed it.' })
        ),
        invalidation_reason: Type.Optional(Type.String({ description: 'Readable reason, if `valid` is false.' }))
      })
    )
  },
  {
    examples: [
      {
        success: true,
        tokens: [
          {
            id: '9f2c4a61b07d3e58',
            name: 'Home Assistant',
            token_prefix: '...wXyZ',
            scope: 'read_only',
            user_id: 1,
            username: 'admin',
            created_at: '2026-04-24T14:32:11.000Z',
            expires_at: '2027-04-24T14:32:11.000Z',
            last_used_at: '2026-04-24T15:02:40.000Z',
            last_used_ip: '192.0.2.10',
            allowed_ips: '',
            revoked: false,
            valid: true
          }
        ]
      }
    ]
  }
)
