import { type Static, type TSchema, Type } from 'typebox'

/** One type or null, as a type list: the serialiser is slow on anyOf. */
export const Nullable = <T extends TSchema & { type: string }>(schema: T) =>
  Type.Unsafe<Static<T> | null>({ ...schema, type: [schema.type, 'null'] })

export const SuccessSchema = Type.Literal(true, { description: 'Always true in an answer of 2xx.' })

/** The envelope of every failure. */
export const ErrorSchema = Type.Object(
  {
    success: Type.Literal(false),
    error: Type.String({ description: 'A short title.' }),
    message: Type.String({ description: 'The reason, for people; its wording may change.' }),
    code: Type.String({ description: 'A stable code, for programs; docs/errors.md lists them.' }),
    requires_totp: Type.Optional(
      Type.Boolean({ description: 'The login needs a code of the second factor, or the one sent is wrong.' })
    ),
    request_id: Type.Optional(Type.String({ description: "The request's id in the daemon's log; with a 500." })),
    details: Type.Optional(
      Type.Array(Type.Object({ path: Type.String(), message: Type.String() }), {
        description: 'Where a request did not fit its schema.'
      })
    )
  },
  { description: 'The envelope of every failure.' }
)

export const MessageReplySchema = Type.Object(
  {
    success: SuccessSchema,
    message: Type.String()
  },
  { examples: [{ success: true, message: 'done' }] }
)
