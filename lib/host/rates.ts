import { type Measurement, ok, unavailable } from './measurement.ts'

/** Counters of one device since boot; null where the kernel shows none that is plausible. */
export type Counters<K extends string> = Readonly<Record<K, number | null>>

const FIRST = unavailable('a rate needs a second sample')
const RESET = unavailable('the counters were reset since the sample before')

/** What each counter grew by a second since the sample before; `atMs` is of a clock that nobody sets. */
export function createRateMeter<K extends string>() {
  let before: ReadonlyMap<string, Counters<K>> = new Map()
  let beforeMs = 0

  const rateOf = (then: Counters<K> | undefined, now: Counters<K>, seconds: number): Measurement<Counters<K>> => {
    if (then === undefined || !(seconds > 0)) return FIRST
    const rates = {} as Record<K, number | null>
    for (const key of Object.keys(now) as K[]) {
      const counts = [now[key], then[key]]
      if (counts[0] === null || counts[1] === null) {
        rates[key] = null
        continue
      }
      const grown = counts[0]! - counts[1]!
      // A driver loaded anew begins at 0, a narrow counter wraps: what was missed is not known.
      if (grown < 0) return RESET
      rates[key] = Math.round((grown / seconds) * 100) / 100
    }
    return ok(rates)
  }

  return (counters: ReadonlyMap<string, Counters<K>>, atMs: number): Map<string, Measurement<Counters<K>>> => {
    const seconds = (atMs - beforeMs) / 1000
    const rates = new Map<string, Measurement<Counters<K>>>()
    for (const [name, now] of counters) rates.set(name, rateOf(before.get(name), now, seconds))
    before = counters
    beforeMs = atMs
    return rates
  }
}

/** The sum over several devices; that of none, or of one that has none, is absent. A count unknown of one is of all. */
export function addCounters<K extends string>(
  readings: readonly Measurement<Counters<K>>[],
  nothing: string
): Measurement<Counters<K>> {
  const sum = {} as Record<K, number | null>
  for (const reading of readings) {
    if (reading.value === null) return reading
    for (const key of Object.keys(reading.value) as K[]) {
      const [before = 0, more] = [sum[key], reading.value[key]]
      sum[key] = before === null || more === null ? null : before + more
    }
  }
  return readings.length === 0 ? unavailable(nothing) : ok(sum)
}

/**
 * A sum over devices that never falls: that of the first of them, and then what each grew by. One that comes adds nothing
 * yet, nor does one whose counters were reset; one that goes takes nothing with it. Absent while there is none.
 */
export function createGrowingSum<K extends string>(nothing: string) {
  let before = new Map<string, Counters<K>>()
  let sum: Record<K, number> | null = null

  return (counters: ReadonlyMap<string, Counters<K>>): Measurement<Counters<K>> => {
    const isFirst = sum === null && counters.size > 0
    if (isFirst) sum = {} as Record<K, number>
    const seen = new Map<string, Counters<K>>()
    for (const [name, now] of counters) {
      const then = before.get(name)
      const known = {} as Record<K, number | null>
      for (const key of Object.keys(now) as K[]) {
        // Over a gap the last count that was known counts.
        known[key] = now[key] ?? then?.[key] ?? null
        const from = isFirst ? 0 : (then?.[key] ?? known[key] ?? 0)
        sum![key] = (sum![key] ?? 0) + Math.max(0, (known[key] ?? 0) - from)
      }
      seen.set(name, known)
    }
    before = seen
    return sum === null ? unavailable(nothing) : ok({ ...sum })
  }
}
