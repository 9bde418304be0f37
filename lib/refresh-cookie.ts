import { parseCookie, stringifySetCookie } from 'cookie'
import { parseBasePath } from './net/path.ts'

export const NAME = 'refresh_token'
/** A browser that holds a Secure cookie of one name refuses a plain one of it, so plain HTTP has a name of its own. */
export const PLAIN_NAME = 'refresh_token_http'

export interface CookieOrigin {
  scheme: 'http' | 'https'
  /** External prefix told by a trusted proxy. */
  prefix: string
  /** What the page says its base path is (X-Base-Path), where no proxy told. */
  basePath: string | undefined
}

const pathOf = ({ prefix, basePath = '' }: CookieOrigin): string =>
  `${prefix || (parseBasePath(basePath) ?? '')}/api/auth`

/**
 * Set-Cookie lines that give the browser a refresh token, or take it away where `token` is null. `maxAge` in seconds.
 * Over HTTPS the plain cookie stays, for it may be another session's; unless `dropPlain` says that it is the token
 * which has just been replaced: sent again over plain HTTP, it would pass for stolen.
 */
export function writeRefreshCookies(
  token: string | null,
  maxAge: number,
  origin: CookieOrigin,
  dropPlain = false
): string[] {
  const secure = origin.scheme === 'https'
  const attributes = {
    value: token ?? '',
    httpOnly: true,
    sameSite: 'lax',
    path: pathOf(origin),
    maxAge: token === null ? 0 : maxAge
  } as const
  const lines = [stringifySetCookie({ name: NAME, ...attributes, secure })]
  if (!secure) lines.push(stringifySetCookie({ name: PLAIN_NAME, ...attributes }))
  else if (dropPlain || token === null)
    lines.push(stringifySetCookie({ name: PLAIN_NAME, ...attributes, value: '', maxAge: 0 }))
  return lines
}

/** The refresh tokens a Cookie header carries, the plain one last. */
export function readRefreshCookies(header: string | undefined): string[] {
  if (header === undefined) return []
  const cookies = parseCookie(header)
  return [cookies[NAME], cookies[PLAIN_NAME]].filter((token) => token !== undefined && token !== '') as string[]
}

export const readPlainCookie = (header: string | undefined): string | undefined =>
  header === undefined ? undefined : parseCookie(header)[PLAIN_NAME]
