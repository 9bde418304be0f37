import { explain } from '../api/explain.ts'
import type { Problem } from '../api/problem.ts'
import { useCountdown } from '../data/use-now.ts'
import { t } from '../texts/index.ts'
import { Button, type ButtonProps } from './button.tsx'
import { describeSeconds } from './countdown.tsx'
import { Notice } from './notice.tsx'

/** The earliest time of the next try, in milliseconds since the epoch, or null. */
export const retryTimeOf = (problem: Problem | null): number | null =>
  problem?.retryAfter == null ? null : problem.at + problem.retryAfter * 1000

/** Why a form was rejected. The wait is announced once; the countdown is in the button, outside the live region. */
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

/** The submit button of a form, disabled during a wait that the host requires. */
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
