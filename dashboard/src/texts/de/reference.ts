import type { reference as en } from '../en/reference.ts'

export const reference: typeof en = {
  title: 'API-Referenz',
  at: (version, address) => `Version ${version} unter ${address}.`,
  lead: 'Öffnen Sie eine Route und klicken Sie auf „Try it out“, um sie auf diesem Host auszuführen. Routen mit dem Zeichen „Token“ erfordern eine Anmeldung. Der Code eines Fehlers ändert sich nie, seine Meldung schon. Die Beschreibungen sind auf Englisch.',
  routes: 'Routen',
  useToken: 'Stattdessen ein API-Token verwenden',
  token: 'API-Token',
  tokenHint: 'Die Seite vergisst es, sobald Sie sie verlassen oder neu laden.',
  tokenFault: 'Dieses Token gilt hier nicht: Es ist falsch geschrieben, abgelaufen oder widerrufen.',
  submit: 'Dieses Token verwenden',
  needsToken: 'Token',
  body: (route) => `Anfragedaten von ${route}`,
  answers: (route) => `Antworten von ${route}`,
  examples: (route) => `Beispiel für ${route}`,
  schema: 'Schema'
}
