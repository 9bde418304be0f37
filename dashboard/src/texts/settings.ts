import { choose } from './language.ts'

/** The texts of the settings page, loaded with it. */
export const { settings: texts } = await choose({
  en: () => import('./en/settings.ts'),
  de: () => import('./de/settings.ts')
})
