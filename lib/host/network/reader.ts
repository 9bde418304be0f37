import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { type Measurement, ok, unavailable } from '../measurement.ts'
import { addCounters, createGrowingSum, createRateMeter } from '../rates.ts'
import { createPoolShare, createProcList, type PoolShare, readText } from '../source.ts'
import { type InterfaceCounters, parseNetDev } from './counters.ts'
import { type Link, parseVlanConfig, readLink, readOperstate } from './interface.ts'
import { parseResolver, type Resolver } from './resolver.ts'

export interface Address {
  address: string
  netmask: string
  family: 'IPv4' | 'IPv6'
}

export interface NetworkInterface extends Link {
  /** While the link is down, the addresses last seen with the link up; empty if it was never up since the start. */
  addresses: Address[]
  counters: InterfaceCounters
  /** Increase of each counter per second. */
  rates: Measurement<InterfaceCounters>
}

export interface NetworkState {
  interfaces: NetworkInterface[]
  /** Sum over the physical interfaces: traffic of a bridge, bond or VLAN also passes a physical interface. */
  physical: { counters: Measurement<InterfaceCounters>; rates: Measurement<InterfaceCounters> }
  /** Sum of the physical interfaces' counters; never falls when an adapter is removed or reset. */
  growing: Measurement<InterfaceCounters>
  resolver: Measurement<Resolver>
}

export interface NetworkReaderOptions {
  procDir?: string
  sysDir?: string
  etcDir?: string
  addresses?: typeof networkInterfaces
  /** Share of libuv's thread pool, common to all readers of this host. */
  share?: PoolShare
  /** Milliseconds of the monotonic clock. */
  monotonicNow?: () => number
}

/** Details are also read when an interface appears, disappears or changes its state. */
const DETAILS_EVERY_MS = 30_000
const NO_PHYSICAL = 'no physical network interface found'

export const isPhysical = ({ kind }: Pick<Link, 'kind'>): boolean => kind === 'physical' || kind === 'wireless'

/** An interface that leads into a guest or another network namespace. */
const isFarEnd = ({ kind }: Pick<Link, 'kind'>): boolean => kind === 'guest' || kind === 'pair'

/** A container has no physical interface: its veth interfaces with addresses count as physical. */
function promoteUplinks(links: readonly Link[], addresses: ReadonlyMap<string, Address[]>): void {
  if (links.some(isPhysical)) return
  for (const link of links) {
    if (isFarEnd(link) && link.master === null && addresses.has(link.name)) link.kind = 'physical'
  }
}

/** Groups addresses by interface. A labelled address (`eth0:1`, ip-address(8)) belongs to its interface (`eth0`). */
function groupByInterface(listed: ReturnType<typeof networkInterfaces>): Map<string, Address[]> {
  const grouped = new Map<string, Address[]>()
  for (const [label, entries = []] of Object.entries(listed)) {
    const name = label.split(':', 1)[0]!
    const own = entries.map(({ address, netmask, family }) => ({ address, netmask, family }))
    grouped.set(name, [...(grouped.get(name) ?? []), ...own])
  }
  return grouped
}

/** Reads this host's network interfaces; one call at a time. `read` throws if /proc/net/dev cannot be read. */
export function createNetworkReader(options: NetworkReaderOptions = {}) {
  const { procDir = '/proc', sysDir = '/sys', etcDir = '/etc', addresses: readAddresses = networkInterfaces } = options
  const { monotonicNow = performance.now.bind(performance), share = createPoolShare() } = options
  const netDev = createProcList(join(procDir, 'net/dev'))
  const measureRates = createRateMeter<keyof InterfaceCounters>()
  const addGrowth = createGrowingSum<keyof InterfaceCounters>(NO_PHYSICAL)
  let links = new Map<string, Link>()
  let addresses = new Map<string, Address[]>()
  let resolver: Measurement<Resolver> = unavailable('not measured yet')
  let detailsAt = Number.NEGATIVE_INFINITY

  async function readDetails(names: Iterable<string>): Promise<void> {
    const read: Link[] = []
    for (const name of names) read.push(await readLink(sysDir, name))
    if (read.some((link) => link.kind === 'vlan')) {
      const numbers = parseVlanConfig((await readText(join(procDir, 'net/vlan/config'))).value ?? '')
      for (const link of read) if (link.vlan) link.vlan.id = numbers.get(link.name) ?? null
    }
    const grouped = groupByInterface(readAddresses())
    // libuv omits interfaces without carrier. They keep their addresses until they are disabled.
    for (const { name, isUp, isEnabled } of read) {
      const last = addresses.get(name)
      if (!isUp && isEnabled && last && !grouped.has(name)) grouped.set(name, last)
    }
    addresses = grouped
    promoteUplinks(read, addresses)
    links = new Map(read.map((link) => [link.name, link]))
    const resolvConf = await readText(join(etcDir, 'resolv.conf'), 'this host has no /etc/resolv.conf')
    resolver = resolvConf.value === null ? resolvConf : ok(parseResolver(resolvConf.value))
    detailsAt = monotonicNow()
  }

  /** Guest interfaces are not checked, since there may be hundreds: their state is updated with the details. */
  async function hasChanged(names: ReadonlySet<string>): Promise<boolean> {
    if (monotonicNow() - detailsAt >= DETAILS_EVERY_MS) return true
    if (names.size !== links.size || [...names].some((name) => !links.has(name))) return true
    for (const link of links.values()) {
      if (isFarEnd(link) || link.kind === 'loopback') continue
      if ((await readOperstate(sysDir, link.name)).operstate !== link.operstate) return true
    }
    return false
  }

  async function read(): Promise<NetworkState> {
    const text = await netDev.read()
    const at = monotonicNow()
    const counters = text.value === null ? unavailable(text.reason) : parseNetDev(text.value)
    if (counters.value === null) throw new Error(counters.reason)
    const rates = measureRates(counters.value, at)
    const names = new Set(counters.value.keys())
    if (await hasChanged(names)) await readDetails(names)

    const interfaces = [...counters.value].map(
      ([name, counted]): NetworkInterface => ({
        ...links.get(name)!,
        addresses: addresses.get(name) ?? [],
        counters: counted,
        rates: rates.get(name)!
      })
    )
    const physical = interfaces.filter(isPhysical)
    return {
      interfaces,
      physical: {
        counters: addCounters(
          physical.map(({ counters }) => ok(counters)),
          NO_PHYSICAL
        ),
        rates: addCounters(
          physical.map(({ rates }) => rates),
          NO_PHYSICAL
        )
      },
      growing: addGrowth(new Map(physical.map(({ name, counters }) => [name, counters]))),
      resolver
    }
  }

  return {
    read: (): Promise<NetworkState> => share.readFiles(read),
    close: netDev.close
  }
}
