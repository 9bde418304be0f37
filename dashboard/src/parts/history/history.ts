import type { Polled } from '../../data/use-poll.ts'
import { t } from '../../texts/index.ts'

export interface Line<P> {
  name: string
  of(point: P): number | null
}

/** A chart of a history whose points are of the type `P`. */
export interface ChartOf<P> {
  title: string
  lines: readonly Line<P>[]
  format(value: number): string
  isBytes?: boolean
  /** The minimum of the scale's upper end. */
  top: number
  bottom?: number
  /** The series whose reason is shown instead of the chart if no line has a value. */
  reason: string
}

export const timeframes = ['hour', 'day', 'week', 'month', 'year'] as const
export type Timeframe = (typeof timeframes)[number]
export const timeframeOptions = timeframes.map((value) => ({ value, label: t.history.timeframes[value] }))

/** What the charts need of the answer of a route. */
export interface HistoryOf<P> {
  timeframe: Timeframe
  data: P[]
  reasons: Record<string, string>
}
export type PolledHistory<P> = Polled<HistoryOf<P>>

export const percent = (share: number | null | undefined): number | null => (share == null ? null : share * 100)

/** A line whose value may be missing. */
export const line = <P>(name: string, of: (point: P) => number | null | undefined): Line<P> => ({
  name,
  of: (point) => of(point) ?? null
})
