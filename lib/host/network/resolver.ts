import { isIP } from 'node:net'
import type { Measurement } from '../measurement.ts'

/** The host's resolver. `domain` completes short names. */
export interface Resolver {
  dnsServers: string[]
  domain: string | null
}

const DOMAIN = /^[\w-]+(\.[\w-]+)*$/
const MAX_BYTES = 65_536
const MAX_SERVERS = 16

/** Parses resolv.conf (resolv.conf(5)): the last of `domain` and `search` counts, and of `search` its first name. */
export function parseResolver(text: string): Resolver {
  const dnsServers: string[] = []
  let domain: string | null = null
  for (const line of text.slice(0, MAX_BYTES).split('\n')) {
    const [keyword, value = ''] = line.trim().split(/\s+/)
    if (keyword === 'nameserver' && isIP(value) && dnsServers.length < MAX_SERVERS) dnsServers.push(value)
    if (keyword !== 'domain' && keyword !== 'search') continue
    const name = value.replace(/\.$/, '')
    domain = name.length <= 253 && DOMAIN.test(name) ? name : null
  }
  return { dnsServers, domain }
}

export const describeResolver = ({ value, reason }: Measurement<Resolver>) => {
  const { dnsServers = [], domain = null } = value ?? {}
  const reasons: Record<string, string> = {}
  if (domain === null) reasons.domain = reason ?? '/etc/resolv.conf names no domain'
  if (dnsServers.length === 0) reasons.dns_servers = reason ?? '/etc/resolv.conf names no DNS server'
  return { domain, dns_servers: dnsServers, reasons }
}
