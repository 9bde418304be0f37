import { normaliseNetwork } from './address.ts'

export type ProxyList = { ok: true; proxies: string[] } | { ok: false; code: 'VALIDATION'; reason: string }

/** A list of proxies as it is stored: each once and in one spelling; or why one of them is not to be trusted. */
export function normaliseProxies(texts: readonly string[]): ProxyList {
  const proxies = new Set<string>()
  for (const text of texts) {
    const network = normaliseNetwork(text.trim().toLowerCase())
    const refuse = (why: string): ProxyList => ({ ok: false, code: 'VALIDATION', reason: `${text} ${why}` })
    if (network === null) return refuse('is not an IP address, a CIDR, loopback, linklocal or uniquelocal')
    if (network.isTooWide)
      return refuse('is too wide: everybody in it could name any address as theirs, past bans, limits and allow-lists')
    proxies.add(network.spelling)
  }
  return { ok: true, proxies: [...proxies] }
}
