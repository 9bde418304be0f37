import { choose } from './language.ts'

export const { reference: texts } = await choose({
  en: () => import('./en/reference.ts'),
  de: () => import('./de/reference.ts')
})
