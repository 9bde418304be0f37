import type { Age } from '../../schemas/host/age.ts'
import type { Sample } from './sampling.ts'

/** The age of a sample at `now` (milliseconds since the epoch), and the reason if it is stale or missing. */
export function describeAge({ sampledAt, stale, reason }: Readonly<Sample<unknown>>, now: number): Age {
  return {
    timestamp: sampledAt === null ? null : new Date(sampledAt).toISOString(),
    stale,
    // After the clock was set back, the difference can be negative.
    age_seconds: sampledAt === null ? null : Math.max(0, Math.round((now - sampledAt) / 100) / 10),
    reason
  }
}

/** Collects reasons for null fields: `orReason` returns the value, and records the reason under `field` if it is null. */
export function createReasons() {
  const reasons: Record<string, string> = {}
  return {
    reasons,
    orReason<T>(field: string, value: T | null | undefined, reason: string | null): T | null {
      if (value !== null && value !== undefined) return value
      reasons[field] = reason ?? 'unknown'
      return null
    }
  }
}
