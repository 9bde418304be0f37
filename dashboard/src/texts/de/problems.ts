import type { problems as en } from '../en/problems.ts'

export const problems: typeof en = {
  byCode: {
    NETWORK: 'Dieser Host antwortet nicht. Prüfen Sie, ob der Dienst läuft und das Netzwerk funktioniert.',
    CREDENTIALS: 'Benutzername oder Passwort ist falsch.',
    PASSWORD_INCORRECT: 'Das Passwort ist falsch.',
    TOTP_REQUIRED: 'Geben Sie den Code aus Ihrer Authenticator-App ein.',
    TOTP_INVALID:
      'Der Code ist falsch oder wurde schon verwendet. Geben Sie den aktuellen Code aus Ihrer Authenticator-App ein.',
    TOKEN_INVALID: 'Ihre Sitzung ist beendet. Melden Sie sich erneut an.',
    RATE_LIMITED: 'Zu viele Anfragen von dieser Adresse.',
    ACCOUNT_LOCKED: 'Zu viele fehlgeschlagene Anmeldungen. Dieses Konto ist für Ihre Adresse gesperrt.',
    ACCOUNT_DISABLED: 'Dieses Konto ist deaktiviert.',
    IP_NOT_ALLOWED: 'Dieses Konto darf sich von Ihrer Adresse nicht anmelden.',
    IP_BANNED: 'Ihre Adresse ist auf diesem Host gesperrt.',
    ALREADY_CONFIGURED: 'Die Einrichtung wurde schon abgeschlossen. Melden Sie sich an.',
    NO_ACCOUNT: 'Es gibt noch kein Konto. Setzen Sie zuerst ein Passwort.',
    SETUP_REQUIRED: 'Der erste Start ist nicht abgeschlossen. Laden Sie die Seite neu.',
    HOST: 'Dieser Hostname ist nicht erlaubt. Ergänzen Sie ihn in MONITOR_ALLOWED_HOSTS.',
    ORIGIN: 'Dieser Host hält die Seite für die einer anderen Website. Öffnen Sie den Verbindungstest.',
    TOO_LARGE: 'Die Anfrage ist zu groß.',
    INTERNAL: 'Interner Fehler des Dienstes. Sein Protokoll nennt die Ursache.',
    STORE_UNAVAILABLE: 'Die Datenbank dieses Panels antwortet nicht. Versuchen Sie es erneut.'
  },
  foreign: (status) => `Statt dieses Hosts hat ein Proxy oder ein anderer Server geantwortet (HTTP ${status}).`,
  fault: (message) => `Interner Fehler dieser Seite: ${message}`,
  passwordTooShort: 'Das Passwort ist zu kurz.'
}
