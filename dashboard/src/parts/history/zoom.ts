/** A part of a chart's time, in seconds since the epoch. */
export interface TimeRange {
  from: number
  to: number
}

export type ZoomStep = 'in' | 'out' | 'earlier' | 'later' | 'reset'

/** The narrowest range, in steps of the points. */
const LEAST_STEPS = 6
const FACTOR = 2
/** The share of its width by which a range is moved. */
const MOVE = 0.5

/** The whole time of a chart of `span` seconds. A host with only minutes of data is not shown as an empty hour. */
export function wholeRange(points: readonly { time: number }[], span: number): TimeRange {
  const to = Math.max(points.at(-1)?.time ?? 0, 1)
  return { from: Math.max(to - span, Math.min(points[0]?.time ?? 0, to - span / 12)), to }
}

/** The narrowest range that zooming leads to; a narrower one has too few points for a line. */
export const leastWidth = (points: readonly { time: number }[]): number =>
  points.length < 2 ? Number.POSITIVE_INFINITY : (points[1]!.time - points[0]!.time) * LEAST_STEPS

/** The range moved into the whole, and cut to it. Null if it covers the whole, which then follows the time. */
export function fit({ from, to }: TimeRange, whole: TimeRange): TimeRange | null {
  const width = to - from
  if (width >= whole.to - whole.from) return null
  const start = Math.min(Math.max(from, whole.from), whole.to - width)
  return { from: start, to: start + width }
}

const around = (at: number, width: number): TimeRange => ({ from: at - width / 2, to: at + width / 2 })

/** A range that is marked on a chart, in any direction, widened to the narrowest one. */
export function rangeBetween(a: number, b: number, whole: TimeRange, least: number): TimeRange | null {
  return fit(around((a + b) / 2, Math.max(Math.abs(a - b), least)), whole)
}

/** The range after a step. `at` is the selected time, which stays in sight. */
export function stepZoom(
  step: ZoomStep,
  shown: TimeRange,
  whole: TimeRange,
  least: number,
  at?: number
): TimeRange | null {
  const width = shown.to - shown.from
  const isVisible = at !== undefined && at >= shown.from && at <= shown.to
  const middle = isVisible ? at : (shown.from + shown.to) / 2
  switch (step) {
    case 'in':
      return fit(around(middle, Math.max(width / FACTOR, Math.min(least, width))), whole)
    case 'out':
      return fit(around(middle, width * FACTOR), whole)
    case 'reset':
      return null
    default: {
      const move = width * MOVE * (step === 'earlier' ? -1 : 1)
      return fit({ from: shown.from + move, to: shown.to + move }, whole)
    }
  }
}

/** The indexes of the first and the last point in a range; null if it has none. */
export function indexesIn(
  points: readonly { time: number }[],
  { from, to }: TimeRange
): [first: number, last: number] | null {
  const first = points.findIndex(({ time }) => time >= from)
  const last = points.findLastIndex(({ time }) => time <= to)
  return first === -1 || last < first ? null : [first, last]
}
