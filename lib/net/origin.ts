import { isIP } from 'node:net'

interface HostPort {
  name: string
  port: string
}

/**
 * Splits a Host header or an origin's authority; null for what is neither. Brackets of IPv6 are dropped. Names are those
 * browsers send: international ones arrive encoded, and what has a meaning to a shell or in a page is in none.
 */
export function parseHost(text: string): HostPort | null {
  const match = /^(?:\[([0-9A-Fa-f:.]{2,45})\]|([A-Za-z0-9._-]{1,254}))(?::(\d{1,5}))?$/.exec(text)
  if (!match) return null
  return { name: (match[1] ?? match[2]!).toLowerCase().replace(/\.$/, ''), port: match[3] ?? '' }
}

export interface OriginInput {
  origin: string | undefined
  secFetchSite: string | undefined
  /** Host as the client or the proxy gave it. */
  host: string
  /** X-Forwarded-Host from any peer: it is only compared. Each proxy of a row may have added its own. */
  forwardedHost: string | undefined
}

/**
 * True when a browser's request comes from our own page (contract 3). An absent Origin passes, for only browsers send
 * one; Sec-Fetch-Site decides where it is sent, for the browser computed it before any proxy renamed the host.
 * The port counts only where both sides give one: proxies drop it.
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

/** Whether a text is an origin as browsers send it: no path, no default port, lower case. */
export const isOrigin = (text: string): boolean =>
  /^https?:\/\//.test(text) && URL.canParse(text) && new URL(text).origin === text

export interface HostRule {
  ownNames: readonly string[]
  allowedHosts: readonly string[]
}

/**
 * The answer to DNS rebinding: a page on evil.example that re-points its own name at this machine still
 * sends `Host: evil.example`. An IP address, localhost, our own names and configured ones pass.
 */
export function isKnownHost(host: string, { ownNames, allowedHosts }: HostRule): boolean {
  const parsed = parseHost(host)
  if (!parsed) return false
  const { name } = parsed
  if (isIP(name) !== 0 || name === 'localhost' || name.endsWith('.localhost')) return true
  return ownNames.includes(name) || allowedHosts.includes(name)
}
