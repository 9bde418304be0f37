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

// Forty-five characters of IPv6, a zone, brackets and a port.
const MAX_LENGTH = 80

// ipaddr.js reads "10.1" and "0x7f.1" as IPv4 the way inet_aton does; nothing a proxy writes looks like that.
const parse = (text: string): Address | null => {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text)
  // Only IPv6 has zones.
  const bare = withoutDottedTail(text.includes('%') ? text.slice(0, text.indexOf('%')) : text)
  return ipaddr.IPv6.isValid(bare) ? ipaddr.process(bare) : null
}

// ipaddr.js takes "::127.0.0.1" for the IPv4 address 127.0.0.1. It is another one, which a neighbour can give itself,
// and so the kernel writes it.
function withoutDottedTail(text: string): string {
  const start = text.lastIndexOf(':') + 1
  if (start === 0 || !text.includes('.', start)) return text
  const tail = text.slice(start)
  if (!ipaddr.IPv4.isValidFourPartDecimal(tail)) return ''
  const [a, b, c, d] = ipaddr.IPv4.parse(tail).octets as [number, number, number, number]
  return `${text.slice(0, start)}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
}

/**
 * One spelling for every address: IPv4 dotted, IPv6 as RFC 5952, an IPv4-mapped address as its IPv4, no zone.
 * Null for what is no address.
 */
export const normaliseAddress = (text: string): string | null => parse(text)?.toString() ?? null

/** normaliseAddress for the peers of connections, which are few and come again: the last thousand are remembered. */
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

/** The address of one X-Forwarded-For element, which may be `address:port` or `[address]:port`; null for anything else. */
export function parseForwardedElement(element: string): string | null {
  const text = element.trim()
  if (text.length > MAX_LENGTH) return null
  const bracketed = /^\[([^\]]{2,45})\](?::\d{1,5})?$/.exec(text)
  if (bracketed) return normaliseAddress(bracketed[1]!)
  const withPort = /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/.exec(text)
  return normaliseAddress(withPort ? withPort[1]! : text)
}

/**
 * The key under which one client is counted: IPv4 whole, IPv6 by its /64, since a host picks freely among
 * the 2^64 addresses of its own network (RFC 6177).
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

/** The same list with each named network written out as its CIDRs. */
export const expandNetworks = (texts: readonly string[]): string[] =>
  texts.flatMap((text) => namedNetworks[text] ?? [text])

/** True for one of the names loopback, linklocal, uniquelocal. */
export const isNamedNetwork = (text: string): boolean => Object.hasOwn(namedNetworks, text)

/** True for an IP address, a CIDR, or a named network. */
export function isNetwork(text: string): boolean {
  const network = readAddress(text)
  return isNamedNetwork(network) || parseNetwork(network) !== null
}

/** An address, or a CIDR without its host bits, in one spelling; one of a single address is that address. Null for else. */
export function normaliseNetwork(text: string): string | null {
  // Lists of thousands come every half a minute: this takes a hundredth of the time.
  if (isIPv4(text)) return text
  const network = parseNetwork(text)
  if (network === null) return null
  const [address, length] = network
  if (length === (address.kind() === 'ipv4' ? 32 : 128)) return address.toString()
  const family = address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6
  return `${family.networkAddressFromCIDR(`${address}/${length}`)}/${length}`
}

/** An allow-list as it is stored, each network in one spelling. Throws, naming what is wrong with it. */
export function normaliseAllowList(list: string): string {
  const networks = splitAddresses(list).map((text) => {
    const network = parseNetwork(text)
    if (network === null) throw new Error(`${JSON.stringify(text)} is not an IP address or CIDR`)
    return text.includes('/') ? `${network[0]}/${network[1]}` : `${network[0]}`
  })
  const stored = networks.join(', ')
  if (stored.length > MAX_ALLOW_LIST) throw new Error(`it is longer than ${MAX_ALLOW_LIST} characters`)
  return stored
}

/** A test for membership in any of the networks. Throws on a text `isNetwork` refuses. */
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
 * An allow-list as a test: networks separated by commas. Empty, or with all of IPv4 in it, it allows everybody
 * (contract 5); what was mistyped in it by hand allows nobody.
 */
export function compileAllowList(list: string | undefined): (address: string) => boolean {
  const networks = splitAddresses(list ?? '')
  if (networks.length === 0 || networks.includes('0.0.0.0/0')) return () => true
  return compileNetworks(networks.filter(isNetwork))
}
