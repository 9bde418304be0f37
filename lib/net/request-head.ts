/**
 * Security-relevant headers that must occur once. Node uses the first of several or joins them; a proxy may use the
 * last.
 * X-Forwarded-* are not included: each proxy can add its own line, and the last one counts.
 */
const SINGULAR = new Set([
  'host',
  'authorization',
  'content-type',
  'origin',
  'sec-fetch-site',
  'sec-websocket-key',
  'x-base-path'
])

// Older clients send an IPv6 zone inside the brackets.
const HOST = /^(?:\[[0-9A-Fa-f:.]{2,45}(?:%[\w.~-]{1,32})?\]|[A-Za-z0-9._~-]{1,254})(?::\d{0,5})?$/

export const invalidHost = 'the host header must be a single host name or address'

export interface RequestHead {
  /** Names and values alternating, unchanged. */
  rawHeaders: readonly string[]
  httpVersionMajor: number
  httpVersionMinor: number
  /** The unchanged request target. */
  target: string
}

/** True if a Host header is a host with an optional port (RFC 9110, 7.2). */
export const isHostValue = (host: string): boolean => HOST.test(host)

/**
 * Why a request head is ambiguous, or null: a repeated single-value header, not exactly one Host in HTTP/1.1 (RFC 9112,
 * 3.2), or a target whose host differs from Host (RFC 9112, 3.2.2).
 */
export function faultOfHead({ rawHeaders, httpVersionMajor, httpVersionMinor, target }: RequestHead): string | null {
  const seen = new Set<string>()
  let host: string | undefined
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!.toLowerCase()
    if (!SINGULAR.has(name)) continue
    if (seen.has(name)) return `the request has more than one ${name} header`
    seen.add(name)
    if (name === 'host') host = rawHeaders[i + 1]!.trim()
  }
  const isOld = httpVersionMajor < 1 || (httpVersionMajor === 1 && httpVersionMinor === 0)
  if (host === undefined) return isOld ? null : 'the request has no host header'
  if (host === '' || /[,\s]/.test(host)) return invalidHost
  const authority = /^https?:\/\/([^/?#]*)/i.exec(target)?.[1]
  if (authority !== undefined && authority.toLowerCase() !== host.toLowerCase())
    return 'the host in the request target differs from the host header'
  return null
}
