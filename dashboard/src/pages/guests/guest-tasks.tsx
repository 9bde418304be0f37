import { useCallback, useEffect, useState } from 'react'
import { api } from '../../api/client.ts'
import { formatMoment } from '../../data/format.ts'
import { usePoll } from '../../data/use-poll.ts'
import { SampleNote } from '../../parts/sample.tsx'
import { texts } from '../../texts/guests.ts'
import { Button } from '../../ui/button.tsx'
import { describeSeconds } from '../../ui/durations.ts'
import { listTreeIcon } from '../../ui/icon-shapes.ts'
import { PolledCard } from '../../ui/polled-card.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { TaskBadge } from './badges.tsx'
import { isWarned, type Task, taskNameOf } from './guest.ts'
import { TaskDialog } from './task-dialog.tsx'

const EVERY_MS = 30_000
const SHOWN = 10

const durationOf = ({ started_at: from, ended_at: to }: Task): string =>
  to == null ? '–' : describeSeconds(Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000)))

const columnsOf = (open: (task: Task) => void): Column<Task>[] => [
  {
    key: 'task',
    title: texts.task,
    cell: (task) => (
      <span className="flex flex-col">
        {taskNameOf(task)}
        <span className="text-xs font-normal text-muted">{formatMoment(task.started_at)}</span>
      </span>
    )
  },
  {
    key: 'state',
    title: texts.state,
    cell: (task) => (
      <span className="flex flex-col items-start gap-1">
        <TaskBadge task={task} />
        {(task.state === 'failed' || isWarned(task)) && (
          <span translate="no" className="text-xs text-muted wrap-anywhere">
            {task.exit_status}
          </span>
        )}
      </span>
    )
  },
  {
    key: 'duration',
    title: texts.duration,
    isSecondary: true,
    isNumeric: true,
    cell: (task) => <span className="whitespace-nowrap">{durationOf(task)}</span>
  },
  {
    key: 'log',
    title: texts.logColumn,
    isNumeric: true,
    cell: (task) => (
      <Button
        size="small"
        look="quiet"
        aria-label={texts.logOf(taskNameOf(task), formatMoment(task.started_at))}
        onClick={() => open(task)}
      >
        {texts.log}
      </Button>
    )
  }
]

/** The tasks of a guest on its node. `lastEnd` changes when a task that this daemon has started has ended. */
export function GuestTasks({ vmid, lastEnd }: { vmid: number; lastEnd: string | null }) {
  const load = useCallback(
    (signal: AbortSignal) => api.get('/api/guests/{vmid}/tasks', { path: { vmid }, signal }),
    [vmid]
  )
  const polled = usePoll(load, EVERY_MS)
  const { reload } = polled
  const [shown, setShown] = useState<Task | null>(null)
  useEffect(() => {
    if (lastEnd !== null) reload()
  }, [lastEnd, reload])
  return (
    <PolledCard title={texts.tasks} icon={listTreeIcon} polled={polled}>
      {(data) => (
        <>
          <SampleNote age={data} />
          {data.tasks.length === 0 && data.reason == null && <p className="text-sm text-muted">{texts.noTasks}</p>}
          {data.tasks.length > 0 && (
            <Table
              caption={texts.tasks}
              columns={columnsOf(setShown)}
              rows={data.tasks.slice(0, SHOWN)}
              keyOf={({ upid }) => upid}
            />
          )}
          {shown && <TaskDialog task={shown} onClose={() => setShown(null)} />}
        </>
      )}
    </PolledCard>
  )
}
