const NAME = '#sign-in='

/**
 * The secret of a login link, taken out of the address, so that neither the history nor a bookmark keeps it. Null if the
 * address has none.
 */
export function takeLoginLink(): string | null {
  const { hash, pathname, search } = location
  if (!hash.startsWith(NAME)) return null
  history.replaceState(null, '', pathname + search)
  return hash.slice(NAME.length)
}
