import { api } from '../../../api/client.ts'
import type { Reply } from '../../../api/paths.ts'
import { type Scheme, schemeHere } from '../../../session/url-migration.ts'

export type { Scheme }
export type Ssl = Reply<'/api/ssl/status'>
export type Certificate = NonNullable<Ssl['certificate']>

/** The certificate to use: the Proxmox files or custom paths. */
export interface Choice {
  source: 'proxmox' | 'custom'
  cert_path: string
  key_path: string
}

export const loadSsl = (signal: AbortSignal) => api.get('/api/ssl/status', { signal })

/** Whether a switch makes this page unreachable. HTTPS that a proxy terminates is not affected. */
export const leavesThisPage = (to: Scheme, isProxied: boolean): boolean =>
  schemeHere() !== to && !(isProxied && schemeHere() === 'https')
