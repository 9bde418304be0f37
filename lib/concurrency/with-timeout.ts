import { createSerialQueue } from './serial-queue.ts'

/**
 * Runs file work one after the other and gives up waiting after `waitMs`: /etc/pve is a FUSE mount, and one that hangs
 * takes a thread with each look. While one hangs, nobody else starts any.
 */
export function createTimeout(waitMs: number) {
  const turns = createSerialQueue()
  let hangs = false
  return async <T>(work: () => Promise<T>, otherwise: T): Promise<T> => {
    if (hangs) return otherwise
    const { promise: late, resolve: giveUp } = Promise.withResolvers<T>()
    const timer = setTimeout(() => {
      hangs = true
      void turns(async () => {
        hangs = false
      })
      giveUp(otherwise)
    }, waitMs)
    return Promise.race([turns(work), late]).finally(() => clearTimeout(timer))
  }
}
