import { texts } from '../../texts/guests.ts'
import { lookUp } from '../../texts/look-up.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { type Guest, isWarned, type Task, tagsOf } from './guest.ts'

const stateTones: Readonly<Record<string, Tone>> = { running: 'good', stopped: 'neutral' }

/** The state of a guest; `qmp` is QEMU's own, which also knows paused VMs. */
export function StateBadge({ guest, qmp }: { guest: Guest; qmp?: string | null | undefined }) {
  if (guest.template) return <Badge>{texts.template}</Badge>
  const state = guest.status === 'running' && qmp != null ? qmp : guest.status
  return (
    <Badge tone={stateTones[state] ?? 'warn'} hasMark>
      {lookUp(texts.states, state) ?? state}
    </Badge>
  )
}

const taskTones: Record<Task['state'], Tone> = { running: 'accent', ok: 'good', failed: 'bad', unknown: 'warn' }

export function TaskBadge({ task }: { task: Task }) {
  if (isWarned(task)) {
    return (
      <Badge tone="warn" hasMark>
        {texts.warnings}
      </Badge>
    )
  }
  return (
    <Badge tone={taskTones[task.state]} hasMark>
      {texts.taskStates[task.state]}
    </Badge>
  )
}

export function Tags({ guest }: { guest: Guest }) {
  const tags = tagsOf(guest)
  if (tags.length === 0) return null
  return (
    <span className="flex flex-wrap gap-1">
      <span className="sr-only">{texts.tags}</span>
      {tags.map((tag) => (
        <span key={tag} translate="no" className="rounded bg-raised px-1.5 text-xs font-normal text-muted">
          {tag}
        </span>
      ))}
    </span>
  )
}
