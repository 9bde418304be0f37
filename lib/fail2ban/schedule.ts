/** All in milliseconds. */
export interface ScheduleOptions {
  /** From one question to the next where nothing shows whether something has changed. */
  intervalMs: number
  /** From one question to the next while nothing changes: whether fail2ban still answers. */
  quietMs: number
}

/** The list may lag behind the database a little: it is asked for once more after so long. */
const SETTLE_MS = 3000
/** A ban is lifted a little after its end. */
const LIFT_MS = 1000
/** The least time between two questions. It doubles with each that finds nothing new, up to the interval. */
const REST_MS = 2000

/**
 * When to ask fail2ban for its list: when its database was written, when a known ban ends, and now and then. fail2ban also
 * writes how far it has read its logs, for every jail: on a busy host that is no reason to ask more often than without
 * the file. Times are of the monotonic clock.
 */
export function createSchedule({ intervalMs, quietMs }: ScheduleOptions) {
  let stamp: string | null = null
  let writtenAt = Number.NEGATIVE_INFINITY
  let askedAt = Number.NEGATIVE_INFINITY
  let restMs = REST_MS
  /** Questions in a row that failed. */
  let failures = 0
  /** When the first of the bans ends; null where that is not known. */
  let endsAt: number | null = null

  return {
    /** What the database file looks like now; null where it cannot be seen. */
    see(seen: string | null, at: number): void {
      if (seen !== stamp) writtenAt = at
      stamp = seen
    },

    isDue(at: number): boolean {
      const since = at - askedAt
      // A program that only fails costs as much as one that answers, and a server that starts writes its database.
      const waitMs = failures > 0 ? intervalMs * 2 ** Math.max(0, failures - 2) : endsAt === null ? intervalMs : quietMs
      if (since >= Math.min(waitMs, stamp === null ? intervalMs : quietMs)) return true
      if (stamp === null) return false
      const settledAt = writtenAt + SETTLE_MS
      const isNews = askedAt < writtenAt || (askedAt < settledAt && at >= settledAt)
      return (isNews || (endsAt !== null && at >= endsAt + LIFT_MS)) && since >= Math.min(restMs, intervalMs)
    },

    /** The client is asked now. */
    begin(at: number): void {
      // Longer than it ever waits while the file is written.
      if (at - askedAt >= 2 * intervalMs) restMs = REST_MS
      askedAt = at
    },

    /** It has answered. */
    end(hasChanged: boolean, nextEnd: number | null): void {
      failures = 0
      endsAt = nextEnd
      restMs = hasChanged ? REST_MS : Math.min(restMs * 2, intervalMs)
    },

    /** It has not answered. */
    fail(): void {
      failures++
      endsAt = null
      restMs = Math.min(restMs * 2, intervalMs)
    }
  }
}
export type Schedule = ReturnType<typeof createSchedule>
