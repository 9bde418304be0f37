import { setImmediate as breathe } from 'node:timers/promises'

/** How long one query may hold the event loop at a time. */
const SLICE_MS = 4

/** Lets others run in between, and says when it is enough. Times in milliseconds of a clock that nobody sets. */
export function createWorkBudget(elapsed: () => number, budgetMs: number) {
  const deadline = elapsed() + budgetMs
  let slice = elapsed()
  return {
    isOver: (): boolean => elapsed() > deadline,
    /** To be awaited now and then; null where nothing is to be waited for. */
    pause(): Promise<unknown> | null {
      if (elapsed() - slice < SLICE_MS) return null
      return breathe().then(() => {
        slice = elapsed()
      })
    }
  }
}
export type WorkBudget = ReturnType<typeof createWorkBudget>
