import { choose } from './language.ts'

/** The texts of the hardware page, loaded with it. */
export const { hardware: texts } = await choose({
  en: () => import('./en/hardware.ts'),
  de: () => import('./de/hardware.ts')
})
