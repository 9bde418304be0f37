import { Type } from '../vendor/typebox.js'
import { SuccessSchema } from './answer.ts'

/** A ticket for one WebSocket handshake. */
export const TicketReplySchema = Type.Object(
  {
    success: SuccessSchema,
    ticket: Type.String({ description: 'Good once: as the subprotocol `ticket.<value>`, or in the query.' }),
    ttl_seconds: Type.Integer()
  },
  { examples: [{ success: true, ticket: '3q2-7w…', ttl_seconds: 5 }] }
)
