import type { connection as en } from '../en/connection.ts'

export const connection: typeof en = {
  title: 'Verbindung',
  faults: (n) => `${n} Fehler`,
  warnings: (n) => (n === 1 ? '1 Warnung' : `${n} Warnungen`),
  good: 'Keine Probleme gefunden',
  seenAs: (address, isEncrypted) =>
    `Dieser Host sieht Sie als ${address}, über ${isEncrypted ? 'HTTPS' : 'unverschlüsseltes HTTP'}.`,
  way: 'Weg Ihrer Anfragen',
  stations: {
    you: 'Sie',
    taken: 'Ihre Adresse',
    proxy: 'Proxy',
    claimed: 'Von einem Header behauptet',
    invalid: 'Keine Adresse',
    host: 'Dieser Host',
    more: (n) => `${n} weitere`
  },
  youWhy: 'Gilt für Protokolle, Limits und Sperren',
  trusted: (why) => `Vertrauenswürdig. ${why}`,
  empty: '(leer)',
  problems: 'Probleme',
  severities: { error: 'Fehler', warning: 'Warnung', info: 'Hinweis' },
  copyOf: (what) => `Zeile kopieren: ${what}`,
  trust: (address) => `${address} vertrauen`,
  trustHint:
    'Nur wenn der Proxy Ihnen gehört. Die Änderung gilt sofort und wird nach einer Minute rückgängig gemacht, wenn Sie sie nicht bestätigen.',
  ends: 'Was jedes Ende sieht',
  part: 'Teil',
  browser: 'Ihr Browser',
  host: 'Dieser Host',
  scheme: 'Schema',
  hostName: 'Host',
  basePath: 'Basispfad',
  transport: (version, protection) => `Der letzte Abschnitt zu diesem Host: HTTP/${version}, ${protection}.`,
  unencrypted: 'unverschlüsselt',
  webSocket: 'WebSocket',
  trying: 'Wird geprüft',
  tryingText: 'Ein WebSocket wird geöffnet und eine Testnachricht gesendet.',
  works: 'Funktioniert',
  worksText: (ms) => `Eine Testnachricht kam nach ${ms} ms zurück.`,
  fails: 'Fehlgeschlagen',
  handshakeFails:
    'Es ließ sich kein WebSocket öffnen, daher funktionieren Terminal und Live-Werte nicht. Der Proxy vor diesem Host leitet das Upgrade nicht weiter. Nginx braucht diese zwei Zeilen:',
  handshakeForeign:
    'Es ließ sich kein WebSocket öffnen, daher funktionieren Terminal und Live-Werte nicht. Beheben Sie zuerst den Fehler beim Host oben: Dieser Host hält die Seite für die einer anderen Website. Hilft das nicht, leitet der Proxy das Upgrade nicht weiter. Nginx braucht diese zwei Zeilen:',
  echoFails:
    'Ein WebSocket wurde geöffnet, aber die Testnachricht kam nicht zurück: Ein Proxy blockiert sie. Nginx braucht diese zwei Zeilen:',
  notTried: 'Nicht geprüft',
  notTriedText:
    'Ein WebSocket braucht ein Ticket, und nur angemeldete Benutzer erhalten eines. Setzen Sie zuerst ein Passwort.',
  tryAgain: 'Erneut prüfen',
  headers: 'Empfangene Forwarding-Header',
  header: 'Header',
  value: 'Wert',
  noHeaders: 'Keine Forwarding-Header: Vor diesem Host steht kein Proxy, oder er sendet keine.',
  checked: (time) => `Geprüft um ${time}.`,
  again: 'Erneut prüfen'
}
