import { parseForwardedElement } from './address.ts'
import { parseHost } from './origin.ts'
import { parseBasePath } from './path.ts'

/** What the edge knows of one request's sender. */
export interface Client {
  /** The one address that audit, lockout, limits, allow-lists and bans use. */
  address: string
  /** The socket's other end. */
  peer: string
  scheme: 'http' | 'https'
  /** Host as the client named it, port included where it gave one; as it came where no proxy told it. */
  host: string
  /** External path prefix a trusted proxy stripped, without trailing slash; empty for none. */
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
  /** Node joins what comes several times with commas. */
  headers: Readonly<Record<string, string | undefined>>
  isTrusted: (address: string) => boolean
}

/** Is told each step of the decision while it is made: what the doctor says of it is what was done. */
export interface ClientTrace {
  /** One element of the chain, from the peer outwards; its address is null where it is none. */
  hop(element: string, address: string | null, trusted: boolean): void
  /** What stands left of the last hop and was not looked at. */
  rest(elements: string): void
}

/** Trusted proxies in a row; more are a loop, or somebody's game. */
export const MAX_HOPS = 32

const lastOf = (list: string): string => list.slice(list.lastIndexOf(',') + 1).trim()

/** The scheme an X-Forwarded-Proto header tells; null where it tells none. */
export function readScheme(header: string): 'http' | 'https' | null {
  const scheme = lastOf(header).toLowerCase()
  if (scheme === 'https' || scheme === 'wss') return 'https'
  return scheme === 'http' || scheme === 'ws' ? 'http' : null
}

/** The host an X-Forwarded-Host header tells; null where it tells none. */
export function readHost(header: string): string | null {
  const host = lastOf(header)
  return parseHost(host) === null ? null : host
}

/** The base path an X-Forwarded-Prefix header tells; null where it tells none. */
export const readPrefix = (header: string): string | null => parseBasePath(lastOf(header))

/**
 * Decides who is calling (contract 9): the right-most address of X-Forwarded-For that is not a trusted proxy, and only
 * when the peer itself is trusted. Each hop vouches for the address it appended, so the walk stops at the first
 * element that is no address: whatever stands left of it was vouched for by nobody.
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

// From the end, element by element: a header of ten thousand costs no more than the hops that are looked at.
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
