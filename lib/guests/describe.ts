import {
  type GuestHistoryReply,
  type GuestInterface,
  type GuestPoint,
  type GuestReply,
  type GuestSeries,
  type GuestTasksReply,
  guestSeries,
  type Task,
  type TaskReply
} from '../../schemas/host/guests.ts'
import type { Timeframe } from '../../schemas/host/history.ts'
import { createReasons, describeAge } from '../host/age.ts'
import type { Sample } from '../host/sampling.ts'
import { describeGuest, UNSEEN_DISK } from '../proxmox/describe.ts'
import { type Guest, type Resources, readGuest } from '../proxmox/resources.ts'
import type { CurrentState } from './parse.ts'

type ReadonlySample<T> = Readonly<Sample<T>>

interface Detail {
  /** The guest in the list of resources. */
  guest: Guest
  list: ReadonlySample<Resources>
  current: ReadonlySample<CurrentState>
  config: ReadonlySample<Record<string, string>>
  /** Null for a guest that is off. */
  interfaces: ReadonlySample<GuestInterface[]> | null
}

const NOT_OF_CONTAINERS = 'a container has no QEMU'
const NOT_LOCKED = 'the guest is not locked'

/** The answer of GET /api/guests/:vmid. Until its own state was read, the usage is that of the list. */
export function describeDetail({ guest, list, current, config, interfaces }: Detail, now: number): GuestReply {
  const { reasons, orReason } = createReasons()
  const own = current.value
  const usage = own === null ? null : readGuest({ ...own.entry, vmid: guest.vmid }, guest.node, guest.type)
  const shown = usage === null ? guest : { ...usage, name: guest.name, tags: guest.tags, template: guest.template }
  const read = <T>(field: string, sample: ReadonlySample<T> | null, absent: string) => {
    if (sample?.stale && sample.reason !== null) reasons[field] = sample.reason
    return orReason(field, sample?.value, sample?.reason ?? absent)
  }
  const isVm = guest.type === 'qemu'
  return {
    success: true,
    guest: describeGuest(shown),
    qmp_status: orReason('qmp_status', own?.qmpStatus, isVm ? (current.reason ?? 'not reported') : NOT_OF_CONTAINERS),
    lock: orReason('lock', own?.lock, current.reason ?? NOT_LOCKED),
    ha_managed: orReason('ha_managed', own?.haManaged, current.reason),
    config: read('config', config, 'not read yet'),
    interfaces: read('interfaces', interfaces, 'the guest is not running'),
    links: { history: `/api/guests/${guest.vmid}/history`, tasks: `/api/guests/${guest.vmid}/tasks` },
    reasons,
    ...(own === null ? { ...describeAge(list, now), reason: current.reason } : describeAge(current, now))
  }
}

const seriesNames = Object.keys(guestSeries) as GuestSeries[]

interface History {
  guest: Guest
  timeframe: Timeframe
  sample: ReadonlySample<GuestPoint[]>
}

/** The answer of GET /api/guests/:vmid/history. */
export function describeGuestHistory({ guest, timeframe, sample }: History, now: number): GuestHistoryReply {
  const data = sample.value ?? []
  const absent = sample.reason ?? 'no data in this time range'
  const missing = seriesNames.filter((name) => data.every((point) => point[name] === null))
  const isUnseen = (name: GuestSeries) => name === 'disk' && guest.type === 'qemu'
  return {
    success: true,
    vmid: guest.vmid,
    timeframe,
    resolution_seconds: data.length < 2 ? null : data.at(-1)!.time - data.at(-2)!.time,
    data,
    reasons: Object.fromEntries(missing.map((name) => [name, isUnseen(name) ? UNSEEN_DISK : absent])),
    ...describeAge(sample, now)
  }
}

/** The answer of GET /api/guests/:vmid/tasks. */
export const describeGuestTasks = (sample: ReadonlySample<Task[]>, now: number): GuestTasksReply => ({
  success: true,
  tasks: sample.value ?? [],
  ...describeAge(sample, now)
})

type TaskAge = Omit<Sample<unknown>, 'value'>

/** The answer of GET /api/tasks/:upid. */
export const describeTaskReply = (
  { upid, node, type, vmid, user, state, exit_status, started_at, ended_at }: Task,
  log: string[],
  now: number,
  age: TaskAge
): TaskReply => ({
  success: true,
  task: { upid, node, type, vmid, user, state, exit_status, started_at, ended_at },
  log,
  ...describeAge({ ...age, value: null }, now)
})
