import { explain } from '../api/explain.ts'
import { useCountdown, useNow } from '../data/use-now.ts'
import type { Polled } from '../data/use-poll.ts'
import { t } from '../texts/index.ts'
import { Badge } from './badge.tsx'
import { Button } from './button.tsx'
import { describeSeconds } from './durations.ts'
import { retryTimeOf } from './form-problem.tsx'
import { Notice } from './notice.tsx'

/** A badge with the age of the data after a failed update. Renders nothing for current data. */
export function Freshness({ polled }: { polled: Polled<unknown> }) {
  const isStale = polled.problem !== null && polled.at !== null
  const now = useNow(isStale)
  if (!isStale) return null
  return (
    <Badge tone="warn" hasMark>
      {t.ui.stale(describeSeconds(Math.max(0, Math.round((now - polled.at!) / 1000))))}
    </Badge>
  )
}

/** The retry button, disabled during a wait that the host requires. */
export function RetryButton({ polled: { problem, reload } }: { polled: Polled<unknown> }) {
  const left = useCountdown(retryTimeOf(problem))
  return (
    <Button size="small" disabled={left > 0} onClick={reload}>
      {t.ui.retry}
    </Button>
  )
}

/** The error of the last request, with a retry button. */
export function PollProblem({ polled }: { polled: Polled<unknown> }) {
  const { problem } = polled
  if (!problem) return null
  return (
    <Notice tone="bad" role="alert" action={<RetryButton polled={polled} />}>
      {explain(problem)}
    </Notice>
  )
}
