import { choose } from './language.ts'

/** The texts of the tenants of a panel, loaded with their page. */
export const { tenants: texts } = await choose({
  en: () => import('./en/tenants.ts'),
  de: () => import('./de/tenants.ts')
})
