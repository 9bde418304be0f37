/** The number of requests in the window, and its remaining milliseconds. */
export type IncrementCallback = (error: Error | null, result?: { current: number; ttl: number }) => void

/** A store of @fastify/rate-limit; a panel uses the package's Redis store. */
export interface RateLimitStore {
  /** Atomic: counts one request of `key` in a window of `windowMs`. */
  incr(key: string, callback: IncrementCallback, windowMs: number): void
  /** The store of one limit. */
  child(): RateLimitStore
}

export type RateLimitStoreClass = new () => RateLimitStore
