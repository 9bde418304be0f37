import { isIPv4 } from 'node:net'
import ipaddr from 'ipaddr.js'
import { MAX_ALLOW_LIST } from '../../schemas/auth/auth-file.ts'
import { readAddress, splitAddresses } from '../auth/typed-text.ts'

type Address = ipaddr.IPv4 | ipaddr.IPv6
type Network = [Address, number]

const namedNetworks: Record<string, string[]> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7']
}

// 45 characters of IPv6, a zone, brackets and a port.
const MAX_LENGTH = 80

// ipaddr.js accepts "10.1" and "0x7f.1" as IPv4, like inet_aton. Proxies never write such addresses.
const parse = (text: string): Address | null => {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text)
  // Only IPv6 has zones.
  const bare = withoutDottedTail(text.includes('%') ? text.slice(0, text.indexOf('%')) : text)
  return ipaddr.IPv6.isValid(bare) ? ipaddr.process(bare) : null
}

// ipaddr.js reads "::127.0.0.1" as the IPv4 address 127.0.0.1. It is a different address, which a host on the local
// network can assign to itself, and the kernel writes it in this form.
function withoutDottedTail(text: string): string {
  const start = text.lastIndexOf(':') + 1
  if (start === 0 || !text.includes('.', start)) return text
  const tail = text.slice(start)
  if (!ipaddr.IPv4.isValidFourPartDecimal(tail)) return ''
  const [a, b, c, d] = ipaddr.IPv4.parse(tail).octets as [number, number, number, number]
  return `${text.slice(0, start)}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
}

/**
 * The canonical form of an address: IPv4 dotted, IPv6 as in RFC 5952, an IPv4-mapped address as IPv4, without zone.
 * Null for an invalid address.
 */
export const normaliseAddress = (text: string): string | null => parse(text)?.toString() ?? null

/** normaliseAddress with a cache of 1000 entries, for the peers of connections, which repeat often. */
export function createAddressMemory(): (text: string) => string | null {
  const known = new Map<string, string | null>()
  return (text) => {
    let address = known.get(text)
    if (address === undefined) {
      address = normaliseAddress(text)
      if (known.size >= 1000) known.clear()
      known.set(text, address)
    }
    return address
  }
}

/** The address of one X-Forwarded-For element, also as `address:port` or `[address]:port`; null if it is invalid. */
export function parseForwardedElement(element: string): string | null {
  const text = element.trim()
  if (text.length > MAX_LENGTH) return null
  const bracketed = /^\[([^\]]{2,45})\](?::\d{1,5})?$/.exec(text)
  if (bracketed) return normaliseAddress(bracketed[1]!)
  const withPort = /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/.exec(text)
  return normaliseAddress(withPort ? withPort[1]! : text)
}

/**
 * The key under which a client is counted: the IPv4 address, or the /64 of an IPv6 address, since a host can use any of
 * the 2^64 addresses of its network (RFC 6177).
 */
export function countingKey(address: string): string {
  if (!address.includes(':')) return address
  const parsed = parse(address)
  if (parsed === null || parsed.kind() === 'ipv4') return address
  return (
    (parsed as ipaddr.IPv6).parts
      .slice(0, 4)
      .map((part) => part.toString(16))
      .join(':') + '::/64'
  )
}

function parseNetwork(text: string): Network | null {
  const slash = text.indexOf('/')
  const address = parse(slash === -1 ? text : text.slice(0, slash))
  if (address === null) return null
  const bits = address.kind() === 'ipv4' ? 32 : 128
  if (slash === -1) return [address, bits]
  const length = text.slice(slash + 1)
  return /^\d{1,3}$/.test(length) && Number(length) <= bits ? [address, Number(length)] : null
}

/** Replaces each named network by its CIDRs. */
export const expandNetworks = (texts: readonly string[]): string[] =>
  texts.flatMap((text) => namedNetworks[text] ?? [text])

/** True for one of the names loopback, linklocal, uniquelocal. */
export const isNamedNetwork = (text: string): boolean => Object.hasOwn(namedNetworks, text)

/** True for an IP address, a CIDR, or a named network. */
export function isNetwork(text: string): boolean {
  const network = readAddress(text)
  return isNamedNetwork(network) || parseNetwork(network) !== null
}

/**
 * The canonical form of an address or CIDR, without host bits; a CIDR of one address becomes the address. Null if
 * invalid.
 */
export function normaliseNetwork(text: string): string | null {
  // Ban lists have thousands of entries and are read every half minute: this is a hundred times faster.
  if (isIPv4(text)) return text
  const network = parseNetwork(text)
  if (network === null) return null
  const [address, length] = network
  if (length === (address.kind() === 'ipv4' ? 32 : 128)) return address.toString()
  const family = address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6
  return `${family.networkAddressFromCIDR(`${address}/${length}`)}/${length}`
}

/** An allow-list in the form it is stored in, each network canonical. Throws, naming the invalid entry. */
export function normaliseAllowList(list: string): string {
  const networks = splitAddresses(list).map((text) => {
    const network = parseNetwork(text)
    if (network === null) throw new Error(`${JSON.stringify(text)} is not an IP address or CIDR`)
    return text.includes('/') ? `${network[0]}/${network[1]}` : `${network[0]}`
  })
  const stored = networks.join(', ')
  if (stored.length > MAX_ALLOW_LIST) throw new Error(`the list is longer than ${MAX_ALLOW_LIST} characters`)
  return stored
}

/** A function that tests whether an address is in any of the networks. Throws on an invalid network. */
export function compileNetworks(texts: readonly string[]): (address: string) => boolean {
  const networks = expandNetworks(texts.map(readAddress)).map((text) => {
    const network = parseNetwork(text)
    if (network === null) throw new Error(`"${text}" is not an IP address or CIDR`)
    return network
  })
  return (text) => {
    if (networks.length === 0) return false
    const address = parse(text)
    return (
      address !== null &&
      networks.some(([base, length]) => base.kind() === address.kind() && matches(address, base, length))
    )
  }
}

function matches(address: Address, base: Address, length: number): boolean {
  return address.kind() === 'ipv4'
    ? (address as ipaddr.IPv4).match(base as ipaddr.IPv4, length)
    : (address as ipaddr.IPv6).match(base as ipaddr.IPv6, length)
}

/**
 * A function that tests an address against an allow-list, networks separated by commas. An empty list, or one with
 * 0.0.0.0/0, allows every address (contract 5). Invalid entries, from edits by hand, allow no address.
 */
export function compileAllowList(list: string | undefined): (address: string) => boolean {
  const networks = splitAddresses(list ?? '')
  if (networks.length === 0 || networks.includes('0.0.0.0/0')) return () => true
  return compileNetworks(networks.filter(isNetwork))
}
