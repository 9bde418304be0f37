import type { StatusReply } from '../../schemas/auth/login.ts'
import type { AuthMode } from '../storage/stores/auth.ts'
import type { Principal } from './authenticate.ts'

export interface StatusInput {
  mode: AuthMode
  principal: Principal | null
  setupCode: string
  untrustedProxy: string | null
}

/** What the first page a visitor sees needs to know, and nothing about the account to who has not logged in. */
export function describeStatus({ mode, principal, setupCode, untrustedProxy }: StatusInput): StatusReply {
  const configured = mode !== 'unconfigured'
  const known = principal !== null && principal.kind !== 'anonymous'
  return {
    success: true,
    // A file that cannot be read lets nobody in, so to a visitor it is a closed door like any other.
    auth_enabled: mode === 'enabled' || mode === 'unreadable',
    auth_configured: configured,
    configured,
    declined: mode === 'declined',
    authenticated: known,
    username: known ? (principal.account?.username ?? null) : null,
    totp_enabled: known && principal.account?.totpSecret != null,
    setup_code_required: (mode === 'unconfigured' || mode === 'declined') && setupCode !== '',
    untrusted_proxy: configured ? null : untrustedProxy
  }
}
