import { createSerialQueue } from './serial-queue.ts'

/**
 * Runs file work one at a time, and resolves to `otherwise` after `waitMs` milliseconds. While one call hangs, later calls
 * resolve to `otherwise` at once: /etc/pve is a FUSE mount, and each hanging call blocks a thread of libuv's pool.
 */
export function createTimeout(waitMs: number) {
  const enqueue = createSerialQueue()
  let hangs = false
  return async <T>(work: () => Promise<T>, otherwise: T): Promise<T> => {
    if (hangs) return otherwise
    const { promise: timedOut, resolve: giveUp } = Promise.withResolvers<T>()
    const timer = setTimeout(() => {
      hangs = true
      void enqueue(async () => {
        hangs = false
      })
      giveUp(otherwise)
    }, waitMs)
    return Promise.race([enqueue(work), timedOut]).finally(() => clearTimeout(timer))
  }
}
