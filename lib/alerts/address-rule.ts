import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6

/** The IPv4 address inside of an IPv6 address: mapped, compatible, translated (RFC 6145, RFC 6052) or 6to4. */
function embeddedIn(address: Address): ipaddr.IPv4 | null {
  if (address.kind() === 'ipv4') return null
  const { parts } = address as ipaddr.IPv6
  const range = address.range()
  const [high, low] = range === '6to4' ? [parts[1]!, parts[2]!] : [parts[6]!, parts[7]!]
  const isCompatible = parts.slice(0, 6).every((part) => part === 0) && high !== 0
  if (!['ipv4Mapped', 'rfc6145', 'rfc6052', '6to4'].includes(range) && !isCompatible) return null
  return new ipaddr.IPv4([high >> 8, high & 255, low >> 8, low & 255])
}

/**
 * Why messages may not go to this IP address; null if they may. Private networks are allowed, because ntfy and Gotify
 * are often there. Loopback and link-local addresses reach services that trust this host, such as a cloud's metadata
 * service, so they are for destinations of the owner (`allowsLocal`). Linux connects 0.0.0.0 and :: to loopback.
 */
export function faultOfAddress(text: string, allowsLocal: boolean): string | null {
  const bare = text.includes('%') ? text.slice(0, text.indexOf('%')) : text
  if (!ipaddr.isValid(bare)) return 'the address cannot be read'
  const address: Address = ipaddr.parse(bare)
  const ranges = [address.range(), embeddedIn(address)?.range()]
  if (ranges.some((range) => range === 'multicast' || range === 'broadcast'))
    return 'the address does not belong to one server'
  if (allowsLocal) return null
  if (ranges.some((range) => range === 'loopback' || range === 'unspecified'))
    return 'loopback addresses are only for channels that the owner set up'
  if (ranges.includes('linkLocal')) return 'link-local addresses are only for channels that the owner set up'
  return null
}
