import { useCountdown } from '../data/use-now.ts'
import { t } from '../texts/index.ts'

/** `43 s`, `4 min 05 s`, `2 h 10 min`. */
export function describeSeconds(seconds: number): string {
  if (seconds < 60) return t.ui.seconds(seconds)
  if (seconds < 3600) return t.ui.minutesAndSeconds(Math.floor(seconds / 60), seconds % 60)
  return t.ui.hoursAndMinutes(Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60))
}

/** The time left until `at` (milliseconds since the epoch), updated each second. Not announced, so explain it in text. */
export function Countdown({ at }: { at: number }) {
  return (
    <span aria-hidden="true" className="tabular-nums">
      {describeSeconds(useCountdown(at))}
    </span>
  )
}
