import { parseHost } from '../net/origin.ts'
import { parseBasePath } from '../net/path.ts'

const NAME = 'refresh_token'
/** A browser never replaces a Secure cookie by a plain one of the same name, so plain HTTP uses its own name. */
const PLAIN_NAME = 'refresh_token_http'
const OWN_NAME = /^refresh_token(_http)?(_\d{1,5})?$/
/** 32 random bytes or a 32-byte HMAC, in base64url. */
const TOKEN = /^[\w-]{43}$/
/** Maximum cookies of one name to try: other services on this host name can set one for each path. */
const MAX_OF_A_NAME = 32

export interface CookieOrigin {
  scheme: 'http' | 'https'
  /** Host and port as the browser sees them; a trusted proxy may report them. */
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

/** Cookie names with the port: cookies ignore ports (RFC 6265, 8.5), so two monitors would share one cookie. */
function portNames(origin: CookieOrigin): { secure: string; plain: string } | null {
  const port = portOf(origin)
  return port === null ? null : { secure: `${NAME}_${port}`, plain: `${PLAIN_NAME}_${port}` }
}

/** The path of the refresh cookies under the external prefix. */
export const cookiePath = ({ prefix, basePath = '' }: CookieOrigin): string =>
  `${prefix || (parseBasePath(basePath) ?? '')}/api/auth`

/**
 * All refresh cookies of a Cookie header. Several may have the same name but different paths or domains: another
 * service on the host name may have set them. `parse` reads a single name=value pair.
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

/** The distinct tokens to try, in order: from cookies named with this port, from the HTTPS name, from the plain name. */
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
 * The cookies that give the browser a refresh token; `maxAge` in seconds. Every sent cookie with the replaced token
 * also gets the new token: a page on another port would otherwise send the old token, which counts as stolen. Over
 * HTTPS a plain cookie with the replaced token is removed instead. Other cookies may belong to other sessions and stay.
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

/** Like `revokeLines`, plus the two documented names unless the browser sent them with other tokens. */
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
