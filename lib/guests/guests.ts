import { setTimeout as pass } from 'node:timers/promises'
import type {
  ActionOptions,
  GuestHistoryReply,
  GuestReply,
  GuestTasksReply,
  StartedTask,
  TaskReply
} from '../../schemas/host/guests.ts'
import type { Timeframe } from '../../schemas/host/history.ts'
import type { Sample } from '../host/sampling.ts'
import type { Guest, Resources } from '../proxmox/resources.ts'
import { createActions } from './actions.ts'
import { describeDetail, describeGuestHistory, describeGuestTasks, describeTaskReply } from './describe.ts'
import { hasAgent, parseConfig, parseCurrent, parseHistory, parseInterfaces } from './parse.ts'
import { createPvesh, type PveshOptions } from './pvesh.ts'
import { createReadings } from './readings.ts'
import { createStartedTasks } from './started-tasks.ts'
import { describeTask, parseLog, parseStatus, parseTasks, readUpid } from './tasks.ts'
import { type Action, type GuestId, type Outcome, refuse } from './types.ts'

type ResourcesSample = Readonly<Sample<Resources>>

export interface GuestsOptions extends PveshOptions {
  /** The guests and nodes of the cluster; `fresh` reads them now if they are older than so many milliseconds. */
  resources: { want(): ResourcesSample; fresh(maxAgeMs: number): Promise<ResourcesSample> }
  now: () => number
  monotonicNow?: () => number
  wait?: (ms: number) => Promise<void>
  onFault: (error: unknown) => void
}

const SECOND = 1000
/** How long a request waits for Proxmox VE. */
const WAIT_MS = 5 * SECOND
/** The list of guests is read at this pace while someone looks (lib/host/host-sources.ts). */
const LIST_EVERY_MS = 15 * SECOND

/** Milliseconds between two readings of a guest that someone looks at. */
const EVERY = {
  current: 10 * SECOND,
  config: 60 * SECOND,
  interfaces: 60 * SECOND,
  tasks: 10 * SECOND,
  task: 3 * SECOND
}
const HISTORY_EVERY: Record<Timeframe, number> = {
  hour: 60 * SECOND,
  day: 120 * SECOND,
  week: 600 * SECOND,
  month: 1800 * SECOND,
  year: 3600 * SECOND
}

