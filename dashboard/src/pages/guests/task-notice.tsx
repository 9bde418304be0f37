import { asSentence } from '../../api/explain.ts'
import { texts } from '../../texts/guests.ts'
import { Notice } from '../../ui/notice.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { type StartedTask, taskNameOf } from './guest.ts'

/** How long a failure is shown at the head of the page. Later it is in the list of tasks. */
const SHOWN_MS = 10 * 60_000

/** The progress of a task that this daemon has started, or why it failed. */
export function TaskNotice({ task }: { task: StartedTask }) {
  const name = taskNameOf(task)
  const line = task.last_line != null && (
    <span translate="no" className="block text-xs wrap-anywhere">
      {task.last_line}
    </span>
  )
  if (task.state === 'running') {
    return (
      <Notice role="status" action={<Spinner />}>
        {texts.runs(name)}
        {line}
      </Notice>
    )
  }
  const isRecent = task.ended_at != null && Date.now() - Date.parse(task.ended_at) < SHOWN_MS
  if (task.state === 'ok' || !isRecent) return null
  const isLost = task.state === 'unknown'
  const reason = isLost ? task.reason : task.exit_status
  return (
    <Notice tone={isLost ? 'warn' : 'bad'} role="status">
      {isLost ? texts.lost(name) : texts.failed(name)} {reason != null && asSentence(reason)}
    </Notice>
  )
}
