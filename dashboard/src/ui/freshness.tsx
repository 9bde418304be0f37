import { explain } from '../api/explain.ts'
import { useNow } from '../data/use-now.ts'
import type { Polled } from '../data/use-poll.ts'
import { t } from '../texts/index.ts'
import { Badge } from './badge.tsx'
import { Button } from './button.tsx'
import { describeSeconds } from './countdown.tsx'
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

/** Why the last try failed, with a button for the next. */
export function PollProblem({ polled }: { polled: Polled<unknown> }) {
  const { problem, reload } = polled
  if (!problem) return null
  const action = (
    <Button size="small" disabled={problem.retryAfter !== null} onClick={reload}>
      {t.ui.retry}
    </Button>
  )
  return (
    <Notice tone="bad" role="alert" action={action}>
      {explain(problem)}
    </Notice>
  )
}
