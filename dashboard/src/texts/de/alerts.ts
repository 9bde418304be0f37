import type { alerts as en } from '../en/alerts.ts'

export const alerts: typeof en = {
  title: 'Alarmkanäle',
  lead: 'Dieser Host sendet eine Nachricht, wenn sich sein Zustand ändert, und bei Sicherheitsereignissen. Ereignisse innerhalb von 30 Sekunden werden zusammengefasst.',
  needsAccount: 'Schalten Sie zuerst die Anmeldung ein, um Kanäle hinzuzufügen.',
  empty: 'Keine Kanäle',
  emptyText: 'Fügen Sie einen Kanal hinzu, um über Probleme benachrichtigt zu werden.',
  add: 'Kanal hinzufügen',
  added: 'Kanal hinzugefügt. Prüfen Sie ihn mit einer Testnachricht.',
  saved: 'Änderungen gespeichert.',
  removed: 'Kanal gelöscht.',
  name: 'Name',
  type: 'Typ',
  types: {
    smtp: 'E-Mail (SMTP)',
    ntfy: 'ntfy',
    gotify: 'Gotify',
    discord: 'Discord',
    telegram: 'Telegram',
    webhook: 'Webhook'
  },
  destination: 'Ziel',
  state: 'Status',
  states: {
    off: 'Aus',
    failing: 'Schlägt fehl',
    retrying: 'Neuer Versuch',
    working: 'Funktioniert',
    unused: 'Noch keine Nachricht'
  },
  waiting: (count) => (count === 1 ? '1 Nachricht wartet' : `${count} Nachrichten warten`),
  lastSuccess: 'Letzte Zustellung:',
  actionsTitle: 'Aktionen',
  actions: (name) => `Aktionen für ${name}`,
  test: 'Testnachricht senden',
  edit: 'Bearbeiten',
  turnOn: 'Einschalten',
  turnOff: 'Ausschalten',
  turnedOn: 'Kanal eingeschaltet.',
  turnedOff: 'Kanal ausgeschaltet.',
  remove: 'Löschen',
  sure: {
    turnOn: {
      title: (name) => `${name} einschalten?`,
      lead: 'Der Kanal erhält Nachrichten über bestehende Probleme und alle neuen Ereignisse.'
    },
    turnOff: {
      title: (name) => `${name} ausschalten?`,
      lead: 'Der Kanal erhält nichts, bis Sie ihn wieder einschalten. Wartende Nachrichten werden verworfen.'
    },
    remove: {
      title: (name) => `${name} löschen?`,
      lead: 'Seine Geheimnisse werden gelöscht, wartende Nachrichten verworfen. Der Verlauf bleibt.'
    }
  },
  testTitle: (name) => `Test von ${name}`,
  testing: 'Eine Testnachricht wird gesendet. Das dauert bis zu 20 Sekunden.',
  delivered: (status) =>
    status === null ? 'Die Testnachricht wurde zugestellt.' : `Die Testnachricht wurde zugestellt (Status ${status}).`,
  notDelivered: 'Die Testnachricht wurde nicht zugestellt.',
  again: 'Erneut senden',
  close: 'Schließen',
  form: {
    newTitle: 'Kanal hinzufügen',
    editTitle: (name) => `${name} bearbeiten`,
    save: 'Speichern',
    kept: 'Ein Wert ist gespeichert. Leer lassen, um ihn zu behalten.',
    removeToken: 'Gespeichertes Zugriffstoken entfernen',
    url: 'Serveradresse',
    webhookUrl: 'Webhook-Adresse',
    discordHint: 'In Discord: Kanal bearbeiten, Integrationen, Webhooks, Webhook-URL kopieren.',
    topic: 'Topic',
    topicHint:
      'Abonnieren Sie dasselbe Topic in der ntfy-App auf Ihrem Telefon. Auf einem öffentlichen Server kann jeder mitlesen, der das Topic kennt: Wählen Sie eines, das niemand errät.',
    token: 'Zugriffstoken',
    gotifyToken: 'Anwendungstoken',
    botToken: 'Bot-Token',
    botTokenHint:
      'Erstellen Sie einen Bot mit @BotFather. Schreiben Sie ihm dann einmal aus dem Chat, der die Nachrichten erhalten soll.',
    chatId: 'Chat',
    chatIdHint: 'Die ID des Chats oder der @Name eines Kanals.',
    secret: 'Signaturschlüssel',
    secretHint: 'Der Empfänger prüft die Nachrichten damit (Standard Webhooks).',
    generate: 'Erzeugen',
    host: 'Mailserver',
    port: 'Port',
    security: 'Verschlüsselung',
    securities: { starttls: 'STARTTLS', tls: 'TLS', none: 'Keine' },
    username: 'Benutzername',
    password: 'Passwort',
    from: 'Absender',
    to: 'Empfänger',
    toHint: 'Bis zu 10 Adressen, durch Kommas getrennt.',
    rules: 'Was gesendet wird',
    severity: 'Ab Schweregrad',
    severities: { warning: 'Warnung und kritisch', critical: 'Nur kritisch' },
    quiet: 'Ruhezeit',
    quietHint: 'In der Zeitzone des Hosts. Warnungen warten bis zum Ende, kritische Ereignisse werden sofort gesendet.',
    from24: 'Von',
    until24: 'Bis',
    required: 'Füllen Sie dieses Feld aus.',
    kindRequired: 'Wählen Sie mindestens eine Art.'
  },
  kinds: {
    health: 'Zustand wird schlechter oder besser',
    login: 'Anmeldung von einer neuen Adresse',
    lockout: 'Sperre nach fehlgeschlagenen Anmeldungen',
    ban: 'Adresse durch fail2ban gesperrt',
    second_factor: 'Zwei-Faktor-Authentisierung ausgeschaltet (kritisch)',
    token: 'API-Token erstellt',
    change_reverted: 'Änderung rückgängig gemacht'
  },
  history: {
    title: 'Gesendete Nachrichten',
    lead: 'Die letzten 500 Nachrichten aller Kanäle.',
    empty: 'Keine Nachrichten',
    emptyText: 'Hier erscheinen Nachrichten, sobald etwas passiert ist.',
    time: 'Zeit',
    message: 'Nachricht',
    channel: 'Kanal',
    state: 'Status',
    states: { waiting: 'Wartet', delivered: 'Zugestellt', given_up: 'Nicht zugestellt', dropped: 'Verworfen' },
    attempts: (count) => (count === 1 ? '1 Versuch' : `${count} Versuche`),
    status: (status) => `Status ${status}`,
    lines: (count) => `${count} Zeilen`,
    newest: 'Aktualisieren',
    older: 'Ältere Nachrichten',
    end: 'Keine weiteren Nachrichten.'
  }
}
