import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { ClosedObject } from '../foundation/closed-object.ts'
import { NamedObject } from '../foundation/named-object.ts'
import { ageProperties, ReasonsSchema } from './age.ts'

const text = (description: string, example: string) => Nullable(Type.String({ description, examples: [example] }))
const integer = (description: string, example: number) => Nullable(Type.Integer({ description, examples: [example] }))

export const DiskParamsSchema = ClosedObject({
  disk: Type.String({ minLength: 1, maxLength: 64, description: 'Name of a disk in /api/storage.', examples: ['sda'] })
})

const SelfTestTypeSchema = Type.Enum(['short', 'long'], {
  type: 'string',
  description: '`short` takes some minutes, `long` hours.',
  examples: ['short']
})
/** The Monitor's clients send `test_type`. */
export const SelfTestBodySchema = ClosedObject({
  type: Type.Optional(SelfTestTypeSchema),
  test_type: Type.Optional({ ...SelfTestTypeSchema, description: 'Alias of `type`.' })
})
export type SelfTestBody = Static<typeof SelfTestBodySchema>

const AttributeSchema = Type.Object({
  id: Type.Integer({ examples: [5] }),
  name: Type.String({ examples: ['Reallocated_Sector_Ct'] }),
  value: integer('Normalised value.', 100),
  worst: integer('Lowest normalised value so far.', 100),
  threshold: integer('A value at or below it is a failure.', 10),
  raw_value: Type.String({ description: 'As smartctl prints it.', examples: ['0'] }),
  status: Type.Enum(['ok', 'warning', 'critical'], {
    type: 'string',
    description: '`critical`: failing now. `warning`: failed in the past, or counts bad sectors.'
  })
})
export type AttributeReply = Static<typeof AttributeSchema>
const attributeExample: AttributeReply = {
  id: 5,
  name: 'Reallocated_Sector_Ct',
  value: 100,
  worst: 100,
  threshold: 10,
  raw_value: '0',
  status: 'ok'
}

const TestSchema = Type.Object({
  type: Type.String({ description: 'As smartctl prints it.', examples: ['Short offline'] }),
  status: Type.String({ description: 'As smartctl prints it.', examples: ['Completed without error'] }),
  passed: Nullable(Type.Boolean({ description: 'Null if it runs or was aborted.', examples: [true] })),
  lifetime_hours: integer('Power-on hours of the disk at its end.', 21_030)
})
const testExample = { type: 'Short offline', status: 'Completed without error', passed: true, lifetime_hours: 21_030 }

export const SmartReplySchema = NamedObject('SmartReply', {
  success: SuccessSchema,
  ...ageProperties,
  disk: Type.String({ examples: ['sda'] }),
  status: Type.Unsafe<'idle' | 'running' | 'completed' | 'failed' | null>({
    type: ['string', 'null'],
    enum: ['idle', 'running', 'completed', 'failed', null],
    description: 'The running self-test, else the result of the last one; `idle` without one.',
    examples: ['completed']
  }),
  test_type: Type.Unsafe<'short' | 'long' | null>({
    type: ['string', 'null'],
    enum: ['short', 'long', null],
    description: 'Of the running self-test, where the disk says.',
    examples: [null]
  }),
  progress: integer('Percent of the running self-test.', 40),
  last_test: Nullable(
    Type.Object(TestSchema.properties, { description: 'The newest entry of `self_tests`.', examples: [testExample] })
  ),
  self_tests: Nullable(
    Type.Array(TestSchema, { description: 'The log of the disk, the newest first.', examples: [[testExample]] })
  ),
  duration_minutes: Type.Object(
    { short: integer('Minutes.', 2), long: integer('Minutes.', 740) },
    { description: 'How long each self-test takes, as the disk estimates.' }
  ),
  smart_data: Nullable(
    Type.Object(
      {
        device: Type.String({ examples: ['/dev/sda'] }),
        model: text('Model.', 'ST8000VN004-2M2101'),
        health: Type.Enum(['healthy', 'warning', 'critical', 'unknown'], { type: 'string', examples: ['healthy'] }),
        smart_status: Type.Enum(['passed', 'failed', 'unknown'], { type: 'string', examples: ['passed'] }),
        temperature: Nullable(Type.Number({ description: '°C.', examples: [31] })),
        power_on_hours: integer('Hours.', 21_034),
        attributes: Nullable(
          Type.Array(AttributeSchema, { description: 'Attributes of an ATA disk.', examples: [[attributeExample]] })
        ),
        nvme: Type.Unsafe<Record<string, number> | null>({
          type: ['object', 'null'],
          additionalProperties: { type: 'number' },
          description: 'The health log of an NVMe disk, in the names of smartctl.',
          examples: [null]
        }),
        reasons: ReasonsSchema
      },
      { description: 'The latest reading; every ten minutes, and every minute while a self-test runs.' }
    )
  ),
  reasons: ReasonsSchema
})
export type SmartReply = Static<typeof SmartReplySchema>
