import { type Static, Type } from '../vendor/typebox.js'
import { Nullable } from './answer.ts'

/** When a sample was taken; part of an answer made of one. */
export const SampleAgeSchema = Type.Object({
  timestamp: Nullable(
    Type.String({
      description: 'When the values were read, ISO-8601 UTC; null where there are none.',
      examples: ['2025-06-01T12:00:00.000Z']
    })
  ),
  stale: Type.Boolean({
    description: 'The newest reading failed or hangs: the values are older ones.',
    examples: [false]
  }),
  age_seconds: Nullable(
    Type.Integer({ description: 'Age of the values, seconds; null where there are none.', examples: [4] })
  )
})
export type SampleAge = Static<typeof SampleAgeSchema>
