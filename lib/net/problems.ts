import type { Problem } from '../../schemas/security/connection.ts'
import { compileNetworks } from './address.ts'
import { MAX_HOPS, readHost, readPrefix, readScheme } from './client.ts'
import type { Findings } from './doctor.ts'
import { isSameOrigin, parseHost } from './origin.ts'
import { parseBasePath } from './path.ts'

type Found = Problem | Problem[] | null
type Check = (findings: Findings) => Found

// Header fixes are nginx directives: Caddy and Traefik set these headers by default.
const SET_FORWARDED_FOR = 'proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;'
const REPLACE_FORWARDED_FOR = 'proxy_set_header X-Forwarded-For $remote_addr;'
const SET_FORWARDED_PROTO = 'proxy_set_header X-Forwarded-Proto $scheme;'
const KEEP_FORWARDED_PROTO = 'proxy_set_header X-Forwarded-Proto $http_x_forwarded_proto;'
const SET_FORWARDED_HOST = 'proxy_set_header X-Forwarded-Host $http_host;'

const ENVIRONMENT_FILE = '/etc/proxmenux/monitor.env'
const RESTART = 'systemctl restart proxmenux-monitor'

const error = (code: string, message: string, fix: string): Problem => ({ code, severity: 'error', message, fix })
const warning = (code: string, message: string, fix: string): Problem => ({ code, severity: 'warning', message, fix })
const info = (code: string, message: string, fix: string | null): Problem => ({ code, severity: 'info', message, fix })

const quote = (text: string): string => JSON.stringify(text.length > 64 ? `${text.slice(0, 64)}…` : text)
const isIn = (...networks: string[]) => compileNetworks(networks)
// 100.64.0.0/10 is shared address space of carriers (RFC 6598), also used by VPNs.
const isPrivate = (address: string) => isIn('loopback', 'linklocal', 'uniquelocal', '100.64.0.0/10')(address)
const isLocal = (address: string) => isIn('loopback')(address)
const trustLine = (proxies: readonly string[]) => `MONITOR_TRUSTED_PROXIES=${[...new Set(proxies)].join()}`

const proxyNotTrusted: Check = ({ client: { untrustedProxy: peer }, configured }) =>
  peer === null
    ? null
    : error(
        'PROXY_NOT_TRUSTED',
        `A proxy at ${peer} forwards to this host but is not trusted. Its forwarding headers are ignored, and all its visitors count as one client. If it is your proxy, add this line to ${ENVIRONMENT_FILE} and run: ${RESTART}`,
        trustLine([...configured, peer])
      )

const hopNotTrusted: Check = ({ client: { address, forwarded }, steps, ignored, configured }) => {
  if (!forwarded || ignored.length === 0 || steps.at(-1)!.address !== address || steps.at(-1)!.trusted) return null
  const message = `${address} counts as the client, although it forwarded another address. If it is not your proxy, the client sent a forged header, which was ignored. If it is, add this line to ${ENVIRONMENT_FILE} and run: ${RESTART}`
  const finding = isPrivate(address) ? warning : info
  return finding('HOP_NOT_TRUSTED', message, trustLine([...configured, address]))
}

const missingAddress: Check = ({ page, client, clientIfTrusted, headers }) => {
  if (headers['x-forwarded-for'] !== undefined || headers['x-real-ip'] !== undefined) return null
  if (headers.forwarded !== undefined)
    return error(
      'FORWARDED_ONLY',
      'The proxy sends the client address only in the Forwarded header (RFC 7239), which this host does not read. All its visitors count as one client. Make the proxy send X-Forwarded-For.',
      SET_FORWARDED_FOR
    )
  // Only a proxy can have terminated TLS.
  const isSilent = page?.scheme === 'https' && client.scheme === 'http'
  if (!clientIfTrusted.forwarded && !isSilent) return null
  return error(
    'NO_FORWARDED_FOR',
    `The proxy at ${clientIfTrusted.peer} does not send the client address. All its visitors share one address, so a ban or lockout affects all of them. Make the proxy send X-Forwarded-For.`,
    SET_FORWARDED_FOR
  )
}

