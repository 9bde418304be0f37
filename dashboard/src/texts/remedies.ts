import { choose } from './language.ts'

/** Loaded with the dialog of all checks. */
export const { remedies: texts } = await choose({
  en: () => import('./en/remedies.ts'),
  de: () => import('./de/remedies.ts')
})
