import { absent, present, type Reading } from './reading.ts'

/** Counters of one device since boot. */
export type Counters<K extends string> = Readonly<Record<K, number>>

const FIRST = absent('a rate needs a second sample')
const RESET = absent('the counters were reset since the sample before')

/** What each counter grew by a second since the sample before; `atMs` is of a clock that nobody sets. */
export function createRateMeter<K extends string>() {
  let before: ReadonlyMap<string, Counters<K>> = new Map()
  let beforeMs = 0

  const rateOf = (then: Counters<K> | undefined, now: Counters<K>, seconds: number): Reading<Counters<K>> => {
    if (then === undefined || !(seconds > 0)) return FIRST
    const rates = {} as Record<K, number>
    for (const key of Object.keys(now) as K[]) {
      const grown = now[key] - then[key]
      // A driver loaded anew begins at 0, a narrow counter wraps: what was missed is not known.
      if (grown < 0) return RESET
      rates[key] = Math.round((grown / seconds) * 100) / 100
    }
    return present(rates)
  }

  return (counters: ReadonlyMap<string, Counters<K>>, atMs: number): Map<string, Reading<Counters<K>>> => {
    const seconds = (atMs - beforeMs) / 1000
    const rates = new Map<string, Reading<Counters<K>>>()
    for (const [name, now] of counters) rates.set(name, rateOf(before.get(name), now, seconds))
    before = counters
    beforeMs = atMs
    return rates
  }
}

/** The sum over several devices; that of none, or of one that has none, is absent. */
export function addCounters<K extends string>(
  readings: readonly Reading<Counters<K>>[],
  nothing: string
): Reading<Counters<K>> {
  const sum = {} as Record<K, number>
  for (const reading of readings) {
    if (reading.value === null) return reading
    for (const key of Object.keys(reading.value) as K[]) sum[key] = (sum[key] ?? 0) + reading.value[key]
  }
  return readings.length === 0 ? absent(nothing) : present(sum)
}

/**
 * A sum over devices that never falls: that of the first of them, and then what each grew by. One that comes adds nothing
 * yet, nor does one whose counters were reset; one that goes takes nothing with it. Absent while there is none.
 */
export function createGrowingSum<K extends string>(nothing: string) {
  let before: ReadonlyMap<string, Counters<K>> = new Map()
  let sum: Record<K, number> | null = null

  return (counters: ReadonlyMap<string, Counters<K>>): Reading<Counters<K>> => {
    if (sum === null) sum = addCounters([...counters.values()].map(present), nothing).value
    else
      for (const [name, now] of counters) {
        const then = before.get(name) ?? now
        for (const key of Object.keys(now) as K[]) sum[key] += Math.max(0, now[key] - then[key])
      }
    before = counters
    return sum === null ? absent(nothing) : present({ ...sum })
  }
}
