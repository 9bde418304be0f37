import type { permissionHints as en } from '../en/permission-hints.ts'

export const permissionHints: typeof en = {
  hints: {
    'system.view': 'Zustand, Auslastung, Speicher, Netzwerk, Hardware, Gäste und Prozesse sehen.',
    'logs.view': 'Die Protokolle des Systems lesen und herunterladen.',
    'security.view': 'Audit-Protokoll, Sperren, HTTPS und Proxys sehen.',
    'security.manage': 'HTTPS, vertrauenswürdige Proxys und Sperren ändern.',
    'health.manage': 'Warnungen quittieren, Schwellenwerte ändern und Selbsttests von Datenträgern starten.',
    'tokens.manage': 'API-Token erstellen und widerrufen. Sie haben nie mehr Berechtigungen als der Benutzer.',
    'users.manage': 'Benutzer erstellen, ändern und löschen, die nicht mehr Berechtigungen haben als dieser.',
    'tenants.manage': 'Die Mandanten dieses Panels erstellen, aussetzen und löschen.',
    'resellers.manage': 'Reseller erstellen, ändern, aussetzen und löschen.',
    'gateway.manage': 'Das Secure Gateway einrichten, ändern und entfernen.',
    'guests.control': 'VMs und Container von Proxmox VE starten, herunterfahren, stoppen und neu starten.',
    'alerts.manage': 'Alarmkanäle einrichten, testen und gesendete Nachrichten lesen.',
    'terminal.open': 'Eine Shell auf diesem Host öffnen, meist als root: volle Kontrolle über den Host.',
    'terminal.watch': 'Terminals anderer Benutzer und deren Aufzeichnungen mitlesen, ohne zu tippen.',
    '*': 'Alles, auch Berechtigungen, die spätere Versionen hinzufügen.'
  },
  typeNote: 'Der Typ ist nur ein Name. Was der Benutzer darf, bestimmen die Berechtigungen.',
  adminNote:
    'Nur der Eigentümer kann Administratoren erstellen und ändern. Was sie dürfen, bestimmen die Berechtigungen.'
}
