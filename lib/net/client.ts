import { parseForwardedElement } from './address.ts'

/** What the edge knows of one request's sender. */
export interface Client {
  /** The one address that audit, lockout, limits, allow-lists and bans use. */
  address: string
  /** The socket's other end. */
  peer: string
  scheme: 'http' | 'https'
  /** Host as the client named it, port included where it gave one. */
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

const MAX_HOPS = 32
const PREFIX = /^(?:\/[A-Za-z0-9._~-]+){1,8}\/?$/

const lastOf = (list: string): string => list.slice(list.lastIndexOf(',') + 1).trim()

/**
 * Decides who is calling (contract 9): the right-most address of X-Forwarded-For that is not a trusted proxy, and only
 * when the peer itself is trusted. Each hop vouches for the address it appended, so the walk stops at the first
 * element that is no address: whatever stands left of it was vouched for by nobody.
 */
export function resolveClient({ peer, encrypted, headers, isTrusted }: ClientInput): Client {
  const direct: Client = {
    address: peer,
    peer,
    scheme: encrypted ? 'https' : 'http',
    host: headers.host ?? '',
    prefix: '',
    forwarded: false,
    untrustedProxy: null
  }
  const forwardedFor = headers['x-forwarded-for']
  const realIp = headers['x-real-ip']
  const proto = headers['x-forwarded-proto']
  const forwardedHost = headers['x-forwarded-host']
  if (forwardedFor === undefined && realIp === undefined && proto === undefined && forwardedHost === undefined) {
    return direct
  }
  if (!isTrusted(peer)) return { ...direct, untrustedProxy: peer }

  const scheme = proto === undefined ? direct.scheme : lastOf(proto).toLowerCase()
  const prefix = headers['x-forwarded-prefix'] ?? ''
  return {
    address: forwardedFor === undefined ? realAddress(realIp, peer) : walk(forwardedFor, peer, isTrusted),
    peer,
    scheme: scheme === 'https' || scheme === 'wss' ? 'https' : 'http',
    host: forwardedHost === undefined ? direct.host : lastOf(forwardedHost),
    prefix: PREFIX.test(prefix) ? prefix.replace(/\/$/, '') : '',
    forwarded: true,
    untrustedProxy: null
  }
}

const realAddress = (realIp: string | undefined, peer: string): string =>
  (realIp === undefined ? null : parseForwardedElement(lastOf(realIp))) ?? peer

function walk(forwardedFor: string, peer: string, isTrusted: (address: string) => boolean): string {
  let nearest = peer
  const hops = forwardedFor.split(',')
  for (let i = hops.length - 1; i >= 0 && hops.length - i <= MAX_HOPS; i--) {
    const address = parseForwardedElement(hops[i]!)
    if (address === null) return nearest
    nearest = address
    if (!isTrusted(address)) return address
  }
  return nearest
}
