import { account } from './security/account.ts'
import { audit } from './security/audit.ts'
import { host } from './security/host.ts'
import { people } from './security/people.ts'
import { tokens } from './security/tokens.ts'

export const security = {
  title: 'Security',
  tabsLabel: 'Parts of security',
  actions: 'Actions',
  tabs: {
    account: 'Account',
    tokens: 'API tokens',
    sessions: 'Sessions',
    users: 'Users',
    https: 'HTTPS',
    fail2ban: 'Fail2ban',
    audit: 'Audit log',
    connection: 'Connection'
  },
  openTitle: 'There is no account yet',
  openText:
    'Nobody has set a password on this host, so there is nobody these could belong to. Set one first: the button is at the top of this page.',
  disabledTitle: 'Protection is switched off',
  disabledText:
    'auth.json on this host says that nobody is asked to log in. Switch it on again at the top of this page.',
  readOnly: 'You may look at this, but not change it: your account lacks the permission security.manage.',
  noAccount: 'Without an account this can be seen, but not changed. Set a password first.',
  proof: {
    password: 'Your password',
    current: 'Current password',
    code: 'Two-factor code',
    codeHint: 'Six digits of your authenticator app, or a backup code.'
  },
  pending: {
    settings: {
      tls: 'HTTPS was changed.',
      trusted_proxies: 'The trusted proxies were changed.',
      allowed_ips: 'Your allowed networks were changed.'
    } as Readonly<Record<string, string>>,
    other: 'A setting was changed.',
    text: 'You are connected under the new setting. Keep it, or it is taken back in',
    keep: 'Keep it',
    back: 'Take it back',
    kept: 'The change is kept.',
    expired: 'Nobody kept the change, so it was taken back.',
    takenBack: 'The change was taken back.',
    tooLate: 'The change waits no longer: it was kept elsewhere, or taken back.'
  },
  account,
  tokens,
  ...people,
  ...host,
  audit
}
