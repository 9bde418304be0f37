import type { Problem } from '../../schemas/security/connection.ts'
import { compileNetworks } from './address.ts'
import { MAX_HOPS, readHost, readPrefix, readScheme } from './client.ts'
import type { Findings } from './findings.ts'
import { isSameOrigin, parseHost } from './origin.ts'
import { parseBasePath } from './path.ts'

type Found = Problem | Problem[] | null
type Check = (findings: Findings) => Found

// The lines are Nginx's where a proxy is to say more: Caddy and Traefik say it by themselves.
const SAY_ADDRESS = 'proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;'
const SAY_ONLY_ADDRESS = 'proxy_set_header X-Forwarded-For $remote_addr;'
const SAY_SCHEME = 'proxy_set_header X-Forwarded-Proto $scheme;'
const PASS_SCHEME_ON = 'proxy_set_header X-Forwarded-Proto $http_x_forwarded_proto;'
const SAY_HOST = 'proxy_set_header X-Forwarded-Host $http_host;'

const error = (code: string, message: string, fix: string): Problem => ({ code, severity: 'error', message, fix })
const warning = (code: string, message: string, fix: string): Problem => ({ code, severity: 'warning', message, fix })
const info = (code: string, message: string, fix: string | null): Problem => ({ code, severity: 'info', message, fix })

const quote = (text: string): string => JSON.stringify(text.length > 64 ? `${text.slice(0, 64)}…` : text)
const isIn = (...networks: string[]) => compileNetworks(networks)
// Carriers' own, which VPNs use too (RFC 6598).
const isPrivate = (address: string) => isIn('loopback', 'linklocal', 'uniquelocal', '100.64.0.0/10')(address)
const isLocal = (address: string) => isIn('loopback')(address)
const trustLine = (proxies: readonly string[]) => `MONITOR_TRUSTED_PROXIES=${[...new Set(proxies)].join()}`

const proxyNotTrusted: Check = ({ client: { untrustedProxy: peer }, configured }) =>
  peer === null
    ? null
    : error(
        'PROXY_NOT_TRUSTED',
        `A proxy at ${peer} forwards to this host but is not trusted. What it says is ignored, and all who come through it count as one visitor.`,
        trustLine([...configured, peer])
      )

const hopNotTrusted: Check = ({ client: { address, forwarded }, steps, rest, configured }) => {
  if (!forwarded || rest.length === 0 || steps.at(-1)!.address !== address || steps.at(-1)!.trusted) return null
  const message = `${address} counts as the visitor, though it named another before it. If it is a proxy of yours, trust it. If not, somebody made that up, and it was rightly not believed.`
  const tell = isPrivate(address) ? warning : info
  return tell('HOP_NOT_TRUSTED', message, trustLine([...configured, address]))
}

const noAddress: Check = ({ page, client, settled, headers }) => {
  if (headers['x-forwarded-for'] !== undefined || headers['x-real-ip'] !== undefined) return null
  if (headers.forwarded !== undefined)
    return error(
      'FORWARDED_ONLY',
      'Only the header Forwarded (RFC 7239) says who is calling, and that one is not read here: X-Forwarded-For is.',
      SAY_ADDRESS
    )
  // Nobody else can have taken the encryption off.
  const isSilent = page?.scheme === 'https' && client.scheme === 'http'
  if (!settled.forwarded && !isSilent) return null
  return error(
    'NO_FORWARDED_FOR',
    `The proxy at ${settled.peer} does not say who is calling. All who come through it share its address, so one ban or lockout is everybody’s.`,
    SAY_ADDRESS
  )
}

const brokenAddress: Check = ({ client, headers, steps }) => {
  const broken = steps.find(({ address }) => address === null)
  if (!broken) return null
  const header = headers['x-forwarded-for'] === undefined ? 'X-Real-IP' : 'X-Forwarded-For'
  return error(
    'BROKEN_FORWARDED_FOR',
    `${header} has ${quote(broken.element)} where an address should be. So ${client.address}, the last one that can be believed, counts as the visitor.`,
    header === 'X-Real-IP' ? 'proxy_set_header X-Real-IP $remote_addr;' : SAY_ONLY_ADDRESS
  )
}

const manyHops: Check = ({ steps, rest, reachedLimit }) => {
  const count = steps.length - 1 + rest.length
  if (count <= MAX_HOPS) return null
  return reachedLimit
    ? warning(
        'MANY_HOPS',
        `X-Forwarded-For names ${count} addresses, and the last ${MAX_HOPS} are trusted proxies. The others were not looked at. Does a proxy call itself?`,
        SAY_ONLY_ADDRESS
      )
    : info(
        'MANY_HOPS',
        `X-Forwarded-For names ${count} addresses; only what trusted proxies vouch for was looked at.`,
        SAY_ONLY_ADDRESS
      )
}

const clientIsTrusted: Check = (findings) => {
  const { client, steps, rest, configured, added, ruleOf } = findings
  if (rest.length > 0 || !steps.every(({ trusted }) => trusted) || noAddress(findings) !== null) return null
  if (isLocal(client.address))
    return info(
      'CLIENT_IS_LOCAL',
      'You seem to come from this host itself. That is right if your browser runs on it or comes through a tunnel. If not, something in front of this daemon hides who is calling.',
      null
    )
  const rule = ruleOf(client.address)
  if (rule === null) return null
  const { source, network } = rule
  const kept = [...configured, ...added].filter((other) => other !== network)
  const proxies = steps.slice(0, -1).map(({ address }) => address!)
  const list = (source === 'settings.json' ? added : configured).filter((other) => other !== network)
  list.push(...proxies.filter((address) => !isIn(...kept)(address)))
  return warning(
    'CLIENT_IS_TRUSTED',
    `${client.address}, from where you come, counts as a proxy itself. Whoever sits in ${network} can name any address as theirs, past bans, limits and allow-lists. Trust the proxies alone, each by its address.`,
    source === 'settings.json' ? `"trusted_proxies": ${JSON.stringify([...new Set(list)])}` : trustLine(list)
  )
}

