import { parseForwardedElement } from './address.ts'
import { parseHost } from './origin.ts'
import { parseBasePath } from './path.ts'

/** The resolved sender of one request. */
export interface Client {
  /** The client address for audit, lockout, limits, allow-lists and bans. */
  address: string
  /** The socket's other end. */
  peer: string
  scheme: 'http' | 'https'
  /** Host from the client's request, with its port if given: X-Forwarded-Host of a trusted proxy, else Host. */
  host: string
  /** External path prefix that a trusted proxy stripped, without trailing slash; empty without a prefix. */
  prefix: string
  /** True when a trusted proxy's forwarding headers were used. */
  forwarded: boolean
  /** The peer, when it sent forwarding headers without being trusted. */
  untrustedProxy: string | null
}

export interface ClientInput {
  /** The socket's other end, normalised. */
  peer: string
  encrypted: boolean
  /** Node joins repeated headers with commas. */
  headers: Readonly<Record<string, string | undefined>>
  isTrusted: (address: string) => boolean
}

/** Receives each step of the decision, so that the doctor reports what was actually decided. */
export interface ClientTrace {
  /** One element of the chain, from the peer outwards; its address is null if the element is invalid. */
  hop(element: string, address: string | null, trusted: boolean): void
  /** The elements left of the last hop. They were not evaluated. */
  rest(elements: string): void
}

/** Maximum number of trusted proxies in a chain; more are a loop or an attack. */
export const MAX_HOPS = 32

const lastOf = (list: string): string => list.slice(list.lastIndexOf(',') + 1).trim()

/** The scheme in an X-Forwarded-Proto header; null if it is invalid. */
export function readScheme(header: string): 'http' | 'https' | null {
  const scheme = lastOf(header).toLowerCase()
  if (scheme === 'https' || scheme === 'wss') return 'https'
  return scheme === 'http' || scheme === 'ws' ? 'http' : null
}

/** The host in an X-Forwarded-Host header; null if it is invalid. */
export function readHost(header: string): string | null {
  const host = lastOf(header)
  return parseHost(host) === null ? null : host
}

/** The base path in an X-Forwarded-Prefix header; null if it is invalid. */
export const readPrefix = (header: string): string | null => parseBasePath(lastOf(header))

/**
 * Resolves the client (contract 9): the right-most address of X-Forwarded-For that is not a trusted proxy, and only if
 * the peer itself is trusted. Each hop vouches for the address it appended, so the walk stops at the first invalid
 * element: elements left of it cannot be trusted.
 */
export function resolveClient({ peer, encrypted, headers, isTrusted }: ClientInput, trace?: ClientTrace): Client {
  const direct: Client = {
    address: peer,
    peer,
    scheme: encrypted ? 'https' : 'http',
    host: headers.host ?? '',
    prefix: '',
    forwarded: false,
    untrustedProxy: null
  }
  trace?.hop(peer, peer, isTrusted(peer))
  const forwardedFor = headers['x-forwarded-for']
  const realIp = headers['x-real-ip']
  const proto = headers['x-forwarded-proto']
  const forwardedHost = headers['x-forwarded-host']
  if (forwardedFor === undefined && realIp === undefined && proto === undefined && forwardedHost === undefined) {
    return direct
  }
  const chain = forwardedFor ?? (realIp === undefined ? undefined : lastOf(realIp))
  if (!isTrusted(peer)) {
    if (chain !== undefined) trace?.rest(chain)
    return { ...direct, untrustedProxy: peer }
  }
  return {
    address: chain === undefined ? peer : walk(chain, peer, isTrusted, trace),
    peer,
    scheme: (proto === undefined ? null : readScheme(proto)) ?? direct.scheme,
    host: (forwardedHost === undefined ? null : readHost(forwardedHost)) ?? direct.host,
    prefix: readPrefix(headers['x-forwarded-prefix'] ?? '') ?? '',
    forwarded: true,
    untrustedProxy: null
  }
}

// From the end, element by element: the cost of a header with ten thousand elements is bounded by MAX_HOPS.
function walk(chain: string, peer: string, isTrusted: ClientInput['isTrusted'], trace?: ClientTrace): string {
  let nearest = peer
  let end = chain.length
  for (let hops = 0; hops < MAX_HOPS && end >= 0; hops++) {
    const comma = end === 0 ? -1 : chain.lastIndexOf(',', end - 1)
    const element = chain.slice(comma + 1, end)
    end = comma
    const address = parseForwardedElement(element)
    const trusted = address !== null && isTrusted(address)
    trace?.hop(element, address, trusted)
    if (address !== null) nearest = address
    if (!trusted) break
  }
  if (end >= 0) trace?.rest(chain.slice(0, end))
  return nearest
}
