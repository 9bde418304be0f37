import { countingKey } from './net/address.ts'
import type { LockoutStore } from './storage/lockout-store.ts'

const HOUR_MS = 3_600_000

/** Failures within an hour, and for how long they lock (contract 5). */
const tiers = [
  { failures: 20, lockMs: 24 * HOUR_MS },
  { failures: 10, lockMs: HOUR_MS },
  { failures: 5, lockMs: 15 * 60_000 }
]

const lockOf = (failures: number): number => tiers.find((tier) => failures >= tier.failures)?.lockMs ?? 0

/** One check of a password or code, counted as failed until it says otherwise: a killed process forgives nothing. */
export interface Attempt {
  /** Clears the count. */
  succeeded(): Promise<void>
  /** True when this failure locked the user out. */
  failed(): Promise<boolean>
  /** Nothing was checked after all. */
  withdrawn(): Promise<void>
}

export interface Lockout {
  /**
   * Begins an attempt, or tells for how many seconds there may be none. Attempts at the same moment are counted before
   * any of them is checked, so no burst gets more guesses than the limit. Tries while locked count.
   */
  begin(username: string, address: string): Promise<Attempt | { lockedFor: number }>
  /** Lets a user try again from everywhere; how many places were counted. */
  unlock(username: string): Promise<number>
}

/**
 * Failed attempts per user name and address (IPv6 by its /64), whether the user exists or not. There is no
 * lock on a user name alone: anybody could aim it at the owner.
 */
export function createLockout(store: LockoutStore, now: () => number): Lockout {
  const attempt = (username: string, key: string, at: number, before: number): Attempt => ({
    succeeded: () => store.update(username, key, () => ({ record: null, result: undefined })),

    failed: () =>
      store.update(username, key, (record) => ({
        record,
        result: record.failures.length > 0 && lockOf(record.failures.length) > lockOf(record.failures.length - 1)
      })),

    withdrawn: () =>
      store.update(username, key, (record) => {
        const index = record.failures.indexOf(at)
        if (index === -1) return { record, result: undefined }
        const failures = record.failures.toSpliced(index, 1)
        const stillLocked = lockOf(failures.length) === lockOf(record.failures.length)
        const lockedUntil = stillLocked ? record.lockedUntil : before
        return { record: failures.length === 0 ? null : { failures, lockedUntil }, result: undefined }
      })
  })

  return {
    begin(username, address) {
      const key = countingKey(address)
      const at = now()
      return store.update<Attempt | { lockedFor: number }>(username, key, ({ failures: earlier, lockedUntil }) => {
        // A clock set back must not keep somebody out for longer than the longest lock.
        const isLocked = lockedUntil > at && lockedUntil <= at + 24 * HOUR_MS
        const failures = [...earlier.filter((time) => time > at - HOUR_MS && time <= at), at].slice(-20)
        const grown = lockOf(failures.length) > lockOf(failures.length - 1)
        const until = isLocked && !grown ? lockedUntil : at + lockOf(failures.length)
        const record = { failures, lockedUntil: until }
        if (isLocked) return { record, result: { lockedFor: (until - at) / 1000 } }
        return { record, result: attempt(username, key, at, lockedUntil) }
      })
    },

    unlock: (username) => store.forget(username)
  }
}
