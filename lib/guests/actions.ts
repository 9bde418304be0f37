import type { ActionOptions, StartedTask, Task } from '../../schemas/host/guests.ts'
import type { Ending } from '../programs/program.ts'
import { faultOf, type Pvesh } from './pvesh.ts'
import type { StartedTasks } from './started-tasks.ts'
import { parseLog, parseStatus, parseTasks, readUpid, upidIn } from './tasks.ts'
import { type Action, type GuestId, type Outcome, pathOf, refuse } from './types.ts'

export interface ActionsOptions {
  pvesh: Pvesh
  tasks: StartedTasks
  /** Resolves after so many milliseconds; tests make it shorter. */
  wait: (ms: number) => Promise<void>
  monotonicNow: () => number
}

export interface Begun {
  task: StartedTask
  /** Resolves when the task has ended, or when its end cannot be known. */
  ended: Promise<StartedTask>
}

const SECOND = 1000
/** Each action keeps a pvesh until it has ended. */
const MAX_ACTIONS = 8
/** Proxmox VE must have begun the task by then. A host under load needs seconds to load pvesh. */
const BEGIN_WITHIN_MS = 15 * SECOND
/** A request waits for these readings. */
const LIST_MS = 10 * SECOND
/** How long an action may take if the caller sets no limit, and how much longer than the caller's. */
const ACTION_MS = 600 * SECOND
const GRACE_MS = 60 * SECOND
const LOOK_EVERY_MS = SECOND
const FOLLOW_EVERY_MS = 4 * SECOND
/** A task whose node does not answer for so long is given up. */
const LOST_AFTER_MS = 300 * SECOND

const prefix = { lxc: 'vz', qemu: 'qm' } as const

/** The types of the task: Proxmox VE leaves a guest of high availability to its manager. */
const typesOf = ({ type }: GuestId, action: Action) => [`${prefix[type]}${action}`, `ha${action}`]

const messageOf = (error: unknown) => (error as Error).message

/**
 * Starts, shuts down, stops and reboots guests: one action of a guest at a time. `pvesh create` ends only when the task
 * has ended, and successfully even if the task has failed. So it runs in the background; the id of the task is found in
 * the list of tasks, and its result is read from Proxmox VE.
 */
