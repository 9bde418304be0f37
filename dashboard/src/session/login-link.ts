const NAME = '#sign-in='

/**
 * The secret of a login link, taken out of the address, so that neither the history nor a bookmark keeps it. Null if the
 * address has none.
 */
export function takeLoginLink(): string | null {
  const address = new URL(location.href)
  const { hash } = address
  if (!hash.startsWith(NAME)) return null
  address.hash = ''
  history.replaceState(null, '', address)
  return hash.slice(NAME.length)
}
