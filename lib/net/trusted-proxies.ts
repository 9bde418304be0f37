import ipaddr from 'ipaddr.js'
import { readAddress } from '../auth/typed-text.ts'
import { expandNetworks, isNamedNetwork, normaliseNetwork } from './address.ts'

export type ProxyList = { ok: true; proxies: string[] } | { ok: false; code: 'VALIDATION'; reason: string }

// The prefix lengths of the widest private networks, 10.0.0.0/8 and fc00::/7.
const MIN_PREFIX_LENGTH = { ipv4: 8, ipv6: 7 }

/**
 * Maximum number of trusted addresses outside of the named networks: an IPv4 /8, and the same fraction of the global
 * unicast space 2000::/3, a /11.
 */
const MAX_PUBLIC_ADDRESSES = { ipv4: 2n ** 24n, ipv6: 2n ** 117n }

const reason = 'too wide: every host in it could claim any client address and bypass bans, limits and allow-lists'

const isTooWide = (network: string): boolean => {
  const [address, length] = network.split('/')
  return length !== undefined && Number(length) < MIN_PREFIX_LENGTH[address!.includes(':') ? 'ipv6' : 'ipv4']
}

type Range = readonly [first: bigint, last: bigint]

const numberOf = (address: { toByteArray(): number[] }): bigint =>
  address.toByteArray().reduce((number, byte) => number * 256n + BigInt(byte), 0n)

function rangeOf(network: string): Range {
  const [address, length] = network.includes('/') ? ipaddr.parseCIDR(network) : [ipaddr.parse(network), null]
  const bits = address.kind() === 'ipv4' ? 32 : 128
  const size = 2n ** BigInt(bits - (length ?? bits))
  const first = (numberOf(address) / size) * size
  return [first, first + size - 1n]
}

/** The number of distinct addresses in the ranges. */
function countAddresses(ranges: readonly Range[]): bigint {
  let count = 0n
  let next = 0n
  for (const [first, last] of ranges.toSorted((a, b) => (a[0] < b[0] ? -1 : 1))) {
    const from = first > next ? first : next
    if (last >= from) count += last - from + 1n
    if (last + 1n > next) next = last + 1n
  }
  return count
}

/**
 * Why a list of networks and names is too wide, or null. The private networks do not count: all of them may be trusted.
 * Throws on an invalid network.
 */
export function faultOfProxies(proxies: readonly string[]): string | null {
  const own = expandNetworks(['loopback', 'linklocal', 'uniquelocal'])
  const networks = expandNetworks(proxies).map((text) => normaliseNetwork(text)!)
  const wide = networks.find(isTooWide)
  if (wide !== undefined) return `${wide} is ${reason}`
  for (const family of ['ipv4', 'ipv6'] as const) {
    const isOf = (network: string) => network.includes(':') === (family === 'ipv6')
    const owned = own.filter(isOf).map(rangeOf)
    const all = [...owned, ...networks.filter(isOf).map(rangeOf)]
    if (countAddresses(all) - countAddresses(owned) > MAX_PUBLIC_ADDRESSES[family])
      return `the list as a whole is ${reason}`
  }
  return null
}

/**
 * The list of proxies in the form it is stored in, canonical and without duplicates; or why it is rejected. `others`
 * are trusted too and count for the total width.
 */
export function normaliseProxies(texts: readonly string[], others: readonly string[] = []): ProxyList {
  const proxies = new Set<string>()
  for (const text of texts) {
    const wanted = readAddress(text).toLowerCase()
    const network = isNamedNetwork(wanted) ? wanted : normaliseNetwork(wanted)
    const refuse = (why: string): ProxyList => ({ ok: false, code: 'VALIDATION', reason: `${text} ${why}` })
    if (network === null) return refuse('is not an IP address, a CIDR, loopback, linklocal or uniquelocal')
    if (isTooWide(network)) return refuse(`is ${reason}`)
    proxies.add(network)
  }
  const fault = faultOfProxies([...others, ...proxies])
  return fault === null ? { ok: true, proxies: [...proxies] } : { ok: false, code: 'VALIDATION', reason: fault }
}
