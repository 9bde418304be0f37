import { type Static, Type } from 'typebox'
import { SuccessSchema } from '../foundation/answer.ts'
import { NamedObject } from '../foundation/named-object.ts'

const VariableSchema = NamedObject('Variable', {
  name: Type.String({ examples: ['MONITOR_SESSION_TTL'] }),
  description: Type.String({ examples: ['Lifetime of a session token.'] }),
  value: Type.String({
    description: 'The value in force, as it could be written in the environment; empty for an empty value.',
    examples: ['15m']
  }),
  default: Type.String({ examples: ['24h'] }),
  customised: Type.Boolean({ description: 'True if the value differs from the default.' })
})

export const ConfigurationReplySchema = NamedObject('ConfigurationReply', {
  success: SuccessSchema,
  variables: Type.Array(VariableSchema, {
    examples: [
      [
        {
          name: 'MONITOR_SESSION_TTL',
          description: 'Lifetime of a session token.',
          value: '15m',
          default: '24h',
          customised: true
        }
      ]
    ]
  })
})
export type ConfigurationReply = Static<typeof ConfigurationReplySchema>
