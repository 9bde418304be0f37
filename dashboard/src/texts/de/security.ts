import type { security as en } from '../en/security.ts'
import { account } from './security/account.ts'
import { audit } from './security/audit.ts'
import { host } from './security/host.ts'
import { people } from './security/people.ts'
import { resellers } from './security/resellers.ts'
import { tokens } from './security/tokens.ts'

export const security: typeof en = {
  title: 'Sicherheit',
  tabsLabel: 'Bereiche der Sicherheit',
  actions: 'Aktionen',
  tabs: {
    account: 'Konto',
    tokens: 'API-Token',
    sessions: 'Sitzungen',
    users: 'Benutzer',
    tenants: 'Mandanten',
    https: 'HTTPS',
    gateway: 'Secure Gateway',
    fail2ban: 'Fail2ban',
    audit: 'Audit-Protokoll',
    connection: 'Verbindung'
  },
  openTitle: 'Noch kein Konto vorhanden',
  openText:
    'Auf diesem Host ist kein Passwort gesetzt, daher sind diese Einstellungen nicht verfügbar. Setzen Sie ein Passwort mit der Schaltfläche oben auf dieser Seite.',
  disabledTitle: 'Die Anmeldung ist ausgeschaltet',
  disabledText:
    'Die Anmeldung ist in auth.json auf diesem Host ausgeschaltet. Schalten Sie sie mit der Schaltfläche oben auf dieser Seite ein.',
  readOnly:
    'Nur lesen: Ihrem Konto fehlt die Berechtigung „Sicherheit verwalten“ (security.manage). Bitten Sie einen Administrator darum.',
  noAccount: 'Nur lesen: Es gibt noch kein Konto. Setzen Sie ein Passwort, um etwas zu ändern.',
  credentials: {
    password: 'Ihr Passwort',
    current: 'Aktuelles Passwort',
    code: '2FA-Code',
    codeHint: 'Sechs Ziffern aus Ihrer Authenticator-App oder ein Backup-Code.'
  },
  pending: {
    settings: {
      tls: 'Die HTTPS-Einstellungen wurden geändert.',
      trusted_proxies: 'Die vertrauenswürdigen Proxys wurden geändert.',
      allowed_ips: 'Ihre erlaubten Netze wurden geändert.'
    },
    other: 'Eine Einstellung wurde geändert.',
    text: 'Sie sind mit der neuen Einstellung verbunden. Ohne Bestätigung wird sie rückgängig gemacht. Verbleibende Zeit:',
    confirm: 'Änderung bestätigen',
    revert: 'Rückgängig machen',
    confirmed: 'Änderung bestätigt.',
    expired: 'Die Änderung wurde nicht rechtzeitig bestätigt und rückgängig gemacht.',
    reverted: 'Änderung rückgängig gemacht.',
    tooLate: 'Keine Änderung steht aus. Sie wurde schon bestätigt oder rückgängig gemacht.'
  },
  account,
  tokens,
  ...people,
  resellers,
  ...host,
  audit
}
