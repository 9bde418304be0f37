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

/** A change that is in effect. */
export interface Switched {
  scheme: Scheme
  /** Seconds until it is reverted unless it is confirmed. */
  seconds: number
  /** The fingerprint of the new certificate; null without one. */
  fingerprint: string | null
  /** The file of the new certificate on the host; null without one. */
  certPath: string | null
  isSelfSigned: boolean
}
export type OnSwitched = (switched: Switched) => void

export const loadSsl = (signal: AbortSignal) => api.get('/api/ssl/status', { signal })

/**
 * Whether a switch makes this page unreachable: the scheme changes, or the browser may not trust the new certificate.
 * HTTPS that a proxy terminates is not affected.
 */
export const leavesThisPage = ({ scheme, fingerprint }: Switched, isProxied: boolean, before: Ssl | null): boolean => {
  if (isProxied && schemeHere() === 'https') return false
  return schemeHere() !== scheme || (scheme === 'https' && fingerprint !== before?.certificate?.fingerprint_sha256)
}
