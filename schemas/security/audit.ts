import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { ClosedObject } from '../foundation/closed-object.ts'

export const AuditQuerySchema = ClosedObject({
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 1000, description: 'Events in one answer; 100 unless told.' })
  ),
  before: Type.Optional(
    Type.String({ maxLength: 40, description: 'Only older ones: the `id` of an event, or a time (ISO-8601).' })
  ),
  event: Type.Optional(Type.String({ maxLength: 64, description: 'Only events of this name.' })),
  user: Type.Optional(
    Type.String({ maxLength: 2048, description: 'Only events of this user, as typed at the login or as shown here.' })
  ),
  ip: Type.Optional(Type.String({ maxLength: 64, description: 'Only events from this address, in any spelling.' }))
})
export type AuditQueryString = Static<typeof AuditQuerySchema>

export const AuditReplySchema = Type.Object(
  {
    success: SuccessSchema,
    events: Type.Array(
      Type.Object({
        id: Type.Integer({ description: 'Counted from 1 on, in the order they were written.' }),
        time: Type.String(),
        level: Type.String({ description: 'INFO or WARNING.' }),
        event: Type.String({ description: 'A stable name, for programs; docs/security.md lists them.' }),
        message: Type.String({ description: 'For people, as in the authentication log.' }),
        ip: Type.String({ description: 'Whom it came from.' }),
        user: Type.String({ description: 'As it was typed, with `\\u{hex}` for what could end a line or a field.' }),
        target: Nullable(Type.String({ description: 'Whom or what it was done to, where that is another.' }))
      })
    ),
    next_before: Nullable(Type.Integer({ description: '`before` of the next page; null on the last.' }))
  },
  {
    examples: [
      {
        success: true,
        events: [
          {
            id: 1234,
            time: '2026-04-24T14:32:11.000Z',
            level: 'WARNING',
            event: 'login_failed',
            message: 'authentication failure',
            ip: '192.0.2.10',
            user: 'admin',
            target: null
          }
        ],
        next_before: null
      }
    ]
  }
)