const invalidAddress: Check = ({ client, headers, steps }) => {
  const broken = steps.find(({ address }) => address === null)
  if (!broken) return null
  const header = headers['x-forwarded-for'] === undefined ? 'X-Real-IP' : 'X-Forwarded-For'
  return error(
    'BROKEN_FORWARDED_FOR',
    `${header} has ${quote(broken.element)} instead of an IP address. ${client.address}, the last valid address, counts as the client. Make the proxy send the client address.`,
    header === 'X-Real-IP' ? 'proxy_set_header X-Real-IP $remote_addr;' : REPLACE_FORWARDED_FOR
  )
}

const manyHops: Check = ({ steps, ignored, reachedLimit }) => {
  const count = steps.length - 1 + ignored.length
  if (count <= MAX_HOPS) return null
  return reachedLimit
    ? warning(
        'MANY_HOPS',
        `X-Forwarded-For has ${count} addresses, and the last ${MAX_HOPS} are trusted proxies. The other addresses were ignored. Check whether a proxy forwards to itself.`,
        REPLACE_FORWARDED_FOR
      )
    : info(
        'MANY_HOPS',
        `X-Forwarded-For has ${count} addresses. Only the addresses that trusted proxies added were read. Make the outermost proxy replace the header.`,
        REPLACE_FORWARDED_FOR
      )
}

const clientIsTrusted: Check = (findings) => {
  const { client, steps, ignored, configured, added, ruleOf } = findings
  if (ignored.length > 0 || !steps.every(({ trusted }) => trusted) || missingAddress(findings) !== null) return null
  if (isLocal(client.address))
    return info(
      'CLIENT_IS_LOCAL',
      'Your connection appears to come from this host itself. That is correct if your browser runs on it or uses a tunnel. Otherwise a proxy in front of the daemon hides the client address: make it send X-Forwarded-For.',
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
    `Your address ${client.address} is trusted as a proxy. Every host in ${network} can claim any client address and so bypass bans, limits and allow-lists. Trust only the proxies, each by its own address.`,
    source === 'settings.json' ? `"trusted_proxies": ${JSON.stringify([...new Set(list)])}` : trustLine(list)
  )
}

const schemeMismatch: Check = ({ page, clientIfTrusted, headers }) => {
  if (page === null || page.scheme === clientIfTrusted.scheme) return null
  if (page.scheme === 'http')
    return error(
      'SCHEME_MISMATCH',
      'The browser uses plain HTTP, but this host sees HTTPS. The browser drops the Secure cookie, so sessions cannot be refreshed. Make the proxy send the real scheme.',
      SET_FORWARDED_PROTO
    )
  return error(
    'SCHEME_MISMATCH',
    'The browser uses HTTPS, but this host sees plain HTTP. The cookie is not marked Secure, and HSTS is not sent. Make the proxy send the real scheme.',
    headers['x-forwarded-proto'] === undefined ? SET_FORWARDED_PROTO : KEEP_FORWARDED_PROTO
  )
}

const hostMismatch: Check = ({ page, clientIfTrusted }) => {
  if (page === null) return null
  const { origin } = page
  if (isSameOrigin({ origin, secFetchSite: undefined, host: clientIfTrusted.host, forwardedHost: undefined }))
    return null
  return warning(
    'HOST_MISMATCH',
    `The browser requests ${page.host}, but this host receives ${quote(clientIfTrusted.host)}. WebSockets and session refreshes of browsers without Sec-Fetch-Site are rejected. Make the proxy send the original host.`,
    SET_FORWARDED_HOST
  )
}

