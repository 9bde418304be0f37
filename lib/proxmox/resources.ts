import { numberIn } from '../host/plausible.ts'

/** Sizes and counters in bytes, `cpu` as a share of `maxcpu` from 0 to 1, `uptime` in seconds; null if not reported. */
interface Usage {
  node: string
  status: string
  cpu: number | null
  /** Processors. */
  maxcpu: number | null
  mem: number | null
  maxmem: number | null
  disk: number | null
  maxdisk: number | null
  uptime: number | null
}

export interface Guest extends Usage {
  vmid: number
  name: string
  type: 'qemu' | 'lxc'
  /** Since the guest was started. */
  netin: number | null
  netout: number | null
  diskread: number | null
  diskwrite: number | null
  /** Separated by `;`. */
  tags: string | null
  template: boolean
}

export type ClusterNode = Usage

/** A storage as one node sees it. */
export interface Storage {
  storage: string
  node: string
  /** `dir`, `zfspool`, `nfs`, … */
  plugintype: string
  /** `available`, or another word if it is not available. */
  status: string
  disk: number | null
  maxdisk: number | null
  shared: boolean
  /** Allowed content types, separated by `,`. */
  content: string
}

export interface Resources {
  guests: Guest[]
  storages: Storage[]
  nodes: ClusterNode[]
}

export type Entry = Record<string, unknown>

/** Node names are host name labels. */
export const NODE = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i
const MAX_TEXT = 1024
/** A guest's share of its processors can exceed 1 for a moment. */
const MAX_CPU_SHARE = 10

// Perl prints a number as text if it was used as text before.
export function numberOf(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return numberIn(number)
}
/** Text without broken characters, at most a kilobyte; empty for everything else. */
export const textIn = (value: unknown): string =>
  typeof value === 'string' ? value.slice(0, MAX_TEXT).toWellFormed() : ''
export const isSet = (value: unknown): boolean => value === true || numberOf(value) === 1

const readUsage = (entry: Entry, node: string): Usage => ({
  node,
  status: textIn(entry.status) || 'unknown',
  cpu: numberIn(numberOf(entry.cpu), 0, MAX_CPU_SHARE),
  maxcpu: numberOf(entry.maxcpu),
  mem: numberOf(entry.mem),
  maxmem: numberOf(entry.maxmem),
  disk: numberOf(entry.disk),
  maxdisk: numberOf(entry.maxdisk),
  uptime: numberOf(entry.uptime)
})

/** Reads an entry of a guest; null without a valid id. */
export function readGuest(entry: Entry, node: string, type: Guest['type']): Guest | null {
  const vmid = numberOf(entry.vmid)
  if (vmid === null || !Number.isInteger(vmid)) return null
  const usage = readUsage(entry, node)
  return {
    ...usage,
    // Always 0 for a VM: Proxmox VE cannot see how full its disks are.
    disk: type === 'qemu' && usage.disk === 0 ? null : usage.disk,
    vmid,
    name: textIn(entry.name) || `${type === 'qemu' ? 'VM' : 'CT'} ${vmid}`,
    type,
    netin: numberOf(entry.netin),
    netout: numberOf(entry.netout),
    diskread: numberOf(entry.diskread),
    diskwrite: numberOf(entry.diskwrite),
    tags: textIn(entry.tags) || null,
    template: isSet(entry.template)
  }
}

const readStorage = (entry: Entry, node: string): Storage => ({
  storage: textIn(entry.storage),
  node,
  plugintype: textIn(entry.plugintype) || 'unknown',
  status: textIn(entry.status) || 'unknown',
  disk: numberOf(entry.disk),
  maxdisk: numberOf(entry.maxdisk),
  shared: isSet(entry.shared),
  content: textIn(entry.content)
})

export const isEntry = (value: unknown): value is Entry => typeof value === 'object' && value !== null

/**
 * Reads the output of `pvesh get /cluster/resources --output-format json` (Proxmox VE 7 to 9). Unknown types and fields
 * are ignored, as are entries without a name or node. Throws if no known entry is left, since there is always a node.
 */
export function parseResources(text: string): Resources {
  let entries: unknown
  try {
    entries = JSON.parse(text)
  } catch {
    entries = null
  }
  const resources: Resources = { guests: [], storages: [], nodes: [] }
  for (const entry of Array.isArray(entries) ? entries.filter(isEntry) : []) {
    const node = textIn(entry.node)
    if (!NODE.test(node)) continue
    if (entry.type === 'node') resources.nodes.push(readUsage(entry, node))
    else if (entry.type === 'storage') {
      const storage = readStorage(entry, node)
      if (storage.storage !== '') resources.storages.push(storage)
    } else if (entry.type === 'qemu' || entry.type === 'lxc') {
      const guest = readGuest(entry, node, entry.type)
      if (guest !== null) resources.guests.push(guest)
    }
  }
  if (resources.nodes.length + resources.guests.length + resources.storages.length === 0)
    throw new Error('unexpected output from pvesh')
  resources.guests.sort((a, b) => a.vmid - b.vmid)
  resources.nodes.sort((a, b) => a.node.localeCompare(b.node, 'en'))
  resources.storages.sort((a, b) => a.storage.localeCompare(b.storage, 'en') || a.node.localeCompare(b.node, 'en'))
  return resources
}
