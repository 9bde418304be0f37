import { type Static, Type } from 'typebox'

const topics = Type.Array(Type.String({ minLength: 1, maxLength: 64 }), { minItems: 1, maxItems: 32 })

/** The messages of a client (docs/live-protocol.md). */
export const LiveMessageSchema = Type.Union([
  Type.Object({ type: Type.Literal('subscribe'), topics }),
  Type.Object({ type: Type.Literal('unsubscribe'), topics }),
  Type.Object({ type: Type.Literal('ping') })
])
export type LiveMessage = Static<typeof LiveMessageSchema>