const schemeMismatch: Check = ({ page, settled, headers }) => {
  if (page === null || page.scheme === settled.scheme) return null
  if (page.scheme === 'http')
    return error(
      'SCHEME_MISMATCH',
      'The browser sees plain HTTP, this host takes it for HTTPS: the browser drops the cookie, and no session can be refreshed.',
      SAY_SCHEME
    )
  return error(
    'SCHEME_MISMATCH',
    'The browser sees HTTPS, this host takes it for plain HTTP: the cookie is sent without Secure, and HSTS never.',
    headers['x-forwarded-proto'] === undefined ? SAY_SCHEME : PASS_SCHEME_ON
  )
}

const hostMismatch: Check = ({ page, settled }) => {
  if (page === null) return null
  const { origin } = page
  if (isSameOrigin({ origin, secFetchSite: undefined, host: settled.host, forwardedHost: undefined })) return null
  return warning(
    'HOST_MISMATCH',
    `The browser asks for ${page.host}, this host is asked for ${quote(settled.host)}. Where a browser does not say that a request is its own site’s, WebSockets and refreshing are refused.`,
    SAY_HOST
  )
}

const prefixMismatch: Check = ({ page, settled, port }) => {
  if (page === null || page.prefix === settled.prefix) return null
  if (page.prefix !== '' && parseBasePath(page.prefix) === null)
    return warning(
      'BASE_PATH_UNUSABLE',
      `The base path ${quote(page.prefix)} takes no cookie: up to 8 parts of letters, digits and . _ ~ - do. No session can be refreshed.`,
      `location /monitor/ { proxy_pass http://127.0.0.1:${port}/; }`
    )
  if (settled.prefix === '')
    return info(
      'PREFIX_MISMATCH',
      `The page is under ${page.prefix}, and no proxy says so. The pages work all the same, for they say it themselves; a program that logs in is given a cookie for /api/auth.`,
      `proxy_set_header X-Forwarded-Prefix ${page.prefix};`
    )
  return warning(
    'PREFIX_MISMATCH',
    `The page is under ${page.prefix || '/'}, but a proxy says ${settled.prefix}: the cookie gets that path, and no session can be refreshed.`,
    `proxy_set_header X-Forwarded-Prefix ${page.prefix || '""'};`
  )
}

const plainHttp: Check = ({ page, settled, port }) => {
  if (settled.scheme === 'https' || page?.scheme === 'https' || isPrivate(settled.address)) return null
  const name = parseHost(settled.host)?.name ?? ''
  return error(
    'PLAIN_HTTP',
    `You come over plain HTTP from ${settled.address}, from outside: whoever is on the way reads passwords and tokens.`,
    `caddy reverse-proxy --from ${/[a-z]/.test(name) && !name.includes(':') ? name : 'monitor.example.com'} --to 127.0.0.1:${port}`
  )
}

const told: Record<string, { name: string; read: (text: string) => string | null; fix: string }> = {
  'x-forwarded-proto': { name: 'X-Forwarded-Proto', read: readScheme, fix: SAY_SCHEME },
  'x-forwarded-host': { name: 'X-Forwarded-Host', read: readHost, fix: SAY_HOST },
  'x-forwarded-prefix': {
    name: 'X-Forwarded-Prefix',
    read: readPrefix,
    fix: 'proxy_set_header X-Forwarded-Prefix /monitor;'
  }
}

const unreadable: Check = ({ settled, headers }) =>
  Object.entries(told).flatMap(([header, { name, read, fix }]) => {
    const value = headers[header]
    if (!settled.forwarded || value === undefined || value === '/' || read(value) !== null) return []
    return warning('BROKEN_HEADER', `${name} holds ${quote(value)}, which is none; it was not believed.`, fix)
  })

const duplicated: Check = ({ settled, headers }) => {
  if (!settled.forwarded) return null
  const headersOfOne = { ...told, 'x-real-ip': { name: 'X-Real-IP', fix: 'proxy_set_header X-Real-IP $remote_addr;' } }
  return Object.entries(headersOfOne).flatMap(([header, { name, fix }]) => {
    const values = headers[header]?.split(',') ?? []
    if (values.length < 2 || (header === 'x-real-ip' && headers['x-forwarded-for'] !== undefined)) return []
    const last = quote(values.at(-1)!.trim())
    return warning('DUPLICATE_HEADER', `${name} came ${values.length} times; the last one counts: ${last}.`, fix)
  })
}

const oldHttp: Check = ({ httpVersion }) =>
  httpVersion === '1.0'
    ? warning(
        'OLD_HTTP_VERSION',
        'HTTP/1.0 is spoken to this host, and WebSockets need 1.1.',
        'proxy_http_version 1.1;'
      )
    : null

const checks: readonly Check[] = [
  proxyNotTrusted,
  noAddress,
  brokenAddress,
  schemeMismatch,
  plainHttp,
  hostMismatch,
  prefixMismatch,
  hopNotTrusted,
  clientIsTrusted,
  unreadable,
  duplicated,
  oldHttp,
  manyHops
]
const ranks = { error: 0, warning: 1, info: 2 }

/** What is wrong with the way a request came here, the worst first. */
export const findProblems = (findings: Findings): Problem[] =>
  checks.flatMap((check) => check(findings) ?? []).sort((a, b) => ranks[a.severity] - ranks[b.severity])
