import { alerts as en } from './en/alerts.ts'
import { choose } from './index.ts'

/** The texts of the alerts, loaded with the settings page. */
export const texts = choose({ en })
