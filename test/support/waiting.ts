import { setTimeout as pass } from 'node:timers/promises'

export interface Patience {
  withinMs?: number
  /** Longer where each look costs a program, or moves a clock. */
  everyMs?: number
}

/** Whether it comes by itself in that time: looked for again and again. */
export async function comes(
  isThere: () => unknown,
  { withinMs = 60_000, everyMs = 10 }: Patience = {}
): Promise<boolean> {
  for (const deadline = performance.now() + withinMs; performance.now() < deadline; await pass(everyMs)) {
    if (await isThere()) return true
  }
  return Boolean(await isThere())
}

/** Waits for a condition that becomes true by itself, also on a busy machine; throws if it does not. */
export async function until(isThere: () => unknown, { withinMs = 60_000, everyMs }: Patience = {}): Promise<void> {
  if (!(await comes(isThere, { withinMs, everyMs }))) throw new Error(`did not come in time: ${isThere}`)
}

/** A time in which nothing may happen; the assertion behind it is that nothing did. */
export const quietFor = (ms: number): Promise<void> => pass(ms)

/** A time that is itself what a test is about: a pace, an outage, a span of a measurement, a moment chosen at random. */
export const passTime = (ms: number): Promise<void> => pass(ms)

/** What must not hang: its result, or an error after so long. */
export const inTime = <T>(promise: Promise<T>, ms: number): Promise<T> =>
  Promise.race([
    promise,
    pass(ms, undefined, { ref: false }).then(() => Promise.reject(new Error(`not decided within ${ms / 1000} s`)))
  ])
