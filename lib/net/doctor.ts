import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { ConnectionReply, Hop } from '../../schemas/security/connection.ts'
import { compileNetworks, parseForwardedElement } from './address.ts'
import { type ClientInput, MAX_HOPS, resolveClient } from './client.ts'
import type { Arrival, Findings, Page, Step, TrustRule } from './findings.ts'
import { findProblems } from './problems.ts'

/** The page at a URL that is an origin and a base path; null for any other text. */
export function parsePage(text: string): Page | null {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || url.username || url.password || url.search || url.hash) return null
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null
  const scheme = url.protocol === 'https:' ? 'https' : 'http'
  return { scheme, origin: url.origin, host: url.host, prefix: url.pathname.replace(/\/$/, '') }
}

const SHOWN_HOPS = 40
const SHOWN_HEADER = 512
const SHOWN_ELEMENT = 64

/** How a request came here, by the code that decides it, and what is wrong with that. */
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
  const settled = client.untrustedProxy === null ? client : resolveClient({ ...input, isTrusted: asIfTrusted })
  const findings: Findings = {
    ...facts,
    headers: input.headers,
    client,
    settled,
    steps,
    rest: left === '' ? [] : left.split(',').reverse(),
    reachedLimit: left !== '' && steps.length > MAX_HOPS && steps.at(-1)!.trusted,
    ruleOf: ruleOf(facts)
  }
  return {
    peer: client.peer,
    forwarded: showHeaders(input.headers),
    hops: listHops(findings),
    client_address: client.address,
    scheme: client.scheme,
    host: client.host.slice(0, SHOWN_HEADER),
    prefix: client.prefix,
    encrypted: input.encrypted,
    tls: facts.tls,
    http_version: facts.httpVersion,
    websocket: { path: `${client.prefix}/ws/connection` },
    problems: findProblems(findings)
  }
}

/** What a TLS socket agreed on; null for any other. */
export function describeTls(socket: Socket): ConnectionReply['tls'] {
  if (!('encrypted' in socket)) return null
  const secure = socket as TLSSocket
  return { protocol: secure.getProtocol() ?? '', cipher: secure.getCipher().standardName }
}

/** Finds the rule that trusts an address. */
function ruleOf({ configured, added }: Pick<Arrival, 'configured' | 'added'>): Findings['ruleOf'] {
  const rules: TrustRule[] = [
    ...configured.map((network) => ({ source: 'MONITOR_TRUSTED_PROXIES' as const, network })),
    ...added.map((network) => ({ source: 'settings.json' as const, network }))
  ]
  return (address) => rules.find(({ network }) => compileNetworks([network])(address)) ?? null
}

const cutElement = (text: string): string => (text.length > SHOWN_ELEMENT ? `${text.slice(0, SHOWN_ELEMENT)}…` : text)

function listHops({ steps, rest, reachedLimit, ruleOf }: Findings): Hop[] {
  const looked = steps.slice(0, SHOWN_HOPS).map(({ element, address, trusted }): Hop => {
    if (address === null) return { address: cutElement(element), trusted, why: 'no address' }
    const rule = trusted ? ruleOf(address) : null
    return { address, trusted, why: rule ? `${rule.source}: ${rule.network}` : 'not trusted' }
  })
  const why = reachedLimit ? `not looked at: more than ${MAX_HOPS} proxies` : 'not looked at: vouched for by nobody'
  const unlooked = rest
    .slice(0, SHOWN_HOPS - looked.length)
    .map(
      (element): Hop => ({ address: parseForwardedElement(element) ?? cutElement(element.trim()), trusted: false, why })
    )
  return [...looked, ...unlooked]
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
  return Object.fromEntries(present.map((name) => [name, headers[name]!.slice(0, SHOWN_HEADER)]))
}
