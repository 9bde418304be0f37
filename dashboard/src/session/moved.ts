import { rememberCookie } from './tabs.ts'

const MARK = 'signed-in'

/**
 * Notes in an address of this dashboard under another scheme that a refresh cookie goes with it: cookies do not keep
 * HTTP and HTTPS apart, but what a page may remember is each scheme's own. It says that one may be there, and no more.
 */
export function markSignedIn(address: URL): void {
  address.searchParams.set(MARK, '')
}

/** Reads the mark and takes it out of the address. Before the session starts. */
export function readMark(): void {
  const address = new URL(location.href)
  if (!address.searchParams.has(MARK)) return
  address.searchParams.delete(MARK)
  history.replaceState(null, '', address)
  rememberCookie(true)
}
