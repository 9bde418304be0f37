import type { StatusReply } from '../../schemas/auth/login.ts'
import type { AuthMode } from '../storage/stores/auth.ts'
import type { Account } from './accounts.ts'
import type { Principal } from './authenticate.ts'

export interface StatusInput {
  mode: AuthMode
  principal: Principal | null
  /** The account of a live refresh cookie: the Monitor's login page asks for a code by `totp_enabled`. */
  cookieHolder: Account | null
  /** The first launch asks for a code. */
  hasSetupCode: boolean
  untrustedProxy: string | null
  panel: StatusReply['panel']
}

/** The data for the first page. A caller without a session learns nothing about the account. */
export function describeStatus(input: StatusInput): StatusReply {
  const { mode, principal, cookieHolder, hasSetupCode, untrustedProxy, panel } = input
  const configured = mode !== 'unconfigured'
  const known = principal !== null && principal.kind !== 'anonymous'
  const account = known ? principal.account : mode === 'unreadable' ? null : cookieHolder
  return {
    success: true,
    // While auth.json cannot be read, all requests are refused; a visitor sees the ordinary login.
    auth_enabled: mode === 'enabled' || mode === 'unreadable',
    auth_configured: configured,
    configured,
    declined: mode === 'declined',
    authenticated: known,
    username: known ? (principal.account?.username ?? null) : null,
    totp_enabled: account?.totpSecret != null,
    setup_code_required: (mode === 'unconfigured' || mode === 'declined') && hasSetupCode,
    untrusted_proxy: configured ? null : untrustedProxy,
    panel
  }
}
