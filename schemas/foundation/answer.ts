import { type Static, type TSchema, Type } from 'typebox'
import { NamedObject } from './named-object.ts'

/** A type or null, as a type list: the serialiser is slow for anyOf. */
export const Nullable = <T extends TSchema & { type: string }>(schema: T) =>
  Type.Unsafe<Static<T> | null>({ ...schema, type: [schema.type, 'null'] })

export const SuccessSchema = Type.Literal(true, { description: 'Always true in a 2xx answer.' })

/** The error envelope of every failed request. */
export const ErrorSchema = Type.Object(
  {
    success: Type.Literal(false),
    error: Type.String({ description: 'The reason, or the Monitor’s fixed wording for it.' }),
    message: Type.String({ description: 'The reason as text; its wording may change.' }),
    // The description lists the codes (lib/api/describe-operations.ts).
    code: Type.String(),
    requires_totp: Type.Optional(
      Type.Boolean({ description: 'A two-factor code is required, or the code sent is wrong.' })
    ),
    needs: Type.Optional(
      Type.Array(Type.Enum(['password', 'totp'], { type: 'string', title: 'Credential' }), {
        description: 'What POST /api/auth/confirm asks for; only with `STEP_UP_REQUIRED`.'
      })
    ),
    request_id: Type.Optional(
      Type.String({ description: "The id of the request in the daemon's log; only for status 500." })
    ),
    details: Type.Optional(
      Type.Array(NamedObject('ErrorDetail', { path: Type.String(), message: Type.String() }), {
        description: 'The parts of the request that do not match its schema.'
      })
    )
  },
  { description: 'The error envelope of every failed request.' }
)

export const MessageReplySchema = NamedObject(
  'MessageReply',
  { success: SuccessSchema, message: Type.String() },
  { examples: [{ success: true, message: 'done' }] }
)
