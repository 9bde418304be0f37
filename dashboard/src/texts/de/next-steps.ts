import type { nextSteps as en } from '../en/next-steps.ts'

export const nextSteps: typeof en = {
  title: 'Nächste Schritte',
  lead: 'Das Dashboard ist durch Ihr Passwort geschützt. Weiteres können Sie jetzt oder später einrichten.',
  twoFactor: 'Zwei-Faktor-Authentisierung einschalten',
  twoFactorText: 'Dann genügt ein gestohlenes Passwort nicht mehr zur Anmeldung.',
  https: 'HTTPS einschalten',
  httpsText: 'Dann gehen Passwörter verschlüsselt durch das Netzwerk.',
  alerts: 'Alarmkanal hinzufügen',
  alertsText: 'Der Host meldet Ihnen Probleme, per E-Mail oder auf dem Telefon.',
  token: 'API-Token erstellen',
  tokenText: 'Für Home Assistant, Homepage, Grafana oder eigene Skripte.',
  close: 'Nächste Schritte schließen'
}
