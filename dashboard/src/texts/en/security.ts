import { account } from './security/account.ts'
import { audit } from './security/audit.ts'
import { host } from './security/host.ts'
import { people } from './security/people.ts'
import { resellers } from './security/resellers.ts'
import { tokens } from './security/tokens.ts'

export const security = {
  title: 'Security',
  tabsLabel: 'Security sections',
  actions: 'Actions',
  tabs: {
    account: 'Account',
    tokens: 'API tokens',
    sessions: 'Sessions',
    users: 'Users',
    tenants: 'Tenants',
    https: 'HTTPS',
    gateway: 'Secure Gateway',
    fail2ban: 'Fail2ban',
    audit: 'Audit log',
    connection: 'Connection'
  },
  openTitle: 'No account exists yet',
  openText:
    'No password is set on this host, so these settings are not available. Set a password with the button at the top of this page.',
  disabledTitle: 'Authentication is disabled',
  disabledText:
    'Authentication is disabled in auth.json on this host. Enable it with the button at the top of this page.',
  readOnly:
    'Read-only: your account lacks the permission “Manage security” (security.manage). Ask an administrator to grant it.',
  noAccount: 'Read-only: no account exists yet. Set a password to make changes.',
  credentials: {
    password: 'Your password',
    current: 'Current password',
    code: 'Two-factor code',
    codeHint: 'Six digits from your authenticator app, or a backup code.'
  },
  pending: {
    settings: {
      tls: 'The HTTPS settings were changed.',
      trusted_proxies: 'The trusted proxies were changed.',
      allowed_ips: 'Your allowed networks were changed.'
    },
    other: 'A setting was changed.',
    text: 'You are connected with the new setting. It reverts unless you confirm it. Time left:',
    confirm: 'Confirm change',
    revert: 'Revert now',
    confirmed: 'Change confirmed.',
    expired: 'The change was not confirmed in time and reverted.',
    reverted: 'Change reverted.',
    tooLate: 'No change is pending. It was already confirmed or reverted.'
  },
  account,
  tokens,
  ...people,
  resellers,
  ...host,
  audit
}
