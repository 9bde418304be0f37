import type { ReactNode } from 'react'
import { asSentence } from '../../../api/explain.ts'
import { texts } from '../../../texts/gateway.ts'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { cx } from '../../../ui/class-names.ts'
import { Icon } from '../../../ui/icon.tsx'
import { circleAlertIcon, circleCheckIcon, circleIcon, waypointsIcon } from '../../../ui/icon-shapes.ts'
import { Notice } from '../../../ui/notice.tsx'
import { Spinner } from '../../../ui/spinner.tsx'
import { type Job, nameOfStep } from './gateway.ts'

type StepState = Job['steps'][number]['state']

const looks: Record<StepState, { mark: ReactNode; tone: string }> = {
  pending: { mark: <Icon shape={circleIcon} />, tone: 'text-muted' },
  running: { mark: <Spinner />, tone: 'text-accent' },
  done: { mark: <Icon shape={circleCheckIcon} />, tone: 'text-good' },
  failed: { mark: <Icon shape={circleAlertIcon} />, tone: 'text-bad' }
}

function Steps({ job }: { job: Job }) {
  return (
    <ol aria-label={texts.job.stepsLabel} className="flex flex-col gap-3">
      {job.steps.map(({ name, state, message }) => (
        <li key={name} className="flex items-start gap-3 text-sm">
          <span className={cx('mt-0.5', looks[state].tone)}>{looks[state].mark}</span>
          <span className="flex min-w-0 flex-1 flex-col">
            <span className={cx('font-medium', state === 'pending' && 'text-muted')}>{nameOfStep(job, name)}</span>
            {message != null && <span className="text-muted">{asSentence(message)}</span>}
          </span>
          <span className={cx('text-xs font-medium', looks[state].tone)}>{texts.job.states[state]}</span>
        </li>
      ))}
    </ol>
  )
}

/** One sentence about the work, for screen readers: the list itself changes too often. */
function summaryOf(job: Job): string {
  if (job.state === 'undoing') return texts.job.undoing
  const at = job.steps.findIndex(({ state }) => state === 'running')
  const step = job.steps[at]
  if (step === undefined) return ''
  const message = step.message == null ? '' : asSentence(step.message)
  return texts.job.summary(at + 1, job.steps.length, nameOfStep(job, step.name), message)
}

/** A job that runs, step by step. */
export function RunningCard({ job }: { job: Job }) {
  return (
    <Card title={texts.job.titles[job.kind]} icon={waypointsIcon}>
      <p className="text-sm text-muted">{texts.job.lead}</p>
      <p role="status" className="sr-only">
        {summaryOf(job)}
      </p>
      <Steps job={job} />
      {job.state === 'undoing' && <Notice tone="warn">{texts.job.undoing}</Notice>}
    </Card>
  )
}

interface FailedCardProps {
  job: Job
  /** Leads back to the choices; undefined if there is nothing to try again. */
  onAgain?: (() => void) | undefined
  onDismiss(): void
}

/** Which step of a job failed, and why. */
export function FailedCard({ job, onAgain, onDismiss }: FailedCardProps) {
  return (
    <Card title={texts.job.failed[job.kind]} icon={circleAlertIcon}>
      <Notice tone="bad" role="alert">
        <span className="wrap-anywhere">{asSentence(job.error ?? '')}</span>
      </Notice>
      <Steps job={job} />
      <div className="flex flex-wrap gap-2">
        {onAgain && (
          <Button look="primary" size="small" onClick={onAgain}>
            {texts.job.again}
          </Button>
        )}
        <Button size="small" onClick={onDismiss}>
          {texts.job.dismiss}
        </Button>
      </div>
    </Card>
  )
}
