import { choose } from './language.ts'

/** The texts of the host switcher, loaded with its dialog. */
export const { hosts: texts } = await choose({
  en: () => import('./en/hosts.ts'),
  de: () => import('./de/hosts.ts')
})
