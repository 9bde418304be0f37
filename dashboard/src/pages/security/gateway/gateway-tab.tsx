import { useEffect, useRef, useState } from 'react'
import { asSentence } from '../../../api/explain.ts'
import { isProblem } from '../../../api/problem.ts'
import { useLive } from '../../../data/use-live.ts'
import { type Polled, usePoll } from '../../../data/use-poll.ts'
import { useUser } from '../../../session/use-session.ts'
import { texts } from '../../../texts/gateway.ts'
import { t } from '../../../texts/index.ts'
import { Card } from '../../../ui/card.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { waypointsIcon } from '../../../ui/icon-shapes.ts'
import { Notice } from '../../../ui/notice.tsx'
import { PolledCard } from '../../../ui/polled-card.tsx'
import { toast } from '../../../ui/toast.tsx'
import type { Draft } from './draft.ts'
import { type Job, loadStatus, newestJob, runningOf, type Status } from './gateway.ts'
import { IntroCard } from './intro-card.tsx'
import { FailedCard, RunningCard } from './job-card.tsx'
import { StatusCard } from './status-card.tsx'
import { UpdatesCard } from './updates-card.tsx'
import { Wizard } from './wizard.tsx'

/** The state by the live stream, which has none until the gateway was asked for. */
function useStatus(first: Polled<Status>): Polled<Status> {
  const live = useLive('gateway')
  const { data } = live
  const isKnown = (status: Partial<Status> | null): status is Status => status?.state !== undefined
  return { ...live, data: isKnown(data) ? data : first.data, at: isKnown(data) ? live.at : first.at }
}

/** Says once that a job has ended well, if this page has seen it run. */
function useAnnouncedEnd(job: Job | null): void {
  const seen = useRef<string | null>(null)
  useEffect(() => {
    if (job === null) return
    if (runningOf(job)) {
      seen.current = job.id
    } else if (job.id === seen.current) {
      seen.current = null
      if (job.state === 'done') toast(texts.job.done[job.kind])
    }
  }, [job])
}

type Setup = 'closed' | 'new' | 'again'

function Gateway({ first }: { first: Polled<Status> }) {
  const polled = useStatus(first)
  const status = polled.data!
  const hasAccount = useUser() !== null
  const [begun, setBegun] = useState<Job | null>(null)
  const [dismissed, setDismissed] = useState<string | null>(null)
  const [setup, setSetup] = useState<Setup>('closed')
  const [draft, setDraft] = useState<Draft | null>(null)
  const job = newestJob(begun, status.job)
  useAnnouncedEnd(job)

  const running = runningOf(job)
  const failed = job?.state === 'failed' && job.id !== dismissed ? job : null
  const isInstalled = status.state !== 'not_installed' && status.state !== 'deploying'
  const isReplaced = running?.kind === 'deploy' || running?.kind === 'remove'
  const isFree = !isInstalled && !running
  const onBegun = (next: Job) => {
    setBegun(next)
    setSetup('closed')
  }
  const tryAgain = () => {
    setDismissed(job?.id ?? null)
    setSetup('again')
  }
  return (
    <>
      {!hasAccount && <Notice>{t.security.noAccount}</Notice>}
      {running && <RunningCard job={running} />}
      {failed && (
        <FailedCard
          job={failed}
          onAgain={failed.kind === 'deploy' && isFree && hasAccount ? tryAgain : undefined}
          onDismiss={() => setDismissed(failed.id)}
        />
      )}
      {isFree && !failed && setup === 'closed' && (
        <IntroCard onSetUp={hasAccount ? () => setSetup('new') : undefined} />
      )}
      {isFree && !failed && setup !== 'closed' && (
        <Wizard
          // After a failed deployment the key is missing, and most likely it was the reason.
          first={setup === 'again' && draft !== null ? 'key' : 'container'}
          draft={draft}
          onChange={setDraft}
          onBegun={onBegun}
          onClose={() => setSetup('closed')}
        />
      )}
      {isInstalled && !isReplaced && (
        <>
          <StatusCard polled={polled} hasAccount={hasAccount} isBusy={running !== null} onBegun={onBegun} />
          {status.started_at != null && (
            <UpdatesCard job={job} hasAccount={hasAccount} isBusy={running !== null} onBegun={onBegun} />
          )}
        </>
      )}
    </>
  )
}

/** The Secure Gateway of this host: set up, followed while it works, managed and removed. */
export default function GatewayTab() {
  const first = usePoll(loadStatus, 0)
  if (first.data !== null) return <Gateway first={first} />
  if (isProblem(first.problem, 'CONFLICT'))
    return (
      <Card title={texts.title} icon={waypointsIcon}>
        <EmptyState icon={waypointsIcon} title={texts.unavailable}>
          {asSentence(first.problem.message)}
        </EmptyState>
      </Card>
    )
  return (
    <PolledCard polled={first} title={texts.title} icon={waypointsIcon}>
      {() => null}
    </PolledCard>
  )
}
