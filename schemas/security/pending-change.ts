import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { NamedObject } from '../foundation/named-object.ts'

/** Seconds after which a change that could lock its author out is reverted, unless it is confirmed. */
export const ConfirmWithinSchema = Type.Integer({
  minimum: 10,
  maximum: 600,
  description:
    'Revert the change after this many seconds, unless POST /api/security/confirm-change arrives under the new setting.'
})

export const PendingReplySchema = Type.Object(
  {
    success: SuccessSchema,
    pending: Nullable(
      NamedObject('PendingChange', {
        setting: Type.String({ description: 'tls, trusted_proxies or allowed_ips' }),
        seconds_left: Type.Integer(),
        deadline: Type.String({ description: 'When the change is reverted, ISO-8601.' })
      })
    )
  },
  { examples: [{ success: true, pending: { setting: 'tls', seconds_left: 42, deadline: '2026-11-21T10:00:42.000Z' } }] }
)
export type PendingReply = Static<typeof PendingReplySchema>
