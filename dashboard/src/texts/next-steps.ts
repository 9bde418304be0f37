import { choose } from './language.ts'

/** What to set up after the first launch, loaded with the overview. */
export const { nextSteps: texts } = await choose({
  en: () => import('./en/next-steps.ts'),
  de: () => import('./de/next-steps.ts')
})
