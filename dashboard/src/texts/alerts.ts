import { choose } from './language.ts'

/** The texts of the alerts, loaded with the settings page. */
export const { alerts: texts } = await choose({
  en: () => import('./en/alerts.ts'),
  de: () => import('./de/alerts.ts')
})
