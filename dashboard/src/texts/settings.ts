import { settings as en } from './en/settings.ts'
import { choose } from './index.ts'

/** The texts of the settings page, loaded with it. */
export const texts = choose({ en })
