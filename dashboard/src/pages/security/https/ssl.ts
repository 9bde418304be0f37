import { api } from '../../../api/client.ts'
import type { Reply } from '../../../api/paths.ts'
import { hrefOf } from '../../../router.ts'
import { markSignedIn } from '../../../session/moved.ts'

export type Ssl = Reply<'/api/ssl/status'>
export type Certificate = NonNullable<Ssl['certificate']>
export type Scheme = Ssl['protocol']

/** What is to be served: the files of Proxmox, or paths somebody gave. */
export interface Choice {
  source: 'proxmox' | 'custom'
  cert_path: string
  key_path: string
}

export const loadSsl = (signal: AbortSignal) => api.get('/api/ssl/status', { signal })

const schemeHere = (): Scheme => (location.protocol === 'https:' ? 'https' : 'http')

/** Whether a switch leaves this page behind: a proxy's own HTTPS before this host stays as it is. */
export const leavesThisPage = (to: Scheme, isProxied: boolean): boolean =>
  schemeHere() !== to && !(isProxied && schemeHere() === 'https')

/** This page under the other scheme. The port stays: one port speaks the one or the other. */
export function addressUnder(scheme: Scheme): URL {
  const address = new URL(location.href)
  const port = address.port || (schemeHere() === 'https' ? '443' : '80')
  address.protocol = scheme
  address.port = port
  address.hash = hrefOf('security', 'https')
  // A cookie that was set over HTTPS does not go to plain HTTP.
  if (scheme === 'https') markSignedIn(address)
  return address
}
