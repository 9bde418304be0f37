import type { settings as en } from '../en/settings.ts'

export const settings: typeof en = {
  tabsLabel: 'Bereiche der Einstellungen',
  language: {
    title: 'Sprache',
    lead: 'In diesem Browser gespeichert. Die Seite wird neu geladen. Das Handbuch und die Meldungen des Dienstes sind auf Englisch.'
  },
  units: {
    title: 'Einheiten',
    lead: 'In diesem Browser gespeichert. Sie gelten für alle Zahlen des Dashboards. Die Meldungen des Dienstes behalten ihre Einheiten.',
    bytes: 'Größen',
    bytesChoices: { binary: 'KiB, MiB, GiB (1024)', decimal: 'kB, MB, GB (1000)' },
    temperature: 'Temperaturen',
    temperatureChoices: { celsius: '°C', fahrenheit: '°F' },
    clock: 'Uhrzeiten',
    clockChoices: { auto: 'Wie im Browser', '12': '12 Stunden', '24': '24 Stunden' },
    example: (text) => `Beispiel: ${text}`
  },
  thresholds: {
    title: 'Schwellenwerte',
    lead: 'Eine Prüfung meldet eine Warnung oder wird kritisch, sobald ihr Wert die Schwelle erreicht.',
    readOnly:
      'Um Schwellenwerte zu ändern, braucht ein Konto die Berechtigung „Zustandsprüfungen verwalten“ (health.manage).',
    gauges: {
      cpu: 'CPU-Auslastung',
      iowait: 'I/O-Wartezeit',
      memory: 'Arbeitsspeicher',
      swap: 'Swap',
      temperature: 'CPU-Temperatur',
      filesystem: 'Dateisysteme',
      disk_temperature: 'Datenträgertemperatur',
      network_errors: 'Netzwerkfehler',
      certificate: 'HTTPS-Zertifikat, Tage bis zum Ablauf'
    },
    levels: { warning: 'Warnung', critical: 'Kritisch' },
    warning: (unit) => `Warnung (${unit})`,
    critical: (unit) => `Kritisch (${unit})`,
    range: (low, high, standard) => `${low} bis ${high}. Vorgabe: ${standard}`,
    same: (text) => `Das sind ${text}.`,
    notNumber: 'Geben Sie eine Zahl ein.',
    changedMeanwhile: (value) =>
      `Inzwischen in ${value} geändert, in einem anderen Tab oder von einem anderen Benutzer.`,
    save: 'Schwellenwerte speichern',
    saved: 'Schwellenwerte gespeichert.',
    discard: 'Änderungen verwerfen',
    unsaved: (count) =>
      count === 1 ? '1 Wert ist noch nicht gespeichert.' : `${count} Werte sind noch nicht gespeichert.`,
    customised: 'Geändert',
    reset: 'Alle zurücksetzen…',
    resetTitle: 'Alle Schwellenwerte zurücksetzen?',
    resetLead: 'Jeder Schwellenwert erhält wieder seine Vorgabe.',
    resetVerb: 'Zurücksetzen',
    wasReset: 'Alle Schwellenwerte zurückgesetzt.',
    gauge: 'Prüfung'
  },
  variables: {
    hint: 'Nur Umgebungsvariablen setzen diese Werte. Um einen zu ändern, bearbeiten Sie die Datei und starten den Dienst neu:',
    file: '/etc/proxmenux/monitor.env',
    panelFile: '/etc/proxmenux/panel.env',
    restart: 'systemctl restart proxmenux-monitor',
    empty: 'nicht gesetzt',
    hosts: 'Hostnamen und Origins',
    hostsLead: 'Dieser Host antwortet unter IP-Adressen, localhost, seinem eigenen Namen und diesen Namen.',
    recordings: 'Aufzeichnungen',
    recordingsLead: 'Die Ausgabe von Terminals kann aufgezeichnet werden, die Eingabe nicht.',
    toRecordings: 'Aufzeichnungen anzeigen',
    terminals: 'Terminals',
    all: 'Umgebungsvariablen',
    allLead: 'Die Umgebung, mit der dieser Dienst gestartet wurde. Variablen mit Geheimnissen werden nicht angezeigt.',
    default: 'Vorgabe:',
    changed: 'Geändert',
    search: 'Suche',
    searchHint: 'Name oder Beschreibung',
    noMatch: 'Keine passenden Variablen'
  }
}
