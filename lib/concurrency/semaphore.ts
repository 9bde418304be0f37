/**
 * A semaphore for `limit` holders and `maxWaiting` waiters. `acquire()` resolves to a function that releases the place, or
 * to null if the queue is full.
 */
export function createSemaphore(limit: number, maxWaiting: number) {
  let free = limit
  const waiting: (() => void)[] = []
  const release = () => {
    const next = waiting.shift()
    if (next) next()
    else free++
  }
  return async (): Promise<(() => void) | null> => {
    if (free === 0 && waiting.length >= maxWaiting) return null
    if (free > 0) free--
    else await new Promise<void>((resolve) => waiting.push(resolve))
    return release
  }
}
