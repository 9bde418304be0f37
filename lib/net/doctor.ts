import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { ConnectionReply, Hop } from '../../schemas/security/connection.ts'
import { compileNetworks, parseForwardedElement } from './address.ts'
import { type Client, type ClientInput, MAX_HOPS, resolveClient } from './client.ts'
import { findProblems } from './problems.ts'

/** Scheme, host and base path of the page, as the browser sees them. */
export interface Page {
  scheme: 'http' | 'https'
  origin: string
  host: string
  /** Without trailing slash; empty for the root. */
  prefix: string
}

/** Parses a URL of origin and base path; null for any other text. */
export function parsePage(text: string): Page | null {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || url.username || url.password || url.search || url.hash) return null
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null
  const scheme = url.protocol === 'https:' ? 'https' : 'http'
  return { scheme, origin: url.origin, host: url.host, prefix: url.pathname.replace(/\/$/, '') }
}

/** One request, as it reached the daemon. */
export interface Arrival {
  input: ClientInput
  tls: ConnectionReply['tls']
  httpVersion: string
  /** Null if the client did not send the browser's URL. */
  page: Page | null
  /** MONITOR_TRUSTED_PROXIES. */
  configured: readonly string[]
  /** The trusted proxies of settings.json. */
  added: readonly string[]
  /** The daemon's own port. */
  port: number
}

/** One element of the proxy chain, with the decision about it. */
export interface Step {
  element: string
  address: string | null
  trusted: boolean
}

/** Everything known about a request's path through proxies. */
export interface Findings extends Omit<Arrival, 'input'> {
  headers: ClientInput['headers']
  client: Client
  /** The client if the peer were trusted. Problems that remain then have another cause. */
  clientIfTrusted: Client
  steps: Step[]
  /** The elements left of the steps, from the right. They were not evaluated. */
  ignored: string[]
  /** The walk ended at MAX_HOPS: its last element is trusted, but more follow. */
  reachedLimit: boolean
  ruleOf: (address: string) => TrustRule | null
}

export interface TrustRule {
  source: 'MONITOR_TRUSTED_PROXIES' | 'settings.json'
  network: string
}

const MAX_SHOWN_HOPS = 40
const MAX_SHOWN_HEADER = 512
const MAX_SHOWN_ELEMENT = 64

/** Explains a request's path to this host, with the code that resolves every client, and lists its problems. */
export function examine({ input, ...facts }: Arrival): Omit<ConnectionReply, 'success'> {
  const steps: Step[] = []
  let left = ''
  const client = resolveClient(input, {
    hop: (element, address, trusted) => steps.push({ element: element.trim(), address, trusted }),
    rest: (elements) => {
      left = elements
    }
  })
  const asIfTrusted = (address: string) => address === input.peer || input.isTrusted(address)
  const clientIfTrusted = client.untrustedProxy === null ? client : resolveClient({ ...input, isTrusted: asIfTrusted })
  const findings: Findings = {
    ...facts,
    headers: input.headers,
    client,
    clientIfTrusted,
    steps,
    ignored: left === '' ? [] : left.split(',').reverse(),
    reachedLimit: left !== '' && steps.length > MAX_HOPS && steps.at(-1)!.trusted,
    ruleOf: ruleOf(facts)
  }
  return {
    peer: client.peer,
    forwarded: showHeaders(input.headers),
    hops: listHops(findings),
    client_address: client.address,
    scheme: client.scheme,
    host: client.host.slice(0, MAX_SHOWN_HEADER),
    prefix: client.prefix,
    encrypted: input.encrypted,
    tls: facts.tls,
    http_version: facts.httpVersion,
    websocket: { path: `${client.prefix}/ws/connection` },
    problems: findProblems(findings)
  }
}

/** Protocol and cipher of a TLS socket; null for a plain socket. */
export function describeTls(socket: Socket): ConnectionReply['tls'] {
  if (!('encrypted' in socket)) return null
  const secure = socket as TLSSocket
  return { protocol: secure.getProtocol() ?? '', cipher: secure.getCipher().standardName }
}

/** A function that finds the rule that trusts an address; it returns null if the address is not trusted. */
function ruleOf({ configured, added }: Pick<Arrival, 'configured' | 'added'>): Findings['ruleOf'] {
  const rules: TrustRule[] = [
    ...configured.map((network) => ({ source: 'MONITOR_TRUSTED_PROXIES' as const, network })),
    ...added.map((network) => ({ source: 'settings.json' as const, network }))
  ]
  return (address) => rules.find(({ network }) => compileNetworks([network])(address)) ?? null
}

const cutElement = (text: string): string =>
  text.length > MAX_SHOWN_ELEMENT ? `${text.slice(0, MAX_SHOWN_ELEMENT)}…` : text

function listHops({ steps, ignored, reachedLimit, ruleOf }: Findings): Hop[] {
  const looked = steps.slice(0, MAX_SHOWN_HOPS).map(({ element, address, trusted }): Hop => {
    if (address === null) return { address: cutElement(element), trusted, why: 'not an IP address' }
    const rule = trusted ? ruleOf(address) : null
    return { address, trusted, why: rule ? `${rule.source}: ${rule.network}` : 'not trusted' }
  })
  const why = reachedLimit ? `ignored: more than ${MAX_HOPS} proxies` : 'ignored: not added by a trusted proxy'
  const skipped = ignored
    .slice(0, MAX_SHOWN_HOPS - looked.length)
    .map(
      (element): Hop => ({ address: parseForwardedElement(element) ?? cutElement(element.trim()), trusted: false, why })
    )
  return [...looked, ...skipped]
}

const shownHeaders = [
  'x-forwarded-for',
  'x-real-ip',
  'x-forwarded-proto',
  'x-forwarded-host',
  'x-forwarded-prefix',
  'forwarded',
  'via'
] as const

function showHeaders(headers: ClientInput['headers']): ConnectionReply['forwarded'] {
  const present = shownHeaders.filter((name) => headers[name] !== undefined)
  return Object.fromEntries(present.map((name) => [name, headers[name]!.slice(0, MAX_SHOWN_HEADER)]))
}
