/** Upper bounds in seconds: few, since what matters is whether an answer came from memory, a hash or a wait. */
export const BUCKETS_S = [0.005, 0.025, 0.1, 0.5, 2.5] as const

export interface RouteCounts {
  method: string
  /** The pattern, never the URL: it is a label. */
  route: string
  byStatus: Map<number, number>
}

/** Counts requests as plain integers: what is made of them is made at a scrape. */
export function createRequestCounts() {
  const routes: RouteCounts[] = []
  /** How many fell between a bound and the one before; the last is for all beyond. */
  const durations: number[] = [...BUCKETS_S, 0].fill(0)
  let sum = 0

  return {
    routes: routes as readonly RouteCounts[],
    durations: () => ({ counts: durations as readonly number[], sumSeconds: sum }),
    /** A function that counts one answer of a route. */
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
