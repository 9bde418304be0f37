import { Type } from 'typebox'
import { SuccessSchema } from '../foundation/answer.ts'
import { ClosedObject } from '../foundation/closed-object.ts'
import { NamedObject } from '../foundation/named-object.ts'

const id = Type.String({ pattern: '^[\\w-]{22}$', examples: ['q83Yf0mZkT1u7cXv5bN2Aw'] })

const example = {
  id: 'q83Yf0mZkT1u7cXv5bN2Aw',
  name: 'pve1',
  url: 'https://pve1.example.com:8008',
  version: '0.1.0',
  health: 'healthy',
  last_seen_at: '2026-04-24T14:32:11.000Z',
  is_this: true
}

const HostSchema = NamedObject(
  'Host',
  {
    id: Type.String({ description: 'Empty on a host that belongs to no panel.' }),
    name: Type.String({ description: 'Host name.' }),
    url: Type.String({ description: 'MONITOR_PUBLIC_URL of that host; empty if it is not set.' }),
    version: Type.String(),
    health: Type.Union(
      [Type.Literal('healthy'), Type.Literal('warning'), Type.Literal('critical'), Type.Literal('lost')],
      { description: '`lost`: not heard for 60 seconds.' }
    ),
    last_seen_at: Type.String({ format: 'date-time', description: 'ISO-8601.' }),
    is_this: Type.Boolean({ description: 'The host that answers.' })
  },
  { examples: [example] }
)
export const HostsReplySchema = Type.Object(
  { success: SuccessSchema, hosts: Type.Array(HostSchema) },
  { examples: [{ success: true, hosts: [example] }] }
)

export const HandOverBodySchema = ClosedObject({ host_id: id })
const url = 'https://pve2.example.com:8008/#sign-in=3q2-7wX0mZkT1u7cXv5bN2Awq83Yf0mZkT1u7cXv5bN'
export const HandOverReplySchema = Type.Object(
  {
    success: SuccessSchema,
    url: Type.String({
      description: 'Opens the other host signed in: once, within a minute. The secret is in its fragment.',
      examples: [url]
    })
  },
  { examples: [{ success: true, url }] }
)

export const LoginLinkBodySchema = ClosedObject({
  secret: Type.String({ pattern: '^[\\w-]{43}$', examples: ['3q2-7wX0mZkT1u7cXv5bN2Awq83Yf0mZkT1u7cXv5bN'] })
})
