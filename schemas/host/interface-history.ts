import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { ClosedObject } from '../foundation/closed-object.ts'
import { ReasonsSchema } from './age.ts'
import { TimeframeSchema } from './history.ts'

export const InterfaceParamsSchema = ClosedObject({
  name: Type.String({
    minLength: 1,
    maxLength: 15,
    description: 'Name of a network interface.',
    examples: ['eno1']
  })
})

export const InterfaceHistoryQuerySchema = ClosedObject({ timeframe: Type.Optional(TimeframeSchema) })
export type InterfaceHistoryQuery = Static<typeof InterfaceHistoryQuerySchema>

const rate = (description: string, example: number) => Nullable(Type.Number({ description, examples: [example] }))
const PointSchema = Type.Object({
  time: Type.Integer({ description: 'Start of the step, seconds since the epoch.', examples: [1748779200] }),
  netin: rate('Received, bytes per second.', 125_000),
  netin_max: rate('Maximum of netin within the step.', 250_000),
  netout: rate('Sent, bytes per second.', 48_000),
  netout_max: rate('Maximum of netout within the step.', 96_000)
})
export type TrafficPoint = Static<typeof PointSchema>

export const InterfaceHistoryReplySchema = Type.Object({
  success: SuccessSchema,
  interface: Type.String({ examples: ['eno1'] }),
  timeframe: TimeframeSchema,
  resolution_seconds: Type.Integer({ description: 'Seconds from one point to the next.', examples: [120] }),
  data: Type.Array(PointSchema, {
    description:
      'One point per step, oldest first, starting with the first measured step. Values are means over the step; null if the daemon was not running or the interface was not there.',
    examples: [[{ time: 1748779200, netin: 125_000, netin_max: 250_000, netout: 48_000, netout_max: 96_000 }]]
  }),
  reasons: ReasonsSchema
})
export type InterfaceHistoryReply = Static<typeof InterfaceHistoryReplySchema>
