/** At most so many at the same time, and so many waiting: null for one more. */
export function createSemaphore(places: number, queue: number) {
  let free = places
  const waiting: (() => void)[] = []
  const leave = () => {
    const next = waiting.shift()
    if (next) next()
    else free++
  }
  return async (): Promise<(() => void) | null> => {
    if (free === 0 && waiting.length >= queue) return null
    if (free > 0) free--
    else await new Promise<void>((resolve) => waiting.push(resolve))
    return leave
  }
}
