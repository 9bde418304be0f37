import { setImmediate as yieldToEventLoop } from 'node:timers/promises'

/** Milliseconds that one query may block the event loop. */
const SLICE_MS = 4

export interface WorkLimits {
  /** Milliseconds of the monotonic clock `monotonicNow`. */
  ms: number
  /** Bytes read at most. */
  bytes: number
}

/** Limits the time and bytes of one query, and yields to other requests regularly. */
export function createWorkBudget(monotonicNow: () => number, { ms, bytes }: WorkLimits) {
  const deadline = monotonicNow() + ms
  let slice = monotonicNow()
  let left = bytes
  let isStopped = false
  return {
    isOver: (): boolean => isStopped || left < 0 || monotonicNow() > deadline,
    /** Milliseconds until the deadline. */
    remainingMs: (): number => Math.max(0, deadline - monotonicNow()),
    /** Counts bytes read. */
    spend(count: number): void {
      left -= count
    },
    /** Ends the budget early, as after a read that timed out. */
    stop(): void {
      isStopped = true
    },
    /** Why the budget is used up. */
    reason: (): string => (left < 0 ? 'there was too much to read' : 'reading took too long'),
    /** Await regularly: yields to the event loop when the time slice is used up, and is null otherwise. */
    pause(): Promise<unknown> | null {
      if (monotonicNow() - slice < SLICE_MS) return null
      return yieldToEventLoop().then(() => {
        slice = monotonicNow()
      })
    }
  }
}
export type WorkBudget = ReturnType<typeof createWorkBudget>
