import { type Static, type TSchema, Type } from 'typebox'

/** A type or null, as a type list: the serialiser is slow for anyOf. */
export const Nullable = <T extends TSchema & { type: string }>(schema: T) =>
  Type.Unsafe<Static<T> | null>({ ...schema, type: [schema.type, 'null'] })

export const SuccessSchema = Type.Literal(true, { description: 'Always true in a 2xx answer.' })

/** The error envelope of every failed request. */
export const ErrorSchema = Type.Object(
  {
    success: Type.Literal(false),
    error: Type.String({ description: 'A short title.' }),
    message: Type.String({ description: 'The reason as text; its wording may change.' }),
    code: Type.String({ description: 'A stable code for programs, listed in docs/errors.md.' }),
    requires_totp: Type.Optional(
      Type.Boolean({ description: 'The login needs a two-factor code, or the code sent is wrong.' })
    ),
    request_id: Type.Optional(
      Type.String({ description: "The id of the request in the daemon's log; only for status 500." })
    ),
    details: Type.Optional(
      Type.Array(Type.Object({ path: Type.String(), message: Type.String() }), {
        description: 'The parts of the request that do not match its schema.'
      })
    )
  },
  { description: 'The error envelope of every failed request.' }
)

export const MessageReplySchema = Type.Object(
  {
    success: SuccessSchema,
    message: Type.String()
  },
  { examples: [{ success: true, message: 'done' }] }
)
