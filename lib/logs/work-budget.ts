import { setImmediate as breathe } from 'node:timers/promises'

/** Milliseconds that one query may hold the event loop at a time. */
const SLICE_MS = 4

export interface WorkLimits {
  /** Milliseconds of the monotonic clock `monotonicNow`. */
  ms: number
  /** Bytes that may be read. */
  bytes: number
}

/** How much one query may still read, and for how long; lets other requests run in between. */
export function createWorkBudget(monotonicNow: () => number, { ms, bytes }: WorkLimits) {
  const deadline = monotonicNow() + ms
  let slice = monotonicNow()
  let left = bytes
  let isStopped = false
  return {
    isOver: (): boolean => isStopped || left < 0 || monotonicNow() > deadline,
    /** Milliseconds until it is over. */
    remainingMs: (): number => Math.max(0, deadline - monotonicNow()),
    /** Counts what was read. */
    spend(count: number): void {
      left -= count
    },
    /** Ends it early: the time passed while nothing could be read. */
    stop(): void {
      isStopped = true
    },
    /** Why it is over. */
    reason: (): string => (left < 0 ? 'there was too much to read' : 'reading took too long'),
    /** To be awaited now and then; null where nothing has to be awaited. */
    pause(): Promise<unknown> | null {
      if (monotonicNow() - slice < SLICE_MS) return null
      return breathe().then(() => {
        slice = monotonicNow()
      })
    }
  }
}
export type WorkBudget = ReturnType<typeof createWorkBudget>
