import type { tokens as en } from '../../en/security/tokens.ts'

export const tokens: typeof en = {
  title: 'API-Token',
  lead: 'Für Apps wie Homepage, Home Assistant, Grafana oder Ihre eigenen Skripte. Erstellen Sie für jede App ein eigenes Token.',
  create: 'Neues Token',
  empty: 'Noch keine API-Token',
  emptyText:
    'Mit einem API-Token nutzt eine App die API ohne Ihr Passwort. Sie können seine Gültigkeit und seine Netze begrenzen.',
  name: 'Name',
  scope: 'Umfang',
  scopes: { read_only: 'Nur lesen', full_admin: 'Voller Zugriff' },
  scopeHints: {
    read_only: 'Liest Messwerte des Hosts. Kann nichts ändern.',
    full_admin: 'Alle Ihre Berechtigungen außer Terminals, Passwörtern und Benutzern.'
  },
  removedUser: 'gelöschter Benutzer',
  created: 'Erstellt',
  expires: 'Läuft ab',
  lastUsed: 'Zuletzt verwendet',
  never: 'Nie',
  onlyFrom: 'Nur von',
  ends: (time) => `Erneuert, läuft ab: ${time}`,
  status: 'Status',
  valid: 'Gültig',
  soon: 'Läuft bald ab',
  unknown: 'Unbekannt',
  unknownHint:
    'Von einer älteren Version ohne Vermerk des Signaturschlüssels erstellt. Verwenden Sie das Token, um zu prüfen, ob es gültig ist.',
  revoked: 'Widerrufen',
  expired: 'Abgelaufen',
  actions: (name) => `Aktionen für ${name}`,
  rotate: 'Erneuern',
  revoke: 'Widerrufen',
  showEnded: (n) => `${n} ungültige anzeigen`,
  hideEnded: 'Ungültige ausblenden',
  revokeTitle: (name) => `${name} widerrufen?`,
  revokeLead: 'Apps mit diesem Token verlieren sofort den Zugriff. Das lässt sich nicht rückgängig machen.',
  revokeDone: 'API-Token widerrufen.',
  newTitle: 'Neues API-Token',
  nameHint: 'Benennen Sie es nach der App, die es verwenden wird.',
  days: 'Gültig für',
  daysOption: (n) => (n === 365 ? '365 Tage (Höchstdauer)' : n === 1 ? '1 Tag' : `${n} Tage`),
  networks: 'Erlaubte Netze',
  networksHint:
    'Adressen und Netze, die das Token verwenden können, durch Kommas getrennt. Leer lassen, um alle zu erlauben.',
  generate: 'Token erzeugen',
  mintedTitle: 'Kopieren Sie Ihr Token jetzt',
  mintedLead: 'Das Token wird nur einmal angezeigt. Speichern Sie es bei den Geheimnissen der App, die es verwendet.',
  token: 'Token',
  copyToken: 'Token kopieren',
  recipe: 'Verwenden mit',
  recipeHint: 'Fertig zum Kopieren, mit diesem Token und dieser Adresse.',
  recipes: {
    curl: 'curl',
    homeAssistant: 'Home Assistant',
    homepage: 'Homepage',
    prometheus: 'Prometheus',
    uptimeKuma: 'Uptime Kuma'
  },
  copyRecipe: (place) => (place === 'sh' ? 'Befehl kopieren' : `${place} kopieren`),
  finish: 'Ich habe es kopiert',
  rotateTitle: (name) => `${name} erneuern`,
  rotateLead:
    'Erstellt ein neues Token mit gleichem Namen, Umfang, Netzen und gleicher Gültigkeit. Das alte Token gilt noch 24 Stunden, daher verliert keine App den Zugriff.',
  rotateSubmit: 'Neues Token erstellen',
  rotatedTitle: 'Ersetzen Sie das alte Token',
  rotatedLead: (time) =>
    `Das neue Token wird nur einmal angezeigt. Kopieren Sie es in die App, die es verwendet. Widerrufen Sie dann das alte Token, oder lassen Sie es ablaufen (${time}).`,
  revokeOld: 'Altes Token widerrufen',
  keepOld: 'Ablaufen lassen'
}
