import { choose } from './language.ts'

/** The texts about certificates that browsers warn about, loaded with the Security page. */
export const { selfSigned: texts } = await choose({
  en: () => import('./en/self-signed.ts'),
  de: () => import('./de/self-signed.ts')
})
