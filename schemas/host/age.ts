import { type Static, Type } from 'typebox'
import { Nullable } from '../foundation/answer.ts'

/** How old values are: beside them in every answer that shows a background sample. */
export const ageProperties = {
  timestamp: Nullable(
    Type.String({
      description: 'When the values were sampled, ISO-8601 UTC; null where nothing was yet.',
      examples: ['2025-06-01T12:00:00.000Z']
    })
  ),
  stale: Type.Boolean({
    description: 'The newest reading failed or does not end: the values are older ones.',
    examples: [false]
  }),
  age_seconds: Nullable(Type.Number({ description: 'Seconds since `timestamp`.', examples: [2.5] })),
  reason: Nullable(
    Type.String({
      description: 'Why there are no values, or none newer; null while all is well.',
      examples: [null]
    })
  )
}
export const AgeSchema = Type.Object(ageProperties)
export type Age = Static<typeof AgeSchema>

export const ReasonsSchema = Type.Unsafe<Record<string, string>>({
  type: 'object',
  additionalProperties: { type: 'string' },
  description: 'For each field that is null, why.',
  examples: [{}]
})
