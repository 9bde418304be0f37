import { choose } from './language.ts'

/** The texts of the dashboard's frame and main pages. The first paint waits for them. */
export const { texts: t } = await choose({ en: () => import('./en.ts'), de: () => import('./de.ts') })
