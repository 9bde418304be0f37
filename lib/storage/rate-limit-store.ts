import type { IncrementCallback, RateLimitStore as Interface } from './stores/rate-limits.ts'

interface Window {
  /** Milliseconds since the epoch. */
  endsAt: number
  used: number
}

/**
 * A store class for @fastify/rate-limit: fixed windows in memory, one map per limit. In the package's store, setting
 * the clock back keeps a window open for that long.
 * `now` in ms; `capacity` is the number of keys per limit.
 */
export function createRateLimitStore(now: () => number, capacity = 20_000) {
  return class RateLimitStore implements Interface {
    readonly #windows = new Map<string, Window>()

    /** Counts one request of `key` in a window of `windowMs`. */
    incr(key: string, callback: IncrementCallback, windowMs: number): void {
      const time = now()
      const window = this.#windowOf(key, time, windowMs)
      window.used++
      callback(null, { current: window.used, ttl: window.endsAt - time })
    }

    /** The store of one limit. */
    child(): RateLimitStore {
      return new RateLimitStore()
    }

    #windowOf(key: string, time: number, windowMs: number): Window {
      const known = this.#windows.get(key)
      if (known && known.endsAt > time && known.endsAt <= time + windowMs) return known
      const fresh = { endsAt: time + windowMs, used: 0 }
      // Deleted first, so that the map stays ordered by the start of the windows; the oldest window is evicted.
      this.#windows.delete(key)
      if (this.#windows.size >= capacity) this.#windows.delete(this.#windows.keys().next().value!)
      this.#windows.set(key, fresh)
      return fresh
    }
  }
}
