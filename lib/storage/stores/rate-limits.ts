/** Requests in the window so far, and the milliseconds that are left of it. */
export type IncrementCallback = (error: Error | null, result?: { current: number; ttl: number }) => void

/** The store of @fastify/rate-limit, whose own Redis store is the panel's. */
export interface RateLimitStore {
  /** Atomic: counts one request of `key` in a window of `windowMs`. */
  incr(key: string, callback: IncrementCallback, windowMs: number): void
}
