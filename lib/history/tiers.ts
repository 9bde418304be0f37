import type { Timeframe } from '../../schemas/host/history.ts'

/** A table of the history: one row a step of `seconds`, the newest `keep` of them. */
export interface Tier {
  seconds: number
  keep: number
}

/**
 * From the finest to the coarsest, each made from the one before. What is kept by count survives a clock that is far
 * ahead for a while; each keeps its window and some, and far more than two steps of the next.
 */
export const TIERS: readonly Tier[] = [
  { seconds: 10, keep: 720 },
  { seconds: 120, keep: 780 },
  { seconds: 600, keep: 1160 },
  { seconds: 3600, keep: 800 },
  { seconds: 43_200, keep: 800 }
]

/** Each answered from one tier; `span` in seconds. */
export const WINDOWS: Readonly<Record<Timeframe, { tier: number; span: number }>> = {
  hour: { tier: 0, span: 3600 },
  day: { tier: 1, span: 86_400 },
  week: { tier: 2, span: 7 * 86_400 },
  month: { tier: 3, span: 31 * 86_400 },
  year: { tier: 4, span: 366 * 86_400 }
}

/** The begin of the step that a time, in seconds, lies in. */
export const stepOf = (seconds: number, length: number): number => Math.floor(seconds / length) * length
