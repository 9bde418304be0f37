import type { profile as en } from '../en/profile.ts'

export const profile: typeof en = {
  title: 'Profil',
  avatar: 'Avatar',
  save: 'Avatar speichern',
  remove: 'Avatar entfernen',
  removeTitle: 'Ihren Avatar entfernen?',
  removeLead: 'Stattdessen wird der erste Buchstabe Ihres Namens angezeigt.',
  saved: 'Avatar gespeichert.',
  removed: 'Avatar entfernt.',
  account: 'Konto',
  username: 'Benutzername',
  role: 'Rolle',
  displayName: 'Anzeigename',
  displayNameHint: 'Wird anstelle des Benutzernamens angezeigt. Leer lassen, um den Benutzernamen anzuzeigen.',
  displayNameFault: 'Geben Sie höchstens 64 Zeichen ein.',
  none: 'Nicht gesetzt. Der Benutzername wird angezeigt.',
  edit: 'Anzeigenamen bearbeiten',
  nameSaved: 'Anzeigename gespeichert.',
  toSecurity: 'Passwort, 2FA und Sitzungen finden Sie auf der Seite Sicherheit.'
}
