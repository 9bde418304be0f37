import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { ClosedObject } from '../foundation/closed-object.ts'
import { ReasonsSchema } from './age.ts'
import { TimeframeSchema } from './history.ts'

export const DiskHistoryQuerySchema = ClosedObject({ timeframe: Type.Optional(TimeframeSchema) })

const value = (description: string, example: number) => Nullable(Type.Number({ description, examples: [example] }))
const PointSchema = Type.Object({
  time: Type.Integer({ description: 'Start of the step, seconds since the epoch.', examples: [1748779200] }),
  diskread: value('Read, bytes per second.', 4096),
  diskread_max: value('Maximum of diskread within the step.', 65_536),
  diskwrite: value('Written, bytes per second.', 262_144),
  diskwrite_max: value('Maximum of diskwrite within the step.', 1_048_576),
  utilization: value('Share of time with a request in flight, percent.', 2.5),
  temperature: value('Temperature by SMART, °C.', 34)
})
export type DiskPoint = Static<typeof PointSchema>

const example = {
  time: 1748779200,
  diskread: 4096,
  diskread_max: 65_536,
  diskwrite: 262_144,
  diskwrite_max: 1_048_576,
  utilization: 2.5,
  temperature: 34
}

export const DiskHistoryReplySchema = Type.Object({
  success: SuccessSchema,
  disk: Type.String({ examples: ['sda'] }),
  timeframe: TimeframeSchema,
  resolution_seconds: Type.Integer({ description: 'Seconds from one point to the next.', examples: [120] }),
  data: Type.Array(PointSchema, {
    description:
      'One point per step, oldest first, starting with the first measured step. Values are means over the step; null if the daemon was not running or the disk was not there.',
    examples: [[example]]
  }),
  reasons: ReasonsSchema
})
export type DiskHistoryReply = Static<typeof DiskHistoryReplySchema>
