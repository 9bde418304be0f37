/** The traffic of an interface at a time, in milliseconds since the epoch; bytes per second. */
export interface TrafficSample {
  time: number
  received: number | null
  sent: number | null
}

export const WINDOW_MS = 10 * 60_000
const LEAST_MS = 2 * 60_000
/** The last value of each step is kept. */
const STEP_MS = 5000

const stepOf = (time: number) => Math.floor(time / STEP_MS)

/** The traffic of the last minutes of each interface: what the host has recorded, and the live values after it. */
export function createRecentTraffic() {
  const byName = new Map<string, TrafficSample[]>()
  /** By the host's clock, which may differ from the browser's. */
  let now = 0

  const prune = (samples: TrafficSample[]) => {
    while (samples.length > 0 && samples[0]!.time < now - WINDOW_MS) samples.shift()
  }

  return {
    /** Adds live values. Interfaces that are gone for so long are forgotten. */
    add(time: number, rates: Iterable<{ name: string; received: number | null; sent: number | null }>): void {
      // The host's clock was set back.
      if (time < now - STEP_MS) byName.clear()
      now = time
      for (const { name, received, sent } of rates) {
        const samples = byName.get(name) ?? []
        byName.set(name, samples)
        const last = samples.at(-1)
        if (last && stepOf(last.time) === stepOf(time)) samples.pop()
        samples.push({ time, received, sent })
      }
      for (const [name, samples] of byName) {
        prune(samples)
        if (samples.length === 0) byName.delete(name)
      }
    },

    /** Adds what was recorded, in place of the live values of that time: it has no gap while the page was closed. */
    addRecorded(name: string, recorded: readonly TrafficSample[]): void {
      const until = recorded.at(-1)?.time ?? Number.NEGATIVE_INFINITY
      const after = byName.get(name)?.filter(({ time }) => time > until) ?? []
      const all = [...recorded, ...after]
      prune(all)
      byName.set(name, all)
    },

    of: (name: string): readonly TrafficSample[] => byName.get(name) ?? [],

    /** The time that is shown of all interfaces alike: as much as is known, at least two minutes. */
    window(): { from: number; to: number } {
      const first = Math.min(...[...byName.values()].map((samples) => samples[0]?.time ?? now))
      return { from: Math.max(now - WINDOW_MS, Math.min(first, now - LEAST_MS)), to: now }
    }
  }
}
export type RecentTraffic = ReturnType<typeof createRecentTraffic>
