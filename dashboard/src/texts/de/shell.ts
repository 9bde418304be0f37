import type { shell as en } from '../en/shell.ts'

export const shell: typeof en = {
  product: 'ProxMenux Monitor',
  nav: {
    label: 'Seiten',
    overview: 'Übersicht',
    guests: 'Gäste',
    hardware: 'Hardware',
    storage: 'Speicher',
    network: 'Netzwerk',
    processes: 'Prozesse',
    logs: 'Protokolle',
    settings: 'Einstellungen',
    more: 'Mehr',
    connection: 'Verbindungstest',
    reference: 'API-Referenz',
    guide: 'Handbuch (englisch)',
    skip: 'Zum Inhalt springen'
  },
  shell: {
    account: (name) => `Konto von ${name}`,
    loggedInAs: 'Angemeldet als',
    logOut: 'Abmelden',
    noAccount: 'Kein Passwort gesetzt',
    menu: 'Menü',
    setPassword: 'Passwort setzen',
    openDeclined: 'Dieser Host hat kein Passwort. Wer diese Adresse erreicht, hat vollen Zugriff.',
    openDisabled: 'Die Anmeldung ist in auth.json ausgeschaltet. Wer diese Adresse erreicht, hat vollen Zugriff.',
    protect: 'Passwort setzen',
    switchOn: 'Anmeldung einschalten',
    health: { healthy: 'In Ordnung', warning: 'Warnung', critical: 'Kritisch', unknown: 'Zustand unbekannt' },
    offline: 'Keine Verbindung',
    healthDetails: ', alle Prüfungen anzeigen',
    switchHost: 'Host wechseln'
  },
  settingsTabs: {
    display: 'Anzeige',
    health: 'Schwellenwerte',
    alerts: 'Alarme',
    access: 'Zugriff',
    terminal: 'Terminal',
    environment: 'Umgebung'
  },
  palette: {
    open: 'Seiten und Aktionen suchen',
    title: 'Wechseln zu',
    placeholder: 'Seite, Gast oder Aktion',
    pages: 'Seiten',
    actions: 'Aktionen',
    nothing: 'Keine Treffer.'
  },
  theme: { label: 'Design', system: 'System', light: 'Hell', dark: 'Dunkel' },
  language: {
    label: 'Sprache',
    system: 'System',
    names: { en: 'English', de: 'Deutsch' }
  },
  pages: {
    notFound: 'Seite nicht gefunden',
    notFoundText: 'Die Adresse enthält einen Tippfehler oder gehört zu einer anderen Version.',
    toOverview: 'Zur Übersicht',
    toAccount: 'Zu Ihrem Konto',
    forbidden: 'Zugriff verweigert',
    forbiddenText: (permission) =>
      `Für diese Seite fehlt Ihrem Konto die Berechtigung ${permission}. Bitten Sie einen Administrator darum.`,
    or: ' oder ',
    needsAccount: 'Noch kein Konto vorhanden',
    needsAccountText: 'Diese Seite setzt ein Konto voraus. Setzen Sie zuerst ein Passwort.',
    broken: 'Die Seite konnte nicht geladen werden',
    brokenText: 'Die Verbindung ist abgebrochen, oder eine neue Version wurde installiert. Laden Sie die Seite neu.',
    reload: 'Neu laden'
  }
}
