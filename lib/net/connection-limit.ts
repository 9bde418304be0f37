import { countingKey } from './address.ts'

/** Why a connection was rejected: the total limit, or the limit for its address. */
export type RefusalReason = 'total' | 'address'

export interface ConnectionLimitOptions {
  perAddress: number
  /** True for addresses shared by many clients: trusted proxies. */
  isExempt: (address: string) => boolean
  /** Called at the first rejection, then at most once per `reportEveryMs`, with the rejections since the last call. */
  onRefused: (counts: Readonly<Record<RefusalReason, number>>) => void
  /** Monotonic clock, milliseconds. */
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
    /**
     * Counts a connection of `address`. Returns the function that releases it, to be called once; null at the limit.
     */
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

    /** Counts a connection that was rejected before it reached `enter`. */
    refuse,

    /** Rejections since the start. */
    refused: (): Readonly<Record<RefusalReason, number>> => refused
  }
}
