import type { Reply } from '../../api/paths.ts'
import { useLive } from '../../data/use-live.ts'
import { texts } from '../../texts/guests.ts'
import { lookUp } from '../../texts/look-up.ts'
import { describeSeconds } from '../../ui/durations.ts'

export type Guest = Reply<'/api/guests/{vmid}'>['guest']
export type GuestDetail = Reply<'/api/guests/{vmid}'>
export type Task = Reply<'/api/guests/{vmid}/tasks'>['tasks'][number]
export type StartedTask = Reply<'/api/tasks'>['tasks'][string]

/** The guests of the cluster, live. */
export function useGuests() {
  const polled = useLive('guests')
  return { polled, guests: polled.data?.guests ?? [] }
}

/** The newest task of a guest that this daemon has started; every tab sees it. */
export function useStartedTask(vmid: number): StartedTask | null {
  const { data } = useLive('tasks')
  const own = Object.values(data?.tasks ?? {}).filter((task) => task.vmid === vmid)
  return own.toSorted((a, b) => (a.started_at < b.started_at ? 1 : -1))[0] ?? null
}

/** `web`, `prod` from `web;prod`. */
export const tagsOf = ({ tags }: Pick<Guest, 'tags'>): string[] => tags?.split(/[;,\s]+/).filter(Boolean) ?? []

/** `21 d 3 h` */
export function formatUptime(seconds: number): string {
  if (seconds < 86_400) return describeSeconds(seconds)
  return texts.days(Math.floor(seconds / 86_400), Math.floor((seconds % 86_400) / 3600))
}

/** The name of a task: of `vzstart` and `qmstart` it is the part after the prefix. */
export function taskNameOf({ type }: Pick<Task, 'type'>): string {
  const { taskTypes } = texts
  return lookUp(taskTypes, type) ?? lookUp(taskTypes, type.replace(/^(vz|qm|ha)/, '')) ?? type
}

export const isWarned = ({ exit_status: status }: Task): boolean => /^WARNINGS/.test(status ?? '')
