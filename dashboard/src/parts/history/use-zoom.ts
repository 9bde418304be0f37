import { useState } from 'react'
import { fit, leastWidth, rangeBetween, stepZoom, type TimeRange, wholeRange, type ZoomStep } from './zoom.ts'

export interface Zoom {
  /** What the charts show. */
  shown: TimeRange
  isZoomed: boolean
  /** Whether a step would change what is shown. */
  can(step: ZoomStep): boolean
  /** `at`: the selected time, in seconds. */
  step(step: ZoomStep, at?: number): void
  /** Shows the time between two times, in seconds. */
  select(a: number, b: number): void
}

/** The part of the time that the charts of a history show together. Another `key` ends the zoom. */
export function useZoom(points: readonly { time: number }[], span: number, key: string): Zoom {
  const [chosen, choose] = useState<TimeRange | null>(null)
  const [previousKey, setPreviousKey] = useState(key)
  if (previousKey !== key) {
    setPreviousKey(key)
    choose(null)
  }
  const whole = wholeRange(points, span)
  const least = leastWidth(points)
  // The oldest points drop out while the time goes on, so that the range may have to move.
  const range = chosen && fit(chosen, whole)
  const shown = range ?? whole
  const isSame = (next: TimeRange | null) => next?.from === range?.from && next?.to === range?.to
  return {
    shown,
    isZoomed: range !== null,
    can: (step) => !isSame(stepZoom(step, shown, whole, least)),
    step: (step, at) => choose(stepZoom(step, shown, whole, least, at)),
    select: (a, b) => choose(rangeBetween(a, b, whole, least))
  }
}
