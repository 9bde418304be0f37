import type { StartedTask } from '../../schemas/host/guests.ts'
import { describeTask, stateOf } from './tasks.ts'

const MAX_REMEMBERED = 20

export interface Progress {
  exitStatus?: string
  log?: string[]
  /** Why nothing more will be known. */
  lost?: string
}

/** The tasks that this daemon has started, the newest last. */
export function createStartedTasks(now: () => number) {
  const tasks = new Map<string, { task: StartedTask; log: string[] }>()
  let revision = 0

  return {
    revision: () => revision,
    find: (upid: string) => tasks.get(upid) ?? null,
    /** By their ids. The objects are never changed. */
    list: (): Record<string, StartedTask> => Object.fromEntries([...tasks].map(([upid, { task }]) => [upid, task])),

    /** Adds a running task; null if the id is invalid. */
    add(upid: string): StartedTask | null {
      const described = describeTask(upid, null, null)
      if (described === null) return null
      const task: StartedTask = { ...described, last_line: null, reason: null }
      tasks.set(upid, { task, log: [] })
      // Tasks that run are not dropped: fewer than that can run at a time.
      const oldest = [...tasks].find(([, each]) => each.task.state !== 'running')
      if (tasks.size > MAX_REMEMBERED && oldest) tasks.delete(oldest[0])
      revision++
      return task
    },

    /** Stores new information about a task. */
    note(upid: string, { exitStatus, log, lost }: Progress): StartedTask | null {
      const known = tasks.get(upid)
      if (known === undefined) return null
      const ended = exitStatus !== undefined || lost !== undefined
      const task: StartedTask = {
        ...known.task,
        last_line: log?.at(-1) ?? known.task.last_line,
        ...(exitStatus !== undefined && { state: stateOf(exitStatus), exit_status: exitStatus }),
        ...(lost !== undefined && { state: 'unknown', reason: lost }),
        ...(ended && { ended_at: new Date(now()).toISOString() })
      }
      tasks.set(upid, { task, log: log ?? known.log })
      revision++
      return task
    }
  }
}
export type StartedTasks = ReturnType<typeof createStartedTasks>
