/** Upper bounds in seconds. A few are enough to distinguish answers from memory, password hashing and waiting. */
export const BUCKETS_S = [0.005, 0.025, 0.1, 0.5, 2.5] as const

export interface RouteCounts {
  method: string
  /** The route pattern, never the URL: labels must have few values. */
  route: string
  byStatus: Map<number, number>
}

/** Counts requests as plain integers; metrics are derived at a scrape. */
export function createRequestCounts() {
  const routes: RouteCounts[] = []
  /** Requests per bucket, not cumulative; the last bucket has no upper bound. */
  const durations: number[] = [...BUCKETS_S, 0].fill(0)
  let sum = 0

  return {
    routes: routes as readonly RouteCounts[],
    durations: () => ({ counts: durations as readonly number[], sumSeconds: sum }),
    /** Returns a function that counts one answer of the route. */
    forRoute(method: string, route: string) {
      const byStatus = new Map<number, number>()
      routes.push({ method, route, byStatus })
      return (status: number, milliseconds: number): void => {
        byStatus.set(status, (byStatus.get(status) ?? 0) + 1)
        const seconds = milliseconds / 1000
        let bucket = 0
        while (bucket < BUCKETS_S.length && seconds > BUCKETS_S[bucket]!) bucket++
        durations[bucket]!++
        sum += seconds
      }
    }
  }
}
export type RequestCounts = ReturnType<typeof createRequestCounts>
