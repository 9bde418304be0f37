import { type Static, Type } from 'typebox'
import { Nullable } from '../foundation/answer.ts'
import { NamedObject } from '../foundation/named-object.ts'

/** Age of a background sample, part of every answer that contains one. */
export const ageProperties = {
  timestamp: Nullable(
    Type.String({
      description: 'When the values were sampled, ISO-8601 UTC; null before the first sample.',
      examples: ['2025-06-01T12:00:00.000Z']
    })
  ),
  stale: Type.Boolean({
    description: 'The last reading failed or hangs: the values are from an earlier reading.',
    examples: [false]
  }),
  age_seconds: Nullable(Type.Number({ description: 'Seconds since `timestamp`.', examples: [2.5] })),
  reason: Nullable(
    Type.String({
      description: 'Why values are missing or stale; null if the last reading succeeded.',
      examples: [null]
    })
  )
}
export const AgeSchema = NamedObject('SampleAge', ageProperties)
export type Age = Static<typeof AgeSchema>

export const ReasonsSchema = Type.Unsafe<Record<string, string>>({
  type: 'object',
  additionalProperties: { type: 'string' },
  description: 'The reason for each field that is null.',
  examples: [{}]
})
