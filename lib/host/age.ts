import type { Age } from '../../schemas/host/age.ts'
import type { Sample } from './sampling.ts'

/** How old a sample is and what is wrong with it, at `now` (milliseconds since the epoch). */
export function describeAge({ sampledAt, stale, reason }: Readonly<Sample<unknown>>, now: number): Age {
  return {
    timestamp: sampledAt === null ? null : new Date(sampledAt).toISOString(),
    stale,
    // A clock that was set back makes nothing younger than new.
    age_seconds: sampledAt === null ? null : Math.max(0, Math.round((now - sampledAt) / 100) / 10),
    reason
  }
}

/** Passes values through; what is null is noted with its reason under the field's name. */
export function createReasons() {
  const reasons: Record<string, string> = {}
  return {
    reasons,
    tell<T>(field: string, value: T | null | undefined, reason: string | null): T | null {
      if (value !== null && value !== undefined) return value
      reasons[field] = reason ?? 'not known'
      return null
    }
  }
}
