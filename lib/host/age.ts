import type { SampleAge } from '../../schemas/sample.ts'
import type { Sample } from './sampling.ts'

/** When a sample was taken, for an answer; `now` in milliseconds since the epoch. */
export const describeAge = ({ sampledAt, stale }: Readonly<Sample<unknown>>, now: number): SampleAge => ({
  timestamp: sampledAt === null ? null : new Date(sampledAt).toISOString(),
  stale,
  age_seconds: sampledAt === null ? null : Math.max(0, Math.round((now - sampledAt) / 1000))
})
