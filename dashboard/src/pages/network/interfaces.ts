import type { Reply } from '../../api/paths.ts'

export type Network = Reply<'/api/network'>
export type Interface = Network['physical_interfaces'][number]
type Address = Interface['addresses'][number]

/** Kinds of interfaces from the most to the least important. */
const KINDS: readonly Interface['type'][] = [
  'physical',
  'wireless',
  'bond',
  'bridge',
  'vlan',
  'tunnel',
  'virtual',
  'loopback',
  'vm_lxc'
]
/** The kinds whose traffic the daemon records. */
const RECORDED: readonly Interface['type'][] = ['physical', 'wireless', 'bond', 'bridge', 'vlan']
const names = new Intl.Collator('en', { numeric: true })

export const isRecorded = ({ type }: Pick<Interface, 'type'>): boolean => RECORDED.includes(type)

const bitsOf = (part: number): number => part.toString(2).replaceAll('0', '').length

/** `192.168.1.10/24`, `2001:db8::10/64`. */
export function cidrOf({ ip, netmask, family }: Pick<Address, 'ip' | 'netmask' | 'family'>): string {
  const [separator, radix] = family === 'IPv4' ? ['.', 10] : [':', 16]
  // The part of an IPv6 netmask that `::` leaves out has no bits.
  const parts = netmask.split(separator as string).filter((part) => part !== '')
  return `${ip}/${parts.reduce((bits, part) => bits + bitsOf(Number.parseInt(part, radix as number)), 0)}`
}

const isLinkLocal = ({ ip }: Address): boolean => /^fe[89ab]/i.test(ip)
const rankOf = (address: Address): number => (isLinkLocal(address) ? 2 : address.family === 'IPv4' ? 0 : 1)

/** All addresses, IPv4 first; link-local ones, which every interface with IPv6 has, last. */
export const addressesOf = ({ addresses }: Pick<Interface, 'addresses'>): string[] =>
  addresses.toSorted((a, b) => rankOf(a) - rankOf(b)).map(cidrOf)

/** The addresses that a list shows: those that others can reach it by. */
export const reachableOf = ({ addresses }: Pick<Interface, 'addresses'>): string[] => {
  const reachable = addresses.filter((address) => !isLinkLocal(address))
  return addressesOf({ addresses: reachable.length > 0 ? reachable : addresses })
}

const byImportance = (a: Interface, b: Interface): number =>
  KINDS.indexOf(a.type) - KINDS.indexOf(b.type) || names.compare(a.name, b.name)

export interface Groups {
  active: Interface[]
  /** Down, or without a link. */
  inactive: Interface[]
  guests: Interface[]
}

type Lists = Pick<Network, 'physical_interfaces' | 'bridge_interfaces' | 'interfaces' | 'vm_lxc_interfaces'>

/** The host's interfaces by importance, and those of its guests by their number. */
export function groupsOf(network: Lists): Groups {
  const own = [...network.physical_interfaces, ...network.bridge_interfaces, ...network.interfaces]
  const sorted = own.toSorted(byImportance)
  return {
    active: sorted.filter(({ status }) => status === 'up'),
    inactive: sorted.filter(({ status }) => status !== 'up'),
    guests: network.vm_lxc_interfaces.toSorted(
      (a, b) => (a.vmid ?? Number.POSITIVE_INFINITY) - (b.vmid ?? Number.POSITIVE_INFINITY) || byImportance(a, b)
    )
  }
}

/** The interface of a name, of any kind. */
export const findInterface = (network: Lists, name: string): Interface | undefined =>
  Object.values(groupsOf(network))
    .flat()
    .find((one) => one.name === name)

type Count = number | null | undefined

/** Null if nothing is known. */
export const sumOf = (a: Count, b: Count): number | null => (a == null && b == null ? null : (a ?? 0) + (b ?? 0))

export const errorsOf = ({ errors_in: into, errors_out: out }: Interface): number => sumOf(into, out) ?? 0
export const dropsOf = ({ drops_in: into, drops_out: out }: Interface): number => sumOf(into, out) ?? 0
