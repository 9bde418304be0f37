import { choose } from './language.ts'

/** The texts of the Secure Gateway, loaded with its tab. */
export const { gateway: texts } = await choose({
  en: () => import('./en/gateway.ts'),
  de: () => import('./de/gateway.ts')
})
