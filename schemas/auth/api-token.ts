import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { ClosedObject } from '../foundation/closed-object.ts'
import { type Scope, ScopeSchema } from './permission.ts'

const proof = {
  password: Type.String({
    minLength: 1,
    maxLength: 1024,
    description: 'The caller’s own, once more.',
    examples: ['Correct-Horse-7']
  }),
  totp_token: Type.Optional(
    Type.String({
      maxLength: 32,
      description: 'Where the second factor is on: six digits, or a backup code.',
      examples: ['123456']
    })
  ),
  totp_code: Type.Optional(Type.String({ maxLength: 32, description: '`totp_token` under its other name.' }))
}

export const NewTokenBodySchema = ClosedObject({
  ...proof,
  token_name: Type.String({
    minLength: 1,
    maxLength: 64,
    pattern:
      '^(?=.*[^\\s\\u200b-\\u200f\\u2060\\ufeff])[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\ud800-\\udfff]*$',
    description: '1 to 64 characters, no control characters; best the consumer’s name. Names may repeat.',
    examples: ['Home Assistant']
  }),
  scope: Type.Optional(
    // As an enum, which says in one line what it takes.
    Type.Unsafe<Scope>({
      type: 'string',
      enum: ScopeSchema.anyOf.map((each) => each.const),
      description: '`read_only` unless told.',
      examples: ['read_only']
    })
  ),
  expires_in_days: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 365, description: 'Whole days; 365 unless told.', examples: [365] })
  ),
  allowed_ips: Type.Optional(
    Type.String({
      maxLength: 4096,
      description: 'Addresses and CIDRs it may be used from, separated by commas; empty for all.',
      examples: ['192.168.1.20, 2001:db8::/64']
    })
  )
})
export type NewTokenBody = Static<typeof NewTokenBodySchema>

export const RotateTokenBodySchema = ClosedObject(proof)

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
  token: Type.String({ description: 'The only place the token ever appears.' }),
  token_name: Type.String(),
  expires_in: Type.String({ description: 'In words; `expires_at` is for programs.' }),
  id: Type.String(),
  scope: ScopeSchema,
  expires_at: Type.String(),
  allowed_ips: Type.Optional(Type.String({ description: 'Only where there are any.' }))
}

export const MintedTokenReplySchema = Type.Object(minted, { examples: [exampleMinted] })

export const RotatedTokenReplySchema = Type.Object(
  { ...minted, replaces: Type.Object({ id: Type.String(), ends_at: Type.String() }) },
  { examples: [{ ...exampleMinted, replaces: { id: '05be4f1d77a2c390', ends_at: '2026-04-25T14:32:11.000Z' } }] }
)

export const TokensReplySchema = Type.Object(
  {
    success: SuccessSchema,
    tokens: Type.Array(
      Type.Object({
        id: Type.String(),
        name: Type.String(),
        token_prefix: Type.String({ description: 'The last 4 characters, to tell tokens apart.' }),
        scope: ScopeSchema,
        user_id: Type.Integer({ description: 'Whose it is; the owner sees those of all.' }),
        username: Nullable(Type.String({ description: 'Null when that user was removed.' })),
        created_at: Type.String(),
        expires_at: Type.String(),
        ends_at: Type.Optional(Type.String({ description: 'It was rotated, and ends then.' })),
        last_used_at: Nullable(Type.String()),
        last_used_ip: Nullable(Type.String()),
        allowed_ips: Type.String({ description: 'Empty for everywhere.' }),
        revoked: Type.Boolean(),
        valid: Nullable(Type.Boolean({ description: 'Null where an old entry does not say what signed it.' })),
        invalidation_reason: Type.Optional(Type.String({ description: 'For people, where `valid` is false.' }))
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