/** The VMs and containers of Proxmox VE, one by one: details, history, tasks and actions. */
export function createGuests({
  file,
  timeoutMs,
  resources,
  now,
  monotonicNow = performance.now.bind(performance),
  wait = (ms) => pass(ms, undefined, { ref: false }),
  onFault
}: GuestsOptions) {
  const pvesh = createPvesh({ file, timeoutMs })
  const readings = createReadings({ now, monotonicNow })
  const tasks = createStartedTasks(now)
  const actions = createActions({ pvesh, tasks, wait, monotonicNow })

  const freshList = (): Promise<ResourcesSample> =>
    Promise.race([resources.fresh(LIST_EVERY_MS), wait(WAIT_MS).then(() => resources.want())])

  const findIn = (sample: ResourcesSample, vmid: number): Outcome<Guest> => {
    const guest = sample.value?.guests.find((each) => each.vmid === vmid)
    if (guest) return { ok: true, value: guest }
    if (sample.value === null) return refuse('BUSY', sample.reason ?? 'Proxmox VE has not answered yet')
    return refuse('NOT_FOUND', `there is no guest with the id ${vmid}`)
  }

  async function find(vmid: number): Promise<Outcome<Guest>> {
    const known = findIn(resources.want(), vmid)
    return known.ok ? known : findIn(await freshList(), vmid)
  }

  const isOffline = (node: string) =>
    resources.want().value?.nodes.find((each) => each.node === node)?.status === 'offline'

  /** Reads a path below a node. A node that is known to be off is not asked: ssh would wait for it. */
  async function get(node: string, path: string, options: Record<string, string | number> = {}): Promise<unknown> {
    if (isOffline(node)) throw new Error(`node ${node} is offline`)
    return pvesh.get(`/nodes/${node}${path}`, options)
  }

  const read = <T>(key: string, everyMs: number, load: () => Promise<T>) =>
    readings.read(key, { everyMs, waitMs: WAIT_MS, load })

  const keyOf = ({ vmid, node }: GuestId, part = '') => `guest:${vmid}:${node}:${part}`

  const readConfig = (guest: Guest) =>
    read(keyOf(guest, 'config'), EVERY.config, async () =>
      parseConfig(await get(guest.node, `/${guest.type}/${guest.vmid}/config`))
    )

  const readInterfaces = (guest: Guest) =>
    read(keyOf(guest, 'interfaces'), EVERY.interfaces, async () => {
      const path = `/${guest.type}/${guest.vmid}`
      if (guest.type === 'lxc') return parseInterfaces(await get(guest.node, `${path}/interfaces`))
      const { value, reason } = await readConfig(guest)
      if (value === null) throw new Error(reason ?? 'the configuration is not known')
      if (!hasAgent(value)) throw new Error('the QEMU guest agent is not enabled in the options of the VM')
      return parseInterfaces(await get(guest.node, `${path}/agent/network-get-interfaces`))
    })

  async function detail(vmid: number): Promise<Outcome<GuestReply>> {
    const found = await find(vmid)
    if (!found.ok) return found
    const guest = found.value
    const [current, config, interfaces] = await Promise.all([
      read(keyOf(guest, 'current'), EVERY.current, async () =>
        parseCurrent(await get(guest.node, `/${guest.type}/${vmid}/status/current`))
      ),
      readConfig(guest),
      guest.status === 'stopped' ? null : readInterfaces(guest)
    ])
    return { ok: true, value: describeDetail({ guest, list: resources.want(), current, config, interfaces }, now()) }
  }

  async function history(vmid: number, timeframe: Timeframe): Promise<Outcome<GuestHistoryReply>> {
    const found = await find(vmid)
    if (!found.ok) return found
    const guest = found.value
    const sample = await read(keyOf(guest, `history:${timeframe}`), HISTORY_EVERY[timeframe], async () =>
      parseHistory(await get(guest.node, `/${guest.type}/${vmid}/rrddata`, { timeframe, cf: 'AVERAGE' }), guest.type)
    )
    return { ok: true, value: describeGuestHistory({ guest, timeframe, sample }, now()) }
  }

  async function tasksOf(vmid: number): Promise<Outcome<GuestTasksReply>> {
    const found = await find(vmid)
    if (!found.ok) return found
    const guest = found.value
    const sample = await read(keyOf(guest, 'tasks'), EVERY.tasks, async () =>
      parseTasks(await get(guest.node, '/tasks', { vmid, source: 'all', limit: 50 }))
    )
    return { ok: true, value: describeGuestTasks(sample, now()) }
  }

  async function task(upid: string): Promise<Outcome<TaskReply>> {
    const own = tasks.find(upid)
    if (own !== null)
      return {
        ok: true,
        value: describeTaskReply(own.task, own.log, now(), { reason: own.task.reason, stale: false, sampledAt: now() })
      }
    const unknown = refuse('NOT_FOUND', 'there is no such task')
    const node = readUpid(upid)?.node
    const list = resources.want().value === null ? await freshList() : resources.want()
    if (list.value === null) return refuse('BUSY', list.reason ?? 'Proxmox VE has not answered yet')
    if (node === undefined || !list.value.nodes.some((each) => each.node === node)) return unknown
    const { value, reason, ...age } = await read(`task:${upid}`, EVERY.task, async () => {
      const path = `/tasks/${upid}`
      const exitStatus = parseStatus(await get(node, `${path}/status`))
      return {
        task: describeTask(upid, exitStatus, null)!,
        log: parseLog(await get(node, `${path}/log`, { limit: 0 }))
      }
    })
    if (value !== null) return { ok: true, value: describeTaskReply(value.task, value.log, now(), { ...age, reason }) }
    return /no such (task|file)/i.test(reason ?? '') ? unknown : refuse('BUSY', reason ?? 'the task cannot be read')
  }

  async function act(vmid: number, action: Action, options: ActionOptions): Promise<Outcome<ActionBegun>> {
    const found = findIn(await freshList(), vmid)
    if (!found.ok) return found
    const guest = found.value
    if (guest.template) return refuse('CONFLICT', `guest ${vmid} is a template, which cannot be started`)
    if (isOffline(guest.node)) return refuse('CONFLICT', `node ${guest.node} is offline`)
    const begun = await actions.start(guest, action, options)
    readings.forget(keyOf(guest))
    if (!begun.ok) return begun
    const ended = begun.value.ended.then(async (task) => {
      readings.forget(keyOf(guest))
      await resources.fresh(0)
      return task
    })
    ended.catch(onFault)
    return { ok: true, value: { name: guest.name, task: begun.value.task, ended } }
  }

  return {
    detail,
    history,
    tasksOf,
    task,
    act,
    /** The tasks that this daemon has started, by their ids. */
    started: tasks.list,
    /** Grows when `started` has changed. */
    revision: tasks.revision,
    close: pvesh.close
  }
}
export type Guests = ReturnType<typeof createGuests>

export interface ActionBegun {
  /** The name of the guest; null if it has none. */
  name: string | null
  task: StartedTask
  /** Resolves when the task has ended and the list of guests is read again. */
  ended: Promise<StartedTask>
}
