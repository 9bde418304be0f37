import { choose } from './language.ts'

export const { connection: texts } = await choose({
  en: () => import('./en/connection.ts'),
  de: () => import('./de/connection.ts')
})
