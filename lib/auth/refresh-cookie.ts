import { parseHost } from '../net/origin.ts'
import { parseBasePath } from '../net/path.ts'

const NAME = 'refresh_token'
/** A browser that holds a Secure cookie of one name refuses a plain one of it, so plain HTTP has a name of its own. */
const PLAIN_NAME = 'refresh_token_http'
const OWN_NAME = /^refresh_token(_http)?(_\d{1,5})?$/
/** 32 random bytes, or an HMAC of as many, in base64url. */
const TOKEN = /^[\w-]{43}$/
/** Cookies of one name that are tried: other services on this host name can set as many as the browser has paths. */
const MAX_OF_A_NAME = 32

export interface CookieOrigin {
  scheme: 'http' | 'https'
  /** Host and port as the browser sees them, by the client address rule. */
  host: string
  /** External prefix that a trusted proxy reported. */
  prefix: string
  /** The page's own base path (X-Base-Path), used where no proxy reported a prefix. */
  basePath: string | undefined
}

export interface RefreshCookie {
  name: string
  token: string
}

/** One Set-Cookie line; `maxAge` in seconds, 0 to remove the cookie. */
export interface CookieLine {
  name: string
  value: string
  maxAge: number
  secure: boolean
}

const isPlain = (name: string): boolean => name.startsWith(PLAIN_NAME)

/** The port in the browser's address bar; null for an unreadable host. */
function portOf({ scheme, host }: CookieOrigin): number | null {
  const parsed = parseHost(host)
  if (parsed === null) return null
  const port = parsed.port === '' ? (scheme === 'https' ? 443 : 80) : Number(parsed.port)
  return port >= 1 && port <= 65_535 ? port : null
}

/** The names with the port in them. Cookies ignore ports (RFC 6265, 8.5): without it, two monitors share one cookie. */
function portNames(origin: CookieOrigin): { secure: string; plain: string } | null {
  const port = portOf(origin)
  return port === null ? null : { secure: `${NAME}_${port}`, plain: `${PLAIN_NAME}_${port}` }
}

/** The path of the refresh cookies under the external prefix. */
export const cookiePath = ({ prefix, basePath = '' }: CookieOrigin): string =>
  `${prefix || (parseBasePath(basePath) ?? '')}/api/auth`

/**
 * Every refresh cookie of a Cookie header, also several of one name: those differ in path or domain, and another service
 * on the host name may have set them. `parse` reads the one cookie of a header's part.
 */
export function listRefreshCookies(
  header: string | undefined,
  parse: (pair: string) => Record<string, string | undefined>
): RefreshCookie[] {
  const parts = (header ?? '').split(';').map((part) => part.trim())
  return parts
    .filter((part) => part.startsWith(NAME))
    .flatMap((part) => Object.entries(parse(part)))
    .filter(([name, token]) => OWN_NAME.test(name) && TOKEN.test(token ?? ''))
    .map(([name, token]) => ({ name, token: token! }))
}

/** The tokens to try, each once: those with this port in their name first, then the HTTPS name before the plain one. */
export function tokensToTry(sent: readonly RefreshCookie[], origin: CookieOrigin): string[] {
  const own = portNames(origin)
  const names = [...(own ? [own.secure, own.plain] : []), NAME, PLAIN_NAME]
  const tokens = names.flatMap((wanted) =>
    sent
      .filter(({ name }) => name === wanted)
      .slice(0, MAX_OF_A_NAME)
      .map(({ token }) => token)
  )
  return [...new Set(tokens)]
}

/**
 * The cookies that give the browser a refresh token. A sent cookie that holds the replaced token gets the new one too:
 * a page of this host on another port would send the old one again, which counts as stolen. Over HTTPS a plain cookie
 * with the replaced token is removed instead; others stay, for they may be another session's.
 */
export function grantLines(
  token: string,
  maxAge: number,
  origin: CookieOrigin,
  sent: readonly RefreshCookie[],
  replaced: string | undefined
): CookieLine[] {
  const secure = origin.scheme === 'https'
  const own = portNames(origin)
  const names = new Set(secure ? [NAME] : [NAME, PLAIN_NAME])
  if (own) names.add(secure ? own.secure : own.plain)
  const stale = sent.filter((cookie) => cookie.token === replaced).map(({ name }) => name)
  for (const name of stale) if (!(secure && isPlain(name))) names.add(name)
  const lines = [...names].map((name) => ({ name, value: token, maxAge, secure }))
  const dropped = [...new Set(stale)].filter((name) => !names.has(name))
  return [...lines, ...dropped.map((name) => ({ name, value: '', maxAge: 0, secure: false }))]
}

/** The lines that remove each sent cookie with one of these tokens. */
export function revokeLines(
  tokens: ReadonlySet<string>,
  origin: CookieOrigin,
  sent: readonly RefreshCookie[]
): CookieLine[] {
  const names = new Set(sent.filter(({ token }) => tokens.has(token)).map(({ name }) => name))
  return [...names].map((name) => removal(name, origin))
}

/** As `revokeLines`, and the two documented names unless they hold another service's token only. */
export function logoutLines(
  tokens: ReadonlySet<string>,
  origin: CookieOrigin,
  sent: readonly RefreshCookie[]
): CookieLine[] {
  const unsent = [NAME, PLAIN_NAME].filter((wanted) => !sent.some(({ name }) => name === wanted))
  return [...unsent.map((name) => removal(name, origin)), ...revokeLines(tokens, origin, sent)]
}

const removal = (name: string, { scheme }: CookieOrigin): CookieLine => ({
  name,
  value: '',
  maxAge: 0,
  secure: scheme === 'https' && !isPlain(name)
})
