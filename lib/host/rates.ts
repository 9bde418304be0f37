import { type Measurement, ok, unavailable } from './measurement.ts'

/** Counters of one device since boot; null if the kernel reports no plausible value. */
export type Counters<K extends string> = Readonly<Record<K, number | null>>

const FIRST = unavailable('a rate needs a second sample')
const RESET = unavailable('the counters were reset since the last sample')

/** Measures the increase of each counter per second since the last call; `atMs` is monotonic. */
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
      // A reloaded driver starts at 0 and a narrow counter wraps: the increase is unknown.
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

/**
 * Sums counters over several devices. Unavailable if a device has no counters, or, with the reason `nothing`, if there
 * are no devices. A counter that is null for one device is null in the sum.
 */
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
 * A sum over devices that never falls. It starts with the counters of the first call and then adds increases only: a new
 * device or a reset adds nothing, a removed device subtracts nothing. Unavailable, with the reason `nothing`, until there
 * is a device.
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
        // An unknown value keeps the last known value, so that the next increase spans the gap.
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
