import { RESIZE_INTERVAL_MS } from './limits.ts'

/**
 * Applies sizes at most every 20 ms: the first of a burst at once, then the latest. `flush` applies one size early, so
 * that input typed after a resize reaches a program that knows the new size.
 */
export function createSize(cols: number, rows: number, apply: (cols: number, rows: number) => void) {
  let pending: [number, number] | null = null
  let current: [number, number] = [cols, rows]
  let timer: NodeJS.Timeout | undefined
  let hasFlushed = false

  const applyOnTimer = () => {
    timer = undefined
    hasFlushed = false
    applyWanted()
  }
  const applyWanted = () => {
    if (pending === null) return
    const [cols, rows] = pending
    pending = null
    if (cols === current[0] && rows === current[1]) return
    current = [cols, rows]
    timer ??= setTimeout(applyOnTimer, RESIZE_INTERVAL_MS)
    apply(cols, rows)
  }

  return {
    cols: () => current[0],
    rows: () => current[1],
    set(cols: number, rows: number) {
      pending = [cols, rows]
      if (timer === undefined) applyOnTimer()
    },
    /** Applies the latest size now, at most once per interval. */
    flush() {
      if (hasFlushed) return
      hasFlushed = timer !== undefined && pending !== null
      applyWanted()
    },
    stop() {
      clearTimeout(timer)
      pending = null
    }
  }
}
