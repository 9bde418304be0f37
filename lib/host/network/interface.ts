import { readdir, readlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { readText } from '../source.ts'

/**
 * `guest`: the host side of a VM's or container's interface in Proxmox VE, a TAP device, or a bridge the Proxmox firewall
 * adds. `pair`: any other end of a veth pair, such as Docker's.
 */
export type InterfaceKind =
  | 'physical'
  | 'wireless'
  | 'bridge'
  | 'bond'
  | 'vlan'
  | 'guest'
  | 'pair'
  | 'tunnel'
  | 'loopback'
  | 'virtual'

export interface Link {
  name: string
  kind: InterfaceKind
  /** The kernel's state (RFC 2863): up, down, lowerlayerdown, unknown … */
  operstate: string
  isUp: boolean
  /** Administratively up (IFF_UP), with or without a link. */
  isEnabled: boolean
  /** Mbit/s; null if the driver reports no speed. */
  speed: number | null
  duplex: 'full' | 'half' | null
  mtu: number | null
  mac: string | null
  /** The bridge or bond it belongs to. */
  master: string | null
  bridgeMembers: string[] | null
  bond: { mode: string; slaves: string[]; active: string | null } | null
  vlan: { id: number | null; parent: string | null } | null
}

const IFF_UP = 1
const TAP = 2
/** Mbit/s; a hundred times the fastest hardware. */
const MAX_SPEED = 100_000_000
/** A signed 32-bit integer in the kernel. */
const MAX_MTU = 2 ** 31 - 1
/** ARPHRD_… of linux/if_arp.h. */
const LOOPBACK = 772
/** ARPHRD_ values of IPv4, IPv6, sit and GRE tunnels, and of interfaces without a link layer (tun, WireGuard). */
const TUNNELS = new Set([768, 769, 776, 778, 823, 65534])
const TUNNEL_TYPES = new Set(['vxlan', 'geneve', 'gre', 'gretap', 'ip6gre', 'wireguard', 'bareudp', 'ppp'])
const KNOWN_TYPES: Readonly<Record<string, InterfaceKind>> = {
  bridge: 'bridge',
  bond: 'bond',
  vlan: 'vlan',
  wlan: 'wireless'
}
/** Names of the interfaces Proxmox VE creates for a guest. */
const GUEST_NAME = /^(?:(?:veth|tap|fwbr|fwln)\d+i|fwpr\d+p)\d+$/

const textOf = async (path: string): Promise<string> => (await readText(path)).value?.trim() ?? ''
const numberOf = async (path: string): Promise<number | null> => {
  const text = await textOf(path)
  return /^-?\d{1,15}$/.test(text) ? Number(text) : null
}
const wordsOf = async (path: string): Promise<string[]> => (await textOf(path)).split(/\s+/).filter(Boolean)
const listOf = (folder: string): Promise<string[]> => readdir(folder).catch(() => [])

async function kindOf(name: string, folder: string, entries: ReadonlySet<string>): Promise<InterfaceKind> {
  if (GUEST_NAME.test(name)) return 'guest'
  if (entries.has('bridge')) return 'bridge'
  if (entries.has('bonding')) return 'bond'
  if (entries.has('wireless') || entries.has('phy80211')) return 'wireless'
  if (entries.has('tun_flags'))
    return (Number(await textOf(join(folder, 'tun_flags'))) & TAP) === 0 ? 'tunnel' : 'guest'
  const type = await numberOf(join(folder, 'type'))
  if (type === LOOPBACK) return 'loopback'
  const devtype = /^DEVTYPE=(\S+)$/m.exec(await textOf(join(folder, 'uevent')))?.[1] ?? ''
  if (devtype in KNOWN_TYPES) return KNOWN_TYPES[devtype]!
  if (TUNNEL_TYPES.has(devtype) || (type !== null && TUNNELS.has(type))) return 'tunnel'
  if (entries.has('device')) return 'physical'
  const isPair = (await textOf(join(folder, 'iflink'))) !== (await textOf(join(folder, 'ifindex')))
  // An interface on top of another one has a `lower_` link. A veth has no such link if its peer is in another namespace.
  return isPair && ![...entries].some((entry) => entry.startsWith('lower_')) && devtype === '' ? 'pair' : 'virtual'
}

const readEnabled = async (folder: string): Promise<boolean> =>
  (Number(await textOf(join(folder, 'flags'))) & IFF_UP) !== 0

/** Reads whether an interface is up. Cheap enough to call on every sample. */
export async function readOperstate(sysDir: string, name: string): Promise<{ operstate: string; isUp: boolean }> {
  const folder = join(sysDir, 'class/net', name)
  const operstate = (await textOf(join(folder, 'operstate'))) || 'unknown'
  if (operstate !== 'unknown') return { operstate, isUp: operstate === 'up' }
  // Loopback, tun and some other drivers always report `unknown`: use the administrative state.
  return { operstate, isUp: await readEnabled(folder) }
}

/** Reads an interface's properties from /sys (kernel documentation, ABI/testing/sysfs-class-net). */
export async function readLink(sysDir: string, name: string): Promise<Link> {
  const folder = join(sysDir, 'class/net', name)
  const entries = new Set(await listOf(folder))
  const kind = await kindOf(name, folder, entries)
  const lower = [...entries].find((entry) => entry.startsWith('lower_'))?.slice(6) ?? null
  const hasSpeed = kind === 'physical' || kind === 'wireless' || kind === 'bond' || kind === 'bridge'
  const speed = hasSpeed ? await numberOf(join(folder, 'speed')) : null
  const duplex = hasSpeed ? await textOf(join(folder, 'duplex')) : ''
  const mac = await textOf(join(folder, 'address'))
  const mtu = await numberOf(join(folder, 'mtu'))
  return {
    name,
    kind,
    ...(await readOperstate(sysDir, name)),
    isEnabled: await readEnabled(folder),
    // -1, 65535 and 4294967295 mean unknown.
    speed: speed !== null && speed > 0 && speed !== 65535 && speed <= MAX_SPEED ? speed : null,
    duplex: duplex === 'full' || duplex === 'half' ? duplex : null,
    mtu: mtu !== null && mtu > 0 && mtu <= MAX_MTU ? mtu : null,
    mac: /^[\da-f]{2}(?::[\da-f]{2}){5}$/.test(mac) && mac !== '00:00:00:00:00:00' ? mac : null,
    master: entries.has('master') ? basename(await readlink(join(folder, 'master')).catch(() => '')) || null : null,
    bridgeMembers: entries.has('brif') ? (await listOf(join(folder, 'brif'))).sort() : null,
    bond: entries.has('bonding')
      ? {
          mode: (await wordsOf(join(folder, 'bonding/mode')))[0] ?? 'unknown',
          slaves: await wordsOf(join(folder, 'bonding/slaves')),
          active: (await textOf(join(folder, 'bonding/active_slave'))) || null
        }
      : null,
    vlan: kind === 'vlan' ? { id: null, parent: lower } : null
  }
}

/** VLAN ids by interface name, from /proc/net/vlan/config. Its lines look like `eth0.10 | 10 | eth0`. */
export function parseVlanConfig(text: string): Map<string, number> {
  const lines = text.matchAll(/^(\S+) *\| (\d{1,4}) *\| \S+ *$/gm)
  return new Map([...lines].map((match) => [match[1]!, Number(match[2])]))
}
