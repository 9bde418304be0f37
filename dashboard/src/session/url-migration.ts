import { mayHaveCookie, rememberCookie } from './tabs.ts'

export type Scheme = 'http' | 'https'

const MARK = 'signed-in'

/**
 * Marks a URL of this dashboard under another scheme: a refresh cookie may exist. HTTP and HTTPS share cookies, but
 * not browser storage, so the page there could not know.
 */
function markLoggedIn(address: URL): void {
  address.searchParams.set(MARK, '')
}

export const schemeHere = (): Scheme => (location.protocol === 'https:' ? 'https' : 'http')

/** The URL of this page under the other scheme. The port stays the same: it serves either HTTP or HTTPS. */
export function addressUnder(scheme: Scheme): URL {
  const address = new URL(location.href)
  const port = address.port || (schemeHere() === 'https' ? '443' : '80')
  address.protocol = scheme
  address.port = port
  // Browsers do not send a Secure cookie over plain HTTP.
  if (scheme === 'https' && mayHaveCookie()) markLoggedIn(address)
  return address
}

/** Reads the mark and removes it from the URL. Call it before the session starts. */
export function readMark(): void {
  const address = new URL(location.href)
  if (!address.searchParams.has(MARK)) return
  address.searchParams.delete(MARK)
  history.replaceState(null, '', address)
  rememberCookie(true)
}
