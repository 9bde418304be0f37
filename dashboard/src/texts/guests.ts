import { choose } from './language.ts'

/** The texts of the guests of Proxmox VE, loaded with their page. */
export const { guests: texts } = await choose({
  en: () => import('./en/guests.ts'),
  de: () => import('./de/guests.ts')
})