export function createActions({ pvesh, tasks, wait, monotonicNow }: ActionsOptions) {
  const busy = new Map<number, Action>()

  const listTasks = async ({ node, vmid }: GuestId) =>
    parseTasks(await pvesh.get(`/nodes/${node}/tasks`, { vmid, source: 'all', limit: 20 }, LIST_MS))

  /** The task of this action among those that were not there before. */
  async function findTask(guest: GuestId, action: Action, before: ReadonlySet<string>): Promise<Task | undefined> {
    const types = typesOf(guest, action)
    return (await listTasks(guest)).find(
      ({ upid, type, vmid }) => !before.has(upid) && vmid === guest.vmid && types.includes(type)
    )
  }

  const readStatus = async (upid: string) =>
    parseStatus(await pvesh.get(`/nodes/${readUpid(upid)!.node}/tasks/${upid}/status`))
  const readLog = async (upid: string) =>
    parseLog(await pvesh.get(`/nodes/${readUpid(upid)!.node}/tasks/${upid}/log`, { limit: 0 }))

  /** Notes the end of a task, if it has ended. */
  async function noteEnd(upid: string): Promise<StartedTask | null> {
    const exitStatus = await readStatus(upid)
    if (exitStatus === null) return null
    // The result counts, also without its log.
    const log = await readLog(upid).catch(() => undefined)
    return tasks.note(upid, { exitStatus, ...(log && { log }) })
  }

  /** Follows a task until it has ended. `program` is the pvesh that started it. */
  async function follow(upid: string, program: Promise<Ending>): Promise<StartedTask> {
    let isOver = false
    void program.then(() => {
      isOver = true
    })
    let answeredAt = monotonicNow()
    for (;;) {
      try {
        if (isOver) {
          const ended = await noteEnd(upid)
          if (ended !== null) return ended
        } else tasks.note(upid, { log: await readLog(upid) })
        answeredAt = monotonicNow()
      } catch (error) {
        const isLost = isOver && monotonicNow() - answeredAt >= LOST_AFTER_MS
        if (isLost || pvesh.isClosed()) return tasks.note(upid, { lost: messageOf(error) })!
      }
      await (isOver ? wait(FOLLOW_EVERY_MS) : Promise.race([program, wait(FOLLOW_EVERY_MS)]))
    }
  }

  /** The task of an action that has just been started, or why there is none. */
  async function identify(
    guest: GuestId,
    action: Action,
    before: ReadonlySet<string>,
    program: Promise<Ending>
  ): Promise<Outcome<{ upid: string; isOver: boolean }>> {
    const deadline = monotonicNow() + BEGIN_WITHIN_MS
    let fault = 'Proxmox VE has not begun it yet'
    do {
      const ending = await Promise.race([program, wait(LOOK_EVERY_MS)])
      const printed = ending?.kind === 'ended' && ending.code === 0 ? upidIn(ending.stdout) : null
      if (printed !== null) return { ok: true, value: { upid: printed, isOver: true } }
      try {
        const task = await findTask(guest, action, before)
        if (task) return { ok: true, value: { upid: task.upid, isOver: task.state !== 'running' } }
      } catch (error) {
        fault = messageOf(error)
      }
      if (ending?.kind === 'ended' && ending.code !== null) return refuse('CONFLICT', faultOf(ending))
      if (ending) return refuse('BUSY', faultOf(ending))
    } while (monotonicNow() < deadline)
    return refuse('BUSY', `the ${action} has no task yet (${fault}); look at the tasks of the guest`)
  }

  async function begin(guest: GuestId, action: Action, options: ActionOptions): Promise<Outcome<Begun>> {
    let before: Set<string>
    try {
      before = new Set((await listTasks(guest)).map(({ upid }) => upid))
    } catch (error) {
      return refuse('BUSY', `the tasks of the guest cannot be read: ${messageOf(error)}`)
    }
    const { timeout, force_stop } = options
    const words = { ...(timeout !== undefined && { timeout }), ...(force_stop && { forceStop: 1 }) }
    const limit = timeout === undefined ? ACTION_MS : timeout * SECOND + GRACE_MS
    const { ended: program, stop } = pvesh.create(`${pathOf(guest)}/status/${action}`, words, limit)
    const found = await identify(guest, action, before, program)
    if (!found.ok) {
      // No action may run that cannot be followed.
      stop()
      return found
    }
    const { upid, isOver } = found.value
    const task = tasks.add(upid)
    if (task === null) return refuse('BUSY', 'the answer of Proxmox VE has no task')
    // For some guests Proxmox VE finds out in the task that it cannot be done.
    const result = isOver ? await noteEnd(upid).catch(() => null) : null
    if (result?.state === 'failed') return refuse('CONFLICT', result.exit_status!)
    const ended = follow(upid, program)
    return { ok: true, value: { task, ended } }
  }

  return {
    /** The actions that run, by the ids of their guests. */
    running: (): ReadonlyMap<number, Action> => busy,

    /** Starts an action. Resolves when Proxmox VE has begun its task. */
    async start(guest: GuestId, action: Action, options: ActionOptions = {}): Promise<Outcome<Begun>> {
      const { vmid } = guest
      const other = busy.get(vmid)
      if (other !== undefined) return refuse('CONFLICT', `guest ${vmid} is busy: its ${other} has not ended yet`)
      if (busy.size >= MAX_ACTIONS) return refuse('BUSY', `${MAX_ACTIONS} actions on guests have not ended yet`)
      busy.set(vmid, action)
      const release = () => void busy.delete(vmid)
      const begun = await begin(guest, action, options).catch((error: unknown) => {
        release()
        throw error
      })
      if (begun.ok) void begun.value.ended.then(release, release)
      else release()
      return begun
    }
  }
}
export type Actions = ReturnType<typeof createActions>
