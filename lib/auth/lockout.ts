import { countingKey } from '../net/address.ts'
import type { Attempt, LockoutRecord, LockoutRecords, Lockouts } from '../storage/stores/lockouts.ts'
import { HasherBusyError } from './passwords/hasher.ts'

const HOUR_MS = 3_600_000
/** One more than the highest tier, so that later failures do not reach that tier again. */
const MAX_FAILURES = 21

/** Failures within an hour, and the duration of the lock (contract 5). */
const tiers = [
  { failures: 20, lockMs: 24 * HOUR_MS },
  { failures: 10, lockMs: HOUR_MS },
  { failures: 5, lockMs: 15 * 60_000 }
]

const lockOf = (failures: number): number => tiers.find((tier) => failures >= tier.failures)?.lockMs ?? 0

/** A lock set in the future does not count: the clock was wrong when it was set. */
const isLocked = ({ lockedAt, lockedUntil }: LockoutRecord, at: number): boolean => lockedAt <= at && lockedUntil > at

/** When a record no longer matters, in milliseconds since the epoch. */
export const endOfRecord = ({ failures, lockedUntil }: LockoutRecord): number =>
  Math.max((failures.at(-1) ?? 0) + HOUR_MS, lockedUntil)

/** Counts a failure. It sets a lock on reaching a higher tier or after an earlier lock; it never shortens a lock. */
function withFailure(known: LockoutRecord, at: number): LockoutRecord {
  const failures = [...known.failures.filter((time) => time > at - HOUR_MS && time <= at), at].slice(-MAX_FAILURES)
  const lockMs = lockOf(failures.length)
  const isHigher = lockMs > lockOf(failures.length - 1)
  if (isLocked(known, at) && (!isHigher || known.lockedUntil > at + lockMs)) return { ...known, failures }
  if (lockMs === 0) return { failures, lockedAt: 0, lockedUntil: 0 }
  return { failures, lockedAt: at, lockedUntil: at + lockMs }
}

/** The longest lock. */
const KEEP_MS = 24 * HOUR_MS
/** Concurrent attempts of one user from one network; more than any client needs. */
const MAX_WAITING = 16

/**
 * Waits for the earlier attempts of the same key; the returned function starts the next attempt. Throws HasherBusyError
 * where too many attempts wait.
 */
export type WaitForTurn = (username: string, network: string) => Promise<() => void>

/** The order of the attempts in one process. */
export function createTurns(): WaitForTurn {
  const queues = new Map<string, { waiting: number; last: Promise<unknown> }>()
  return async (username, network) => {
    const key = `${network} ${username}`
    const queue = queues.get(key) ?? { waiting: 0, last: Promise.resolve() }
    if (queue.waiting > MAX_WAITING) throw new HasherBusyError('too many attempts of this user at once')
    queues.set(key, queue)
    queue.waiting++
    const before = queue.last
    let done = () => {}
    queue.last = new Promise<void>((resolve) => {
      done = () => {
        if (--queue.waiting === 0) queues.delete(key)
        resolve()
      }
    })
    await before
    return done
  }
}

/**
 * Failed attempts per user name and address (IPv6 by its /64), for known and unknown users. A lock on a user name
 * alone would let any caller lock out the owner.
 */
export function createLockout(
  store: LockoutRecords,
  now: () => number,
  waitForTurn: WaitForTurn = createTurns()
): Lockouts {
  const attempt = (username: string, key: string, done: () => void): Attempt => ({
    succeeded: () => store.update(username, key, () => ({ record: null, result: undefined })).finally(done),
    failed: () =>
      store
        .update(username, key, (known) => {
          const record = withFailure(known, now())
          return { record, result: record.lockedAt === record.failures.at(-1) }
        })
        .finally(done),
    withdrawn: async () => done()
  })

  return {
    async begin(username, address) {
      const key = countingKey(address)
      const done = await waitForTurn(username, key)
      try {
        const lockedFor = await store.update(username, key, (known) => {
          const at = now()
          if (!isLocked(known, at)) return { record: known, result: null }
          const record = withFailure(known, at)
          return { record, result: (record.lockedUntil - at) / 1000 }
        })
        if (lockedFor === null) return attempt(username, key, done)
        done()
        return { lockedFor }
      } catch (error) {
        done()
        throw error
      }
    },

    unlock: (username, address) => store.forget(username, address === undefined ? undefined : countingKey(address)),
    removeOld: () => store.removeOld(now() - KEEP_MS)
  }
}