const prefixMismatch: Check = ({ page, clientIfTrusted, port }) => {
  if (page === null || page.prefix === clientIfTrusted.prefix) return null
  if (page.prefix !== '' && parseBasePath(page.prefix) === null)
    return warning(
      'BASE_PATH_UNUSABLE',
      `The base path ${quote(page.prefix)} is not supported, so sessions cannot be refreshed. Use at most 8 path segments of letters, digits and . _ ~ -`,
      `location /monitor/ { proxy_pass http://127.0.0.1:${port}/; }`
    )
  if (clientIfTrusted.prefix === '')
    return info(
      'PREFIX_MISMATCH',
      `The page is under ${page.prefix}, but the proxy does not send this base path. The dashboard works, since it sends the path itself. Other programs get a cookie for /api/auth. Make the proxy send the base path.`,
      `proxy_set_header X-Forwarded-Prefix ${page.prefix};`
    )
  return warning(
    'PREFIX_MISMATCH',
    `The page is under ${page.prefix || '/'}, but the proxy sends the base path ${clientIfTrusted.prefix}. The cookie gets that path, so sessions cannot be refreshed. Make the proxy send the real path.`,
    `proxy_set_header X-Forwarded-Prefix ${page.prefix || '""'};`
  )
}

const plainHttp: Check = ({ page, clientIfTrusted, port }) => {
  if (clientIfTrusted.scheme === 'https' || page?.scheme === 'https' || isPrivate(clientIfTrusted.address)) return null
  const name = parseHost(clientIfTrusted.host)?.name ?? ''
  return error(
    'PLAIN_HTTP',
    `You use plain HTTP from the public address ${clientIfTrusted.address}. Passwords and tokens can be read on the network. Put an HTTPS proxy in front, or enable HTTPS on the Security page.`,
    `caddy reverse-proxy --from ${/[a-z]/.test(name) && !name.includes(':') ? name : 'monitor.example.com'} --to 127.0.0.1:${port}`
  )
}

const forwardingHeaders: Record<string, { name: string; read: (text: string) => string | null; fix: string }> = {
  'x-forwarded-proto': { name: 'X-Forwarded-Proto', read: readScheme, fix: SET_FORWARDED_PROTO },
  'x-forwarded-host': { name: 'X-Forwarded-Host', read: readHost, fix: SET_FORWARDED_HOST },
  'x-forwarded-prefix': {
    name: 'X-Forwarded-Prefix',
    read: readPrefix,
    fix: 'proxy_set_header X-Forwarded-Prefix /monitor;'
  }
}

const invalidHeader: Check = ({ clientIfTrusted, headers }) =>
  Object.entries(forwardingHeaders).flatMap(([header, { name, read, fix }]) => {
    const value = headers[header]
    if (!clientIfTrusted.forwarded || value === undefined || value === '/' || read(value) !== null) return []
    return warning('BROKEN_HEADER', `${name} has the invalid value ${quote(value)} and was ignored.`, fix)
  })

const duplicateHeader: Check = ({ clientIfTrusted, headers }) => {
  if (!clientIfTrusted.forwarded) return null
  const singleValueHeaders = {
    ...forwardingHeaders,
    'x-real-ip': { name: 'X-Real-IP', fix: 'proxy_set_header X-Real-IP $remote_addr;' }
  }
  return Object.entries(singleValueHeaders).flatMap(([header, { name, fix }]) => {
    const values = headers[header]?.split(',') ?? []
    if (values.length < 2 || (header === 'x-real-ip' && headers['x-forwarded-for'] !== undefined)) return []
    const last = quote(values.at(-1)!.trim())
    return warning('DUPLICATE_HEADER', `${name} has ${values.length} values; the last one is used: ${last}.`, fix)
  })
}

const outdatedHttp: Check = ({ httpVersion }) =>
  httpVersion === '1.0'
    ? warning(
        'OLD_HTTP_VERSION',
        'The proxy uses HTTP/1.0, so WebSockets do not work. Make it use HTTP/1.1.',
        'proxy_http_version 1.1;'
      )
    : null

const checks: readonly Check[] = [
  proxyNotTrusted,
  missingAddress,
  invalidAddress,
  schemeMismatch,
  plainHttp,
  hostMismatch,
  prefixMismatch,
  hopNotTrusted,
  clientIsTrusted,
  invalidHeader,
  duplicateHeader,
  outdatedHttp,
  manyHops
]
const ranks = { error: 0, warning: 1, info: 2 }

/** The problems of a request's path to this host, sorted by severity, the worst first. */
export const findProblems = (findings: Findings): Problem[] =>
  checks.flatMap((check) => check(findings) ?? []).sort((a, b) => ranks[a.severity] - ranks[b.severity])
