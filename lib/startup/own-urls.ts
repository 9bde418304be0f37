import type { NetworkInterfaceInfo } from 'node:os'

export interface OwnUrlsOptions {
  /** `http` or `https`. */
  scheme: string
  /** As configured: an address, a name, or 0.0.0.0 or :: for all addresses. */
  host: string
  port: number
  /** As `networkInterfaces()` of node:os. */
  interfaces: Record<string, NetworkInterfaceInfo[] | undefined>
}

const urlOf = (scheme: string, host: string, port: number) =>
  `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`

/**
 * Where a browser finds this daemon. Of a daemon on all addresses: the IPv4 addresses of its interfaces, else the global
 * IPv6 ones, else localhost.
 */
export function ownUrls({ scheme, host, port, interfaces }: OwnUrlsOptions): string[] {
  if (host !== '0.0.0.0' && host !== '::') return [urlOf(scheme, host, port)]
  const outer = Object.values(interfaces).flatMap((each) => (each ?? []).filter(({ internal }) => !internal))
  // An IPv6 address of one link needs the name of an interface, which browsers do not accept.
  const usable = outer.filter(({ family, scopeid }) => family === 'IPv4' || (host === '::' && scopeid === 0))
  const v4 = usable.filter(({ family }) => family === 'IPv4')
  const addresses = (v4.length > 0 ? v4 : usable).map(({ address }) => address)
  return (addresses.length > 0 ? addresses : ['localhost']).map((address) => urlOf(scheme, address, port))
}
