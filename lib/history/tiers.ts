import type { Timeframe } from '../../schemas/host/history.ts'

/** A table of the history: one row per step of `seconds`; the newest `keep` rows are kept. */
export interface Tier {
  seconds: number
  keep: number
}

/**
 * From the finest to the coarsest; each tier is computed from the one before. Rows are kept by count, not by age, so that
 * they survive a clock that is far ahead for a while. Each tier keeps more than its window, and far more than two steps
 * of the next tier.
 */
export const TIERS: readonly Tier[] = [
  { seconds: 10, keep: 720 },
  { seconds: 120, keep: 780 },
  { seconds: 600, keep: 1160 },
  { seconds: 3600, keep: 800 },
  { seconds: 43_200, keep: 800 }
]

/** The tier that answers each timeframe; `span` in seconds. */
export const WINDOWS: Readonly<Record<Timeframe, { tier: number; span: number }>> = {
  hour: { tier: 0, span: 3600 },
  day: { tier: 1, span: 86_400 },
  week: { tier: 2, span: 7 * 86_400 },
  month: { tier: 3, span: 31 * 86_400 },
  year: { tier: 4, span: 366 * 86_400 }
}

/** The start of the step that contains a time, in seconds. */
export const stepOf = (seconds: number, length: number): number => Math.floor(seconds / length) * length
