import { choose } from './language.ts'

/** What permissions and types of users allow, loaded with the page of the users. */
export const { permissionHints: texts } = await choose({
  en: () => import('./en/permission-hints.ts'),
  de: () => import('./de/permission-hints.ts')
})
