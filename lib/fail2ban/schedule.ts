/** All values in milliseconds. */
export interface ScheduleOptions {
  /** Interval of queries while changes of the database cannot be observed. */
  intervalMs: number
  /** Interval of queries while nothing changes, to check that fail2ban still answers. */
  quietMs: number
}

/** fail2ban's list can lag behind its database: a second query follows after this time. */
const SETTLE_MS = 3000
/** fail2ban lifts a ban shortly after its end. */
const LIFT_MS = 1000
/** Minimum time between two queries. It doubles with each query that finds no change, up to the interval. */
const MIN_INTERVAL_MS = 2000

/**
 * Decides when to query fail2ban: after its database was written, when a known ban ends, and at a regular interval.
 * fail2ban also stores its log positions there, so on a busy host the file changes all the time; the minimum time
 * between queries limits their number. Times are of the monotonic clock.
 */
export function createSchedule({ intervalMs, quietMs }: ScheduleOptions) {
  let version: string | null = null
  let writtenAt = Number.NEGATIVE_INFINITY
  let askedAt = Number.NEGATIVE_INFINITY
  let minIntervalMs = MIN_INTERVAL_MS
  /** Consecutive failed queries. */
  let failures = 0
  /** End of the first ban to expire; null if it is unknown. */
  let endsAt: number | null = null

  return {
    /** Records the database file's current version; null if it cannot be read. */
    observeVersion(seen: string | null, at: number): void {
      if (seen !== version) writtenAt = at
      version = seen
    },

    isDue(at: number): boolean {
      const since = at - askedAt
      // Exponential back-off: a failing query costs as much as a successful one.
      const waitMs = failures > 0 ? intervalMs * 2 ** Math.max(0, failures - 2) : endsAt === null ? intervalMs : quietMs
      if (since >= Math.min(waitMs, version === null ? intervalMs : quietMs)) return true
      if (version === null) return false
      const settledAt = writtenAt + SETTLE_MS
      const hasNewData = askedAt < writtenAt || (askedAt < settledAt && at >= settledAt)
      return (hasNewData || (endsAt !== null && at >= endsAt + LIFT_MS)) && since >= Math.min(minIntervalMs, intervalMs)
    },

    /** Call when a query starts. */
    begin(at: number): void {
      // The file was not written for long: react to the next change at once.
      if (at - askedAt >= 2 * intervalMs) minIntervalMs = MIN_INTERVAL_MS
      askedAt = at
    },

    /** Call when a query was answered. */
    end(hasChanged: boolean, nextEnd: number | null): void {
      failures = 0
      endsAt = nextEnd
      minIntervalMs = hasChanged ? MIN_INTERVAL_MS : Math.min(minIntervalMs * 2, intervalMs)
    },

    /** Call when a query failed. */
    fail(): void {
      failures++
      endsAt = null
      minIntervalMs = Math.min(minIntervalMs * 2, intervalMs)
    }
  }
}
export type Schedule = ReturnType<typeof createSchedule>
