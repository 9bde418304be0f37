import { isIP } from 'node:net'

interface HostPort {
  name: string
  port: string
}

/**
 * Parses a Host header or an origin's authority; null if it is invalid. IPv6 brackets are dropped. Names are limited to
 * the characters that browsers send (international names arrive encoded), which are safe in a shell and in HTML.
 */
export function parseHost(text: string): HostPort | null {
  const match = /^(?:\[([0-9A-Fa-f:.]{2,45})\]|([A-Za-z0-9._-]{1,254}))(?::(\d{1,5}))?$/.exec(text)
  if (!match) return null
  return { name: (match[1] ?? match[2]!).toLowerCase().replace(/\.$/, ''), port: match[3] ?? '' }
}

export interface OriginInput {
  origin: string | undefined
  secFetchSite: string | undefined
  /** Host from the client or the proxy. */
  host: string
  /** X-Forwarded-Host of any peer, since it is only compared. Each proxy of a chain can add a value. */
  forwardedHost: string | undefined
}

/**
 * True if a browser's request comes from our own page (contract 3). A request without Origin passes, since every
 * browser sends it. Sec-Fetch-Site decides if present: the browser computes it before a proxy changes the host. Ports
 * are compared only if both sides have one, since proxies drop them.
 */
export function isSameOrigin({ origin, secFetchSite, host, forwardedHost }: OriginInput): boolean {
  if (origin === undefined) return true
  if (secFetchSite !== undefined) return secFetchSite === 'same-origin' || secFetchSite === 'none'
  const from = parseHost(/^https?:\/\/(.+)$/.exec(origin)?.[1] ?? '')
  if (!from) return false
  return [host, ...(forwardedHost?.split(',') ?? [])].some((text) => {
    const to = parseHost(text.trim())
    if (!to || to.name !== from.name) return false
    return to.port === '' || from.port === '' || to.port === from.port
  })
}

/** True if a text is an origin as browsers send it: lower case, without path or default port. */
export const isOrigin = (text: string): boolean =>
  /^https?:\/\//.test(text) && URL.canParse(text) && new URL(text).origin === text

export interface HostRule {
  ownNames: readonly string[]
  allowedHosts: readonly string[]
}

/**
 * Protects against DNS rebinding: a page on evil.example that points its name at this host still sends
 * `Host: evil.example`. IP addresses, localhost, this host's names and configured names pass.
 */
export function isKnownHost(host: string, { ownNames, allowedHosts }: HostRule): boolean {
  const parsed = parseHost(host)
  if (!parsed) return false
  const { name } = parsed
  if (isIP(name) !== 0 || name === 'localhost' || name.endsWith('.localhost')) return true
  return ownNames.includes(name) || allowedHosts.includes(name)
}
