import { type Static, Type } from 'typebox'
import { SuccessSchema } from '../foundation/answer.ts'
import { ClosedObject } from '../foundation/closed-object.ts'
import { NamedObject } from '../foundation/named-object.ts'
import { ConfirmWithinSchema } from './pending-change.ts'

const proxies = Type.Array(Type.String({ maxLength: 64 }), {
  maxItems: 64,
  description: 'IP addresses, CIDRs, or the names loopback, linklocal and uniquelocal.',
  examples: [['192.168.1.5']]
})

export const TrustedProxiesBodySchema = ClosedObject({
  proxies,
  confirm_within: Type.Optional(ConfirmWithinSchema)
})

export const TrustedProxiesReplySchema = NamedObject(
  'TrustedProxiesReply',
  {
    success: SuccessSchema,
    configured: Type.Array(Type.String(), { description: 'The proxies in MONITOR_TRUSTED_PROXIES.' }),
    added: Type.Array(Type.String(), { description: 'The additional proxies in settings.json.' })
  },
  { examples: [{ success: true, configured: ['loopback'], added: ['192.168.1.5'] }] }
)
export type TrustedProxiesReply = Static<typeof TrustedProxiesReplySchema>
