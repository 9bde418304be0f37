import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { type Measurement, ok, unavailable } from '../measurement.ts'
import { addCounters, createGrowingSum, createRateMeter } from '../rates.ts'
import { createPoolShare, createProcList, type PoolShare, readText } from '../source.ts'
import { type InterfaceCounters, parseNetDev } from './counters.ts'
import { type Link, parseVlanConfig, readLink, readOperstate } from './interface.ts'

export interface Address {
  address: string
  netmask: string
  family: 'IPv4' | 'IPv6'
}

export interface NetworkInterface extends Link {
  /** Of one without a link those it had with one; none where it had none since the daemon started. */
  addresses: Address[]
  counters: InterfaceCounters
  /** Each counter's growth a second. */
  rates: Measurement<InterfaceCounters>
}

export interface NetworkState {
  interfaces: NetworkInterface[]
  /** The physical interfaces together: what passes a bridge, a bond or a VLAN passes one of them too. */
  physical: { counters: Measurement<InterfaceCounters>; rates: Measurement<InterfaceCounters> }
  /** What they counted together since boot, without the falls that a card makes which is pulled out or reset. */
  growing: Measurement<InterfaceCounters>
}

export interface NetworkReaderOptions {
  procDir?: string
  sysDir?: string
  addresses?: typeof networkInterfaces
  /** Of libuv's pool, together with other readers of this host. */
  share?: PoolShare
  /** Milliseconds of a clock that nobody sets. */
  monotonicNow?: () => number
}

/** What seldom changes is read so often, and whenever an interface comes, goes or changes its state. */
const DETAILS_EVERY_MS = 30_000
const NO_CARD = 'this host shows no physical network interface'

export const isPhysical = ({ kind }: Pick<Link, 'kind'>): boolean => kind === 'physical' || kind === 'wireless'

/** In a container no interface is a device's own: the pair's end that carries addresses stands for the card. */
function promoteUplinks(links: readonly Link[], addresses: ReadonlyMap<string, Address[]>): void {
  if (links.some(isPhysical)) return
  for (const link of links) {
    if (link.kind === 'guest' && link.master === null && addresses.has(link.name)) link.kind = 'physical'
  }
}

/** An address with a label of its own (`eth0:1`, ip-address(8)) is listed under that, and is its interface's all the same. */
function groupByInterface(listed: ReturnType<typeof networkInterfaces>): Map<string, Address[]> {
  const grouped = new Map<string, Address[]>()
  for (const [label, entries = []] of Object.entries(listed)) {
    const name = label.split(':', 1)[0]!
    const own = entries.map(({ address, netmask, family }) => ({ address, netmask, family }))
    grouped.set(name, [...(grouped.get(name) ?? []), ...own])
  }
  return grouped
}

/** Reads this host's network interfaces; one call at a time. It throws where they cannot be read. */
export function createNetworkReader(options: NetworkReaderOptions = {}) {
  const { procDir = '/proc', sysDir = '/sys', addresses: readAddresses = networkInterfaces } = options
  const { monotonicNow = performance.now.bind(performance), share = createPoolShare() } = options
  const netDev = createProcList(join(procDir, 'net/dev'))
  const measureRates = createRateMeter<keyof InterfaceCounters>()
  const addGrowth = createGrowingSum<keyof InterfaceCounters>(NO_CARD)
  let links = new Map<string, Link>()
  let addresses = new Map<string, Address[]>()
  let detailsAt = Number.NEGATIVE_INFINITY

  async function readDetails(names: Iterable<string>): Promise<void> {
    const read: Link[] = []
    for (const name of names) read.push(await readLink(sysDir, name))
    if (read.some((link) => link.kind === 'vlan')) {
      const numbers = parseVlanConfig((await readText(join(procDir, 'net/vlan/config'))).value ?? '')
      for (const link of read) if (link.vlan) link.vlan.id = numbers.get(link.name) ?? null
    }
    const told = groupByInterface(readAddresses())
    // libuv leaves out what has no carrier. Its addresses are still there as long as nobody switches it off.
    for (const { name, isUp, isEnabled } of read) {
      const last = addresses.get(name)
      if (!isUp && isEnabled && last && !told.has(name)) told.set(name, last)
    }
    addresses = told
    promoteUplinks(read, addresses)
    links = new Map(read.map((link) => [link.name, link]))
    detailsAt = monotonicNow()
  }

  /** Guests' interfaces may be hundreds: their state is as old as their details. */
  async function hasChanged(names: ReadonlySet<string>): Promise<boolean> {
    if (monotonicNow() - detailsAt >= DETAILS_EVERY_MS) return true
    if (names.size !== links.size || [...names].some((name) => !links.has(name))) return true
    for (const link of links.values()) {
      if (link.kind === 'guest' || link.kind === 'loopback') continue
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
    const cards = interfaces.filter(isPhysical)
    return {
      interfaces,
      physical: {
        counters: addCounters(
          cards.map((card) => ok(card.counters)),
          NO_CARD
        ),
        rates: addCounters(
          cards.map((card) => card.rates),
          NO_CARD
        )
      },
      growing: addGrowth(new Map(cards.map((card) => [card.name, card.counters])))
    }
  }

  return {
    read: (): Promise<NetworkState> => share.readFiles(read),
    close: netDev.close
  }
}
