import type {
  GuestEntry,
  GuestsReply,
  ProxmoxReply,
  ProxmoxStorageReply,
  StorageEntry
} from '../../schemas/host/proxmox.ts'
import { describeAge } from '../host/age.ts'
import type { Sample } from '../host/sampling.ts'
import { toGiB } from '../host/units.ts'
import type { Guest, Resources, Storage } from './resources.ts'

type ResourcesSample = Readonly<Sample<Resources>>

const NOT_REPORTED = 'not reported by Proxmox VE'
export const UNSEEN_DISK = 'Proxmox VE cannot see how full the disks of a VM are'

/** An entry of the list of guests. */
export function describeGuest(guest: Guest): GuestEntry {
  const { disk, tags, ...rest } = guest
  const isPartial = Object.values(rest).includes(null)
  const reason = isPartial ? NOT_REPORTED : disk === null ? (guest.type === 'qemu' ? UNSEEN_DISK : NOT_REPORTED) : null
  return { ...guest, reason }
}

/** The answer of GET /api/guests; its `guests` is the answer of GET /api/vms. */
export const describeGuests = (sample: ResourcesSample, now: number): GuestsReply => ({
  success: true,
  guests: (sample.value?.guests ?? []).map(describeGuest),
  ...describeAge(sample, now)
})

function describeStorage({ storage, plugintype, status, disk, maxdisk, ...rest }: Storage): StorageEntry {
  const isActive = status === 'available' && disk !== null && maxdisk !== null && maxdisk > 0
  const size = isActive ? { used: disk, total: maxdisk } : null
  return {
    ...rest,
    name: storage,
    type: plugintype,
    status: isActive ? 'active' : 'error',
    status_detail: isActive || status !== 'available' ? status : 'unavailable',
    total: size && toGiB(size.total),
    used: size && toGiB(size.used),
    available: size && toGiB(Math.max(0, size.total - size.used)),
    percent: size && Math.round((size.used / size.total) * 10_000) / 100
  }
}

const isMember = ({ value }: ResourcesSample, node: string) => value?.nodes.some((each) => each.node === node) ?? false

/** The entries of `node`; all entries if the cluster has no node of this name. */
export const onNode = <T extends { node: string }>(entries: readonly T[], sample: ResourcesSample, node: string) =>
  isMember(sample, node) ? entries.filter((each) => each.node === node) : entries

/** The answer of GET /api/proxmox-storage: the storages of `node`, or all if there is no such node. */
export const describeStorages = (sample: ResourcesSample, node: string, now: number): ProxmoxStorageReply => ({
  success: true,
  storage: onNode(sample.value?.storages ?? [], sample, node).map(describeStorage),
  ...describeAge(sample, now)
})

/** The answer of GET /api/proxmox. */
export const describeNodes = (sample: ResourcesSample, node: string, now: number): ProxmoxReply => ({
  success: true,
  node: isMember(sample, node) ? node : null,
  nodes: (sample.value?.nodes ?? []).map((each) => ({
    ...each,
    reason: Object.values(each).includes(null) ? NOT_REPORTED : null
  })),
  ...describeAge(sample, now)
})
