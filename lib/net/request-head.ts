/**
 * Headers that decide something and have one value. Of several Node takes the first or joins them; a proxy in front may
 * take the last. X-Forwarded-* are not here: each proxy of a row may add its own line, and the last one counts.
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

// Brackets may hold a zone: older clients send the one that was typed.
const HOST = /^(?:\[[0-9A-Fa-f:.]{2,45}(?:%[\w.~-]{1,32})?\]|[A-Za-z0-9._~-]{1,254})(?::\d{0,5})?$/

export const notOneHost = 'the host header is not one host name or address'

export interface RequestHead {
  /** Names and values in turn, as they came. */
  rawHeaders: readonly string[]
  httpVersionMajor: number
  httpVersionMinor: number
  /** The request target as it came. */
  target: string
}

/** Whether a Host header's value is a host with or without a port (RFC 9110, 7.2). */
export const isHostValue = (host: string): boolean => HOST.test(host)

/**
 * Why the head of a request can be read in two ways, or null: a header of one value sent twice, no host or several in
 * HTTP/1.1 (RFC 9112, 3.2), or a target that names another host than Host does (RFC 9112, 3.2.2).
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
  if (host === '' || /[,\s]/.test(host)) return notOneHost
  const authority = /^https?:\/\/([^/?#]*)/i.exec(target)?.[1]
  if (authority !== undefined && authority.toLowerCase() !== host.toLowerCase())
    return 'the request names two hosts, one in its target and one in its host header'
  return null
}
