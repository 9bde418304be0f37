import { useCountdown } from '../data/use-now.ts'
import { describeLeft } from './durations.ts'

/** The time left until `at` (milliseconds since the epoch), updated each second. Not announced, so explain it in text. */
export function Countdown({ at }: { at: number }) {
  return (
    <span aria-hidden="true" className="tabular-nums">
      {describeLeft(useCountdown(at))}
    </span>
  )
}
