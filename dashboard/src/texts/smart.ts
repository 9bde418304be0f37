import { choose } from './language.ts'

/** The texts of a disk's page, loaded with it. */
export const { smart: texts } = await choose({
  en: () => import('./en/smart.ts'),
  de: () => import('./de/smart.ts')
})
