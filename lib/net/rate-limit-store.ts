interface Window {
  /** Milliseconds since the epoch. */
  endsAt: number
  used: number
}

/** Callback of @fastify/rate-limit: the requests counted in the window, and the milliseconds until it ends. */
type IncrementCallback = (error: Error | null, result?: { current: number; ttl: number }) => void

/**
 * A store class for @fastify/rate-limit: fixed windows in memory, one map for each limit. In the package's own store, a
 * clock that is set back keeps a window open for as long as the clock was set back.
 * `now` in ms; `capacity` is the number of keys each limit remembers.
 */
export function createRateLimitStore(now: () => number, capacity = 20_000) {
  return class RateLimitStore {
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
      // Deleted first, so that the map keeps the order in which windows began; the oldest window is evicted.
      this.#windows.delete(key)
      if (this.#windows.size >= capacity) this.#windows.delete(this.#windows.keys().next().value!)
      this.#windows.set(key, fresh)
      return fresh
    }
  }
}
