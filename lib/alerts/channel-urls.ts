/** Where the services with a fixed address are; tests have their own. */
export interface FixedHosts {
  discord: string
  telegram: string
}
export const fixedHosts: FixedHosts = { discord: 'https://discord.com', telegram: 'https://api.telegram.org' }

/** A path below a server's address, which can itself have a path. */
export function childUrl(base: string, path: string): URL {
  const url = new URL(base)
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${path}`
  return url
}

/** The path of a stored address on the service's own host. */
export const onFixedHost = (stored: string, base: string): URL => new URL(new URL(stored).pathname, base)

/** Parses an HTTP address without credentials and fragment; a fault as text. */
export function parseHttpUrl(text: string): URL | string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return 'must be an http:// or https:// address'
  if (url.username !== '' || url.password !== '') return 'must not contain a user name or password'
  if (url.hash !== '') return 'must not contain a fragment (#)'
  return url
}
