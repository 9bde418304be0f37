/** Values of one replica that wait to be written; beyond this the oldest are dropped. */
const CAPACITY = 50_000
/** Values of one statement. */
const BATCH = 1000

/**
 * Collects the newest value of each key in memory, to write many with one statement. For values whose loss costs little,
 * such as last uses. A value that cannot be written waits for the next flush.
 */
export function createWriteBehind<T>(write: (batch: T[]) => Promise<unknown>) {
  const waiting = new Map<string, T>()
  return {
    put(key: string, value: T): void {
      waiting.delete(key)
      if (waiting.size >= CAPACITY) waiting.delete(waiting.keys().next().value!)
      waiting.set(key, value)
    },

    /** The value that waits, or is being written. */
    get: (key: string): T | undefined => waiting.get(key),

    async flush(): Promise<void> {
      // A fixed order, so that replicas that write the same rows wait for each other instead of a deadlock.
      const all = [...waiting].toSorted(([a], [b]) => (a < b ? -1 : 1))
      for (let i = 0; i < all.length; i += BATCH) {
        const batch = all.slice(i, i + BATCH)
        await write(batch.map(([, value]) => value))
        // A newer value may have come meanwhile.
        for (const [key, value] of batch) if (waiting.get(key) === value) waiting.delete(key)
      }
    }
  }
}
