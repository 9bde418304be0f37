import type { Sample } from '../host/sampling.ts'

export interface ReadingsOptions {
  /** Milliseconds since the epoch. */
  now: () => number
  monotonicNow: () => number
}

export interface ReadingOptions<T> {
  /** A value of this age is current, milliseconds. */
  everyMs: number
  /** How long the caller waits for a reading, milliseconds. */
  waitMs: number
  /** Rejects with an Error whose message is the reason. */
  load: () => Promise<T>
}

interface Entry {
  sample: Sample<unknown>
  triedAt: number
  readAt: number
  reading: Promise<void> | null
}

/** A guest that is looked at has about four readings. */
const MAX_ENTRIES = 64
/** A value older than so many intervals is not shown while a newer one can be had. */
const MAX_AGE = 3
const NOT_YET = 'Proxmox VE has not answered yet'

const waitFor = async (reading: Promise<void>, ms: number): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, ms, false)
  })
  return Promise.race([reading.then(() => true), late]).finally(() => clearTimeout(timer))
}

/**
 * Readings of Proxmox VE on demand, shared by all callers. A caller gets the latest value and starts the next reading if
 * that is due; it waits only for a value that is missing or old. A reading that failed is not repeated before it is due.
 * The number of readings kept is limited: the least recently requested one is dropped.
 */
export function createReadings({ now, monotonicNow }: ReadingsOptions) {
  const entries = new Map<string, Entry>()

  function open(key: string): Entry {
    const found = entries.get(key)
    entries.delete(key)
    const entry = found ?? {
      sample: { value: null, reason: NOT_YET, sampledAt: null, stale: false },
      triedAt: Number.NEGATIVE_INFINITY,
      readAt: Number.NEGATIVE_INFINITY,
      reading: null
    }
    // The last entry of the map is the one asked for most recently.
    entries.set(key, entry)
    if (entries.size > MAX_ENTRIES) entries.delete(entries.keys().next().value!)
    return entry
  }

  async function begin(entry: Entry, load: () => Promise<unknown>): Promise<void> {
    entry.triedAt = monotonicNow()
    const { value, sampledAt } = entry.sample
    try {
      entry.sample = { value: await load(), reason: null, sampledAt: now(), stale: false }
      entry.readAt = monotonicNow()
    } catch (error) {
      entry.sample = { value, reason: (error as Error).message, sampledAt, stale: value !== null }
    }
    entry.reading = null
  }

  return {
    async read<T>(key: string, { everyMs, waitMs, load }: ReadingOptions<T>): Promise<Readonly<Sample<T>>> {
      const entry = open(key)
      const at = monotonicNow()
      if (at - entry.triedAt >= everyMs) entry.reading ??= begin(entry, load)
      const isOld = at - entry.readAt >= everyMs * MAX_AGE
      if (isOld && entry.reading !== null && !(await waitFor(entry.reading, waitMs))) {
        const { value, sampledAt } = entry.sample
        return { value: value as T | null, reason: NOT_YET, sampledAt, stale: value !== null }
      }
      return entry.sample as Sample<T>
    },

    /** Drops the readings whose keys start with this text: the next caller waits for new ones. */
    forget(prefix: string): void {
      for (const key of entries.keys()) if (key.startsWith(prefix)) entries.delete(key)
    }
  }
}
export type Readings = ReturnType<typeof createReadings>
