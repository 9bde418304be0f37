import { useCallback } from 'react'
import { api } from '../../api/client.ts'
import { formatMoment } from '../../data/format.ts'
import { usePoll } from '../../data/use-poll.ts'
import { SampleNote } from '../../parts/sample.tsx'
import { texts } from '../../texts/guests.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Freshness, PollProblem } from '../../ui/freshness.tsx'
import { Loading } from '../../ui/skeleton.tsx'
import { TaskBadge } from './badges.tsx'
import { type Task, taskNameOf } from './guest.ts'

const EVERY_MS = 5000
const MAX_LINES = 100

/** A task with the end of its log. */
export function TaskDialog({ task, onClose }: { task: Task; onClose(): void }) {
  const { upid } = task
  const load = useCallback((signal: AbortSignal) => api.get('/api/tasks/{upid}', { path: { upid }, signal }), [upid])
  // An ended task changes no more.
  const polled = usePoll(load, task.state === 'running' ? EVERY_MS : 0)
  const { data } = polled
  return (
    <Dialog isOpen onClose={onClose} size="medium" title={texts.logTitle(taskNameOf(task))}>
      <Freshness polled={polled} />
      <PollProblem polled={polled} />
      {!data && !polled.problem && <Loading lines={6} />}
      {data && (
        <>
          <p className="flex flex-wrap items-center gap-2 text-sm text-muted">
            <TaskBadge task={data.task} />
            <span>{formatMoment(data.task.started_at)}</span>
            <span translate="no">{data.task.node}</span>
            <span translate="no">{data.task.user}</span>
          </p>
          <SampleNote age={data} />
          {data.log.length === 0 ? (
            <p className="text-sm text-muted">{texts.emptyLog}</p>
          ) : (
            <pre
              // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller that a keyboard cannot reach cannot be scrolled by it
              tabIndex={0}
              translate="no"
              className="max-h-96 overflow-auto rounded-lg bg-raised p-3 text-xs whitespace-pre-wrap"
            >
              {data.log.join('\n')}
            </pre>
          )}
          {data.log.length >= MAX_LINES && <p className="text-xs text-muted">{texts.lastLines}</p>}
        </>
      )}
    </Dialog>
  )
}
