import { countingKey } from './net/address.ts'
import { HasherBusyError } from './passwords/hasher.ts'
import type { LockoutRecord, LockoutStore } from './storage/lockout-store.ts'

const HOUR_MS = 3_600_000

/** Failures within an hour, and for how long they lock (contract 5). */
const tiers = [
  { failures: 20, lockMs: 24 * HOUR_MS },
  { failures: 10, lockMs: HOUR_MS },
  { failures: 5, lockMs: 15 * 60_000 }
]

const lockOf = (failures: number): number => tiers.find((tier) => failures >= tier.failures)?.lockMs ?? 0

/** More of one user from one place at the same moment than any program needs. */
const MAX_WAITING = 16

/**
 * One check of a password or code, counted as failed until it says otherwise: a killed process forgives nothing.
 * Exactly one of its functions is called, since the next attempt waits for it.
 */
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
   * Begins an attempt, or tells for how many seconds there may be none. Those of one user from one place are checked one
   * after the other, so no burst gets more guesses than the limit. Tries while locked count. Throws HasherBusyError.
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
  const turns = new Map<string, { waiting: number; last: Promise<unknown> }>()

  /** Waits for the attempts before this one; the returned function lets the next one go. */
  const takeTurn = async (key: string): Promise<() => void> => {
    const turn = turns.get(key) ?? { waiting: 0, last: Promise.resolve() }
    if (turn.waiting > MAX_WAITING) throw new HasherBusyError('too many attempts of this user at once')
    turns.set(key, turn)
    turn.waiting++
    const before = turn.last
    let done = () => {}
    turn.last = new Promise<void>((resolve) => {
      done = () => {
        if (--turn.waiting === 0) turns.delete(key)
        resolve()
      }
    })
    await before
    return done
  }

  const attempt = (username: string, key: string, known: LockoutRecord, done: () => void): Attempt => ({
    succeeded: () => store.update(username, key, () => ({ record: null, result: undefined })).finally(done),

    failed: () =>
      store
        .update(username, key, (record) => ({
          record,
          result: lockOf(record.failures.length) > lockOf(record.failures.length - 1)
        }))
        .finally(done),

    withdrawn: () =>
      store
        .update(username, key, () => ({ record: known.failures.length === 0 ? null : known, result: undefined }))
        .finally(done)
  })

  const count = (known: LockoutRecord, at: number) => {
    // A clock set back must not keep somebody out for longer than the longest lock.
    const isLocked = known.lockedUntil > at && known.lockedUntil <= at + 24 * HOUR_MS
    const failures = [...known.failures.filter((time) => time > at - HOUR_MS && time <= at), at].slice(-20)
    const grown = lockOf(failures.length) > lockOf(failures.length - 1)
    const lockedUntil = isLocked && !grown ? known.lockedUntil : at + lockOf(failures.length)
    return { isLocked, record: { failures, lockedUntil } }
  }

  return {
    async begin(username, address) {
      const key = countingKey(address)
      const done = await takeTurn(`${key} ${username}`)
      const at = now()
      try {
        const { known, isLocked, record } = await store.update(username, key, (known) => {
          const counted = count(known, at)
          return { record: counted.record, result: { known, ...counted } }
        })
        if (!isLocked) return attempt(username, key, known, done)
        done()
        return { lockedFor: (record.lockedUntil - at) / 1000 }
      } catch (error) {
        done()
        throw error
      }
    },

    unlock: (username) => store.forget(username)
  }
}
