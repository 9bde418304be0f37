import { explain } from '../api/explain.ts'
import type { Problem } from '../api/problem.ts'
import { useCountdown } from '../data/use-now.ts'
import { t } from '../texts/index.ts'
import { Button, type ButtonProps } from './button.tsx'
import { describeSeconds } from './countdown.tsx'
import { Notice } from './notice.tsx'

/** When the next try is welcome, or null. */
export const retryTimeOf = (problem: Problem | null): number | null =>
  problem?.retryAfter == null ? null : problem.at + problem.retryAfter * 1000

/** Why a form was refused. The wait is said once; it ticks in the button, where no live region reads each second. */
export function FormProblem({ problem }: { problem: Problem | null }) {
  const wait = problem?.retryAfter == null ? null : t.ui.tryAgainIn(describeSeconds(problem.retryAfter))
  return (
    <div role="alert" className="empty:hidden">
      {problem && (
        <Notice tone="bad">
          {explain(problem)} {wait}
        </Notice>
      )}
    </div>
  )
}

/** The button that sends a form: off while it runs, and while the host has asked to wait. */
export function SubmitButton({ problem, children, ...rest }: ButtonProps & { problem: Problem | null }) {
  const left = useCountdown(retryTimeOf(problem))
  const isWaiting = left > 0
  return (
    <Button
      look="primary"
      type="submit"
      {...rest}
      disabled={rest.disabled || isWaiting}
      {...(isWaiting && { look: 'waiting' })}
    >
      {isWaiting ? <span className="tabular-nums">{t.ui.wait(describeSeconds(left))}</span> : children}
    </Button>
  )
}
