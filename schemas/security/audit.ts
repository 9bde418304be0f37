import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { ClosedObject } from '../foundation/closed-object.ts'
import { NamedObject } from '../foundation/named-object.ts'

export const AuditQuerySchema = ClosedObject({
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 1000, description: 'Maximum number of events; defaults to 100.' })
  ),
  before: Type.Optional(
    Type.String({
      maxLength: 40,
      description: 'Only events before this one: the `id` of an event, or a time (ISO-8601).'
    })
  ),
  event: Type.Optional(Type.String({ maxLength: 64, description: 'Only events with this name.' })),
  user: Type.Optional(
    Type.String({ maxLength: 2048, description: 'Only events of this user, unescaped or as shown in `user`.' })
  ),
  ip: Type.Optional(
    Type.String({ maxLength: 64, description: 'Only events from this IPv4 or IPv6 address, in any spelling.' })
  )
})
export type AuditQueryString = Static<typeof AuditQuerySchema>

export const AuditReplySchema = Type.Object(
  {
    success: SuccessSchema,
    events: Type.Array(
      NamedObject('AuditEvent', {
        id: Type.Integer({ description: 'Consecutive number from 1, in the order of writing.' }),
        time: Type.String(),
        level: Type.String({ description: 'INFO or WARNING.' }),
        event: Type.String({ description: 'Stable name for programs; docs/security.md lists all names.' }),
        message: Type.String({ description: 'Text for people, as in the authentication log.' }),
        ip: Type.String({ description: 'The client address.' }),
        user: Type.String({ description: 'The user as typed, with unsafe characters escaped as `\\u{hex}`.' }),
        target: Nullable(
          Type.String({
            description:
              'The affected user or object, escaped as `user` is; null if there is no other one. docs/security.md says what each event names.'
          })
        )
      })
    ),
    next_before: Nullable(Type.Integer({ description: '`before` of the next page; null on the last page.' }))
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
