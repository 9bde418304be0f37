import { RESIZE_EVERY_MS } from './limits.ts'

/**
 * Applies sizes at most every 20 ms: of a flood the first at once, and the last. What is typed after one is typed to it:
 * one more may come early then.
 */
export function createSize(cols: number, rows: number, apply: (cols: number, rows: number) => void) {
  let wanted: [number, number] | null = null
  let current: [number, number] = [cols, rows]
  let timer: NodeJS.Timeout | undefined
  let wasEarly = false

  const settle = () => {
    timer = undefined
    wasEarly = false
    take()
  }
  const take = () => {
    if (wanted === null) return
    const [cols, rows] = wanted
    wanted = null
    if (cols === current[0] && rows === current[1]) return
    current = [cols, rows]
    timer ??= setTimeout(settle, RESIZE_EVERY_MS)
    apply(cols, rows)
  }

  return {
    cols: () => current[0],
    rows: () => current[1],
    set(cols: number, rows: number) {
      wanted = [cols, rows]
      if (timer === undefined) settle()
    },
    /** Applies the last one now. */
    flush() {
      if (wasEarly) return
      wasEarly = timer !== undefined && wanted !== null
      take()
    },
    stop() {
      clearTimeout(timer)
      wanted = null
    }
  }
}
