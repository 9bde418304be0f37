import { readAddress } from '../typed-text.ts'
import { isNamedNetwork, normaliseNetwork } from './address.ts'

export type ProxyList = { ok: true; proxies: string[] } | { ok: false; code: 'VALIDATION'; reason: string }

// As wide as the private networks are: 10.0.0.0/8 and fc00::/7.
const WIDEST = { ipv4: 8, ipv6: 7 }

const isTooWide = (network: string): boolean => {
  const [address, length] = network.split('/')
  return length !== undefined && Number(length) < WIDEST[address!.includes(':') ? 'ipv6' : 'ipv4']
}

/** A list of proxies as it is stored: each once and in one spelling; or why one of them is not to be trusted. */
export function normaliseProxies(texts: readonly string[]): ProxyList {
  const proxies = new Set<string>()
  for (const text of texts) {
    const wanted = readAddress(text).toLowerCase()
    const network = isNamedNetwork(wanted) ? wanted : normaliseNetwork(wanted)
    const refuse = (why: string): ProxyList => ({ ok: false, code: 'VALIDATION', reason: `${text} ${why}` })
    if (network === null) return refuse('is not an IP address, a CIDR, loopback, linklocal or uniquelocal')
    if (isTooWide(network))
      return refuse('is too wide: everybody in it could name any address as theirs, past bans, limits and allow-lists')
    proxies.add(network)
  }
  return { ok: true, proxies: [...proxies] }
}
