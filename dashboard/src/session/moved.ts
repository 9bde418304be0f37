import { mayHaveCookie, rememberCookie } from './tabs.ts'

export type Scheme = 'http' | 'https'

const MARK = 'signed-in'

/**
 * Notes in an address of this dashboard under another scheme that a refresh cookie goes with it: cookies do not keep
 * HTTP and HTTPS apart, but what a page may remember is each scheme's own. It says that one may be there, and no more.
 */
function markSignedIn(address: URL): void {
  address.searchParams.set(MARK, '')
}

export const schemeHere = (): Scheme => (location.protocol === 'https:' ? 'https' : 'http')

/** This page under the other scheme. The port stays: one port speaks the one or the other. */
export function addressUnder(scheme: Scheme): URL {
  const address = new URL(location.href)
  const port = address.port || (schemeHere() === 'https' ? '443' : '80')
  address.protocol = scheme
  address.port = port
  // A cookie that was set over HTTPS does not go to plain HTTP.
  if (scheme === 'https' && mayHaveCookie()) markSignedIn(address)
  return address
}

/** Reads the mark and takes it out of the address. Before the session starts. */
export function readMark(): void {
  const address = new URL(location.href)
  if (!address.searchParams.has(MARK)) return
  address.searchParams.delete(MARK)
  history.replaceState(null, '', address)
  rememberCookie(true)
}
