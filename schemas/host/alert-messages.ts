import { Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { ClosedObject } from '../foundation/closed-object.ts'
import { NamedObject } from '../foundation/named-object.ts'
import { SeveritySchema } from './alerts.ts'

export const TestReplySchema = NamedObject(
  'AlertTestReply',
  {
    success: SuccessSchema,
    is_delivered: Type.Boolean(),
    status: Nullable(Type.Integer({ description: 'The status of the answer: HTTP’s or SMTP’s. Null without one.' })),
    message: Type.String({ description: 'The result as text.' })
  },
  { examples: [{ success: true, is_delivered: false, status: 401, message: 'the server answered with status 401' }] }
)

export const AlertHistoryQuerySchema = ClosedObject({
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 200, description: 'Maximum number of messages; defaults to 50.' })
  ),
  before: Type.Optional(Type.Integer({ minimum: 1, description: 'Only messages before the one with this `id`.' }))
})
export const deliveryStates = ['waiting', 'delivered', 'given_up', 'dropped'] as const

export const AlertHistoryReplySchema = Type.Object(
  {
    success: SuccessSchema,
    messages: Type.Array(
      NamedObject('AlertMessage', {
        id: Type.Integer(),
        time: Type.String(),
        channel_id: Type.String(),
        channel: Type.String({ description: 'The name of the channel at that time.' }),
        is_test: Type.Boolean(),
        severity: SeveritySchema,
        title: Type.String(),
        lines: Type.Array(Type.String()),
        state: Type.Enum([...deliveryStates], {
          type: 'string',
          title: 'AlertDeliveryState',
          description:
            '`given_up`: it failed for a day. `dropped`: too many waited, or the channel was removed or turned off.',
          examples: ['delivered']
        }),
        attempts: Type.Integer(),
        status: Nullable(Type.Integer({ description: 'The status of the last answer; null without one.' })),
        reason: Nullable(Type.String({ description: 'Why the last attempt failed.' })),
        finished_at: Nullable(Type.String())
      }),
      { description: 'Newest first. At most 500 are kept.' }
    ),
    next_before: Nullable(Type.Integer({ description: '`before` of the next page; null on the last page.' }))
  },
  {
    examples: [
      {
        success: true,
        messages: [
          {
            id: 12,
            time: '2026-04-24T14:32:11.000Z',
            channel_id: '3f2a91c04be7d815',
            channel: 'Phone',
            is_test: false,
            severity: 'warning',
            title: 'pve1: Warning: Disk usage of / high: 91 %',
            lines: ['Warning: Disk usage of / high: 91 %'],
            state: 'delivered',
            attempts: 1,
            status: 200,
            reason: null,
            finished_at: '2026-04-24T14:32:42.000Z'
          }
        ],
        next_before: null
      }
    ]
  }
)
