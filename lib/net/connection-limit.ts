import { countingKey } from './address.ts'

/** Why a connection was closed at once: too many in all, or too many from its address. */
export type RefusalReason = 'total' | 'address'

export interface ConnectionLimitOptions {
  perAddress: number
  /** Addresses many clients share: trusted proxies. */
  isExempt: (address: string) => boolean
  /** Called at the first refusal, and at most once per `reportEveryMs` from then on, with the refusals since. */
  onRefused: (counts: Readonly<Record<RefusalReason, number>>) => void
  /** Monotonic milliseconds. */
  monotonicNow: () => number
  reportEveryMs?: number
}

/** Counts open connections by client address, IPv6 by /64. */
export function createConnectionLimit(options: ConnectionLimitOptions) {
  const { perAddress, isExempt, onRefused, monotonicNow, reportEveryMs = 60_000 } = options
  const open = new Map<string, number>()
  const refused = { total: 0, address: 0 }
  let unreported = { total: 0, address: 0 }
  let reportedAt = Number.NEGATIVE_INFINITY

  const refuse = (reason: RefusalReason): void => {
    refused[reason]++
    unreported[reason]++
    const now = monotonicNow()
    if (now - reportedAt < reportEveryMs) return
    reportedAt = now
    onRefused(unreported)
    unreported = { total: 0, address: 0 }
  }

  return {
    /** Takes a place for a connection of `address`; null if there is none, else the function that gives it back, once. */
    enter(address: string): (() => void) | null {
      if (isExempt(address)) return () => {}
      const key = countingKey(address)
      const count = open.get(key) ?? 0
      if (count >= perAddress) {
        refuse('address')
        return null
      }
      open.set(key, count + 1)
      return () => {
        const left = open.get(key)! - 1
        if (left === 0) open.delete(key)
        else open.set(key, left)
      }
    },

    /** Counts a connection that somebody else has refused. */
    refuse,

    /** Refusals since the start. */
    refused: (): Readonly<Record<RefusalReason, number>> => refused
  }
}
