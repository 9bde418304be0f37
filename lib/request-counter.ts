export interface CounterOptions {
  /** Requests a window. */
  max: number
  windowMs: number
  /** Keys remembered; beyond it the ones counted longest ago make room. */
  capacity?: number
}

export interface Count {
  exceeded: boolean
  remaining: number
  /** Whole seconds until the window ends. */
  resetSeconds: number
}

interface Window {
  endsAt: number
  used: number
}

/** Counts requests by key in fixed windows, synchronously; `now` in ms. */
export function createRequestCounter({ max, windowMs, capacity = 20_000 }: CounterOptions) {
  const windows = new Map<string, Window>()

  const windowOf = (key: string, now: number): Window => {
    const known = windows.get(key)
    // A clock set back would leave a window open for as long as it was set back.
    if (known && known.endsAt > now && known.endsAt <= now + windowMs) return known
    const fresh = { endsAt: now + windowMs, used: 0 }
    // Deleted first, so that the map stays in the order in which windows began.
    windows.delete(key)
    if (windows.size >= capacity) windows.delete(windows.keys().next().value!)
    windows.set(key, fresh)
    return fresh
  }

  return (key: string, now: number): Count => {
    const window = windowOf(key, now)
    window.used++
    return {
      exceeded: window.used > max,
      remaining: Math.max(0, max - window.used),
      resetSeconds: Math.ceil((window.endsAt - now) / 1000)
    }
  }
}
export type RequestCounter = ReturnType<typeof createRequestCounter>
