import { api } from '../../../api/client.ts'
import type { Reply } from '../../../api/paths.ts'
import { type Scheme, schemeHere } from '../../../session/moved.ts'

export type { Scheme }
export type Ssl = Reply<'/api/ssl/status'>
export type Certificate = NonNullable<Ssl['certificate']>

/** What is to be served: the files of Proxmox, or paths somebody gave. */
export interface Choice {
  source: 'proxmox' | 'custom'
  cert_path: string
  key_path: string
}

export const loadSsl = (signal: AbortSignal) => api.get('/api/ssl/status', { signal })

/** Whether a switch leaves this page behind: a proxy's own HTTPS before this host stays as it is. */
export const leavesThisPage = (to: Scheme, isProxied: boolean): boolean =>
  schemeHere() !== to && !(isProxied && schemeHere() === 'https')
