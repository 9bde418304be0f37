import { networkInterfaces } from 'node:os'
import ipaddr from 'ipaddr.js'
import type { Commands } from './commands.ts'
import type { GatewayOptions } from './types.ts'
import { entriesIn, isSet, listIn, textIn, wholeNumberIn } from './values.ts'

/** The root disk of the container, GiB. */
export const DISK_GIB = 2
const DISK = DISK_GIB * 1024 ** 3
const FIRST_VMID = 9000

type Storage = GatewayOptions['storages'][number]
type Bridge = GatewayOptions['bridges'][number]

/** Marks the usable entry with the highest rank. */
function recommend<T extends { recommended: boolean }>(entries: T[], rankOf: (entry: T) => number): T[] {
  const best = entries.toSorted((a, b) => rankOf(b) - rankOf(a))[0]
  if (best !== undefined && rankOf(best) > Number.NEGATIVE_INFINITY) best.recommended = true
  return entries
}

function readStorage(entry: Record<string, unknown>): Storage {
  const isActive = isSet(entry.active) && isSet(entry.enabled)
  const free = wholeNumberIn(entry.avail)
  return {
    id: textIn(entry.storage),
    type: textIn(entry.type),
    total: wholeNumberIn(entry.total),
    used: wholeNumberIn(entry.used),
    free,
    shared: isSet(entry.shared),
    recommended: false,
    reason: isActive ? (free < DISK ? `less than ${DISK_GIB} GiB free` : null) : 'not active'
  }
}

/** An address of the host with its prefix length, such as `192.168.1.11/24`, and the network it lies in. */
function subnetOf(cidr: string): { address: string; subnet: string } | null {
  if (!ipaddr.isValidCIDR(cidr)) return null
  const [address, bits] = ipaddr.parseCIDR(cidr)
  if (!['unicast', 'private', 'uniqueLocal', 'carrierGradeNat'].includes(address.range())) return null
  const family = address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6
  return { address: `${address}`, subnet: `${family.networkAddressFromCIDR(cidr)}/${bits}` }
}

/**
 * The addresses of an interface. Proxmox VE lists the configured addresses; the address of an interface with DHCP is
 * read from the kernel.
 */
function addressesOf(entry: Record<string, unknown>, kernel: typeof networkInterfaces): string[] {
  const configured = [textIn(entry.cidr), textIn(entry.cidr6)].filter((cidr) => subnetOf(cidr) !== null)
  if (configured.length > 0) return configured
  const current = kernel()[textIn(entry.iface)] ?? []
  return current.flatMap(({ cidr }) => (cidr !== null && subnetOf(cidr) !== null ? [cidr] : []))
}

/** The version in a template's name, such as `alpine-3.22-default_20250617_amd64.tar.xz`; null for another template. */
function alpineVersion(name: string): number[] | null {
  const architecture = process.arch === 'arm64' ? 'arm64' : 'amd64'
  const match = /(?:^|\/)alpine-(\d+)\.(\d+)-default_(\d+)_([a-z0-9]+)\.tar\./.exec(name)
  return match?.[4] === architecture ? match.slice(1, 4).map(Number) : null
}

/** The Alpine templates of this machine's architecture among `names`, the newest first. */
export const newestAlpine = (names: readonly string[]): string[] =>
  names
    .flatMap((name) => {
      const version = alpineVersion(name)
      return version === null ? [] : [{ name, version }]
    })
    .toSorted((a, b) => {
      const at = a.version.findIndex((part, i) => part !== b.version[i])
      return at === -1 ? 0 : b.version[at]! - a.version[at]!
    })
    .map(({ name }) => name)

export interface TemplateStorage {
  id: string
  free: number
  shared: boolean
}

export interface Facts extends GatewayOptions {
  /** Active storages that hold templates, the best one for a download first. */
  templateStorages: TemplateStorage[]
  /** The ids of all guests of the cluster. */
  taken: ReadonlySet<number>
}

/** Reads the options of a deployment. Throws a CommandError. */
export async function readOptions(
  { get }: Pick<Commands, 'get'>,
  node: string,
  kernel: typeof networkInterfaces = networkInterfaces
): Promise<Facts> {
  const allStorages = entriesIn(await get(`/nodes/${node}/storage`))
  const holds = (content: string) => allStorages.filter((entry) => listIn(entry.content).includes(content))
  const storages = recommend(holds('rootdir').map(readStorage), ({ reason, shared, free }) =>
    reason === null ? free - (shared ? 2 ** 60 : 0) : Number.NEGATIVE_INFINITY
  )

  const templateStorages = holds('vztmpl')
    .map(readStorage)
    .filter(({ reason }) => reason !== 'not active')
    .toSorted((a, b) => Number(a.shared) - Number(b.shared) || b.free - a.free)
  const volumes: string[] = []
  for (const { id } of templateStorages) {
    const content = entriesIn(await get(`/nodes/${node}/storage/${id}/content`, { content: 'vztmpl' }))
    volumes.push(...content.map(({ volid }) => textIn(volid)))
  }

  const interfaces = entriesIn(await get(`/nodes/${node}/network`)).filter(({ active }) => isSet(active))
  const withAddresses = interfaces.map((entry) => ({ entry, addresses: addressesOf(entry, kernel) }))
  const bridges = withAddresses
    .filter(({ entry }) => /bridge$/i.test(textIn(entry.type)))
    .map(({ entry, addresses }): Bridge & { hasGateway: boolean } => ({
      id: textIn(entry.iface),
      addresses,
      recommended: false,
      hasGateway: textIn(entry.gateway) !== '' || textIn(entry.gateway6) !== ''
    }))
  recommend(bridges, ({ hasGateway, addresses }) => (hasGateway ? 2 : 0) + (addresses.length > 0 ? 1 : 0))

  const taken = new Set(entriesIn(await get('/cluster/resources', { type: 'vm' })).map(({ vmid }) => Number(vmid)))
  let nextVmid = FIRST_VMID
  while (taken.has(nextVmid)) nextVmid++
  return {
    storages,
    templateStorages,
    bridges: bridges.map(({ hasGateway: _, ...bridge }) => bridge),
    subnets: withAddresses.flatMap(({ entry, addresses }) =>
      addresses.map((cidr) => ({ interface: textIn(entry.iface), ...subnetOf(cidr)! }))
    ),
    templates: newestAlpine(volumes),
    next_vmid: nextVmid,
    taken
  }
}
