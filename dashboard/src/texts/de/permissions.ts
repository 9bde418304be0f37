import type { permissions as en } from '../en/permissions.ts'

export const permissions: typeof en = {
  names: {
    'system.view': 'Host ansehen',
    'logs.view': 'Systemprotokolle lesen',
    'security.view': 'Sicherheit ansehen',
    'security.manage': 'Sicherheit verwalten',
    'health.manage': 'Zustandsprüfungen verwalten',
    'tokens.manage': 'Eigene API-Token verwalten',
    'users.manage': 'Benutzer verwalten',
    'tenants.manage': 'Mandanten verwalten',
    'resellers.manage': 'Reseller verwalten',
    'gateway.manage': 'Secure Gateway verwalten',
    'guests.control': 'VMs und Container steuern',
    'alerts.manage': 'Alarme verwalten',
    'terminal.open': 'Terminals öffnen',
    'terminal.watch': 'Terminals mitlesen',
    '*': 'Alle Berechtigungen'
  },
  quoted: (name, id) => `„${name}“ (${id})`
}
