import { useEffect, useRef } from 'react'
import { explain } from '../api/explain.ts'
import type { Problem } from '../api/problem.ts'
import { useCountdown } from '../data/use-now.ts'
import { t } from '../texts/index.ts'
import { Button, type ButtonProps } from './button.tsx'
import { describeLeft, describeSeconds } from './durations.ts'
import { Notice } from './notice.tsx'

/** The earliest time of the next try, in milliseconds since the epoch, or null. */
export const retryTimeOf = (problem: Problem | null): number | null =>
  problem?.retryAfter == null ? null : problem.at + problem.retryAfter * 1000

interface FormProblemProps {
  problem: Problem | null
  /** Shows the wait that the host requires, in a form without a SubmitButton, which counts it down. */
  showsWait?: boolean
}

/** Why a form was rejected, scrolled into view. The wait is announced once, outside the button's countdown. */
export function FormProblem({ problem, showsWait = false }: FormProblemProps) {
  const place = useRef<HTMLDivElement>(null)
  const wait = problem?.retryAfter == null ? null : t.ui.tryAgainIn(describeSeconds(problem.retryAfter))
  useEffect(() => {
    if (problem) place.current?.scrollIntoView({ block: 'nearest' })
  }, [problem])
  return (
    // The margin keeps it clear of the header and of the navigation of phones.
    <div ref={place} role="alert" className="scroll-my-20 empty:hidden">
      {problem && (
        <Notice tone="bad">
          {explain(problem)} {wait && <span className={showsWait ? undefined : 'sr-only'}>{wait}</span>}
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
      {isWaiting ? <span className="tabular-nums">{t.ui.wait(describeLeft(left))}</span> : children}
    </Button>
  )
}
