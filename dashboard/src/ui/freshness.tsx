import { explain } from '../api/explain.ts'
import { useCountdown, useNow } from '../data/use-now.ts'
import type { Polled } from '../data/use-poll.ts'
import { t } from '../texts/index.ts'
import { Badge } from './badge.tsx'
import { Button } from './button.tsx'
import { describeSeconds } from './countdown.tsx'
import { retryTimeOf } from './form-problem.tsx'
import { Notice } from './notice.tsx'

/** A badge with the age of what is shown, once a later try has failed. Nothing while all is well. */
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

/** Tries again; off while the host has asked to wait. */
export function RetryButton({ polled: { problem, reload } }: { polled: Polled<unknown> }) {
  const left = useCountdown(retryTimeOf(problem))
  return (
    <Button size="small" disabled={left > 0} onClick={reload}>
      {t.ui.retry}
    </Button>
  )
}

/** Why the last try failed, with a button for the next. */
export function PollProblem({ polled }: { polled: Polled<unknown> }) {
  const { problem } = polled
  if (!problem) return null
  return (
    <Notice tone="bad" role="alert" action={<RetryButton polled={polled} />}>
      {explain(problem)}
    </Notice>
  )
}
