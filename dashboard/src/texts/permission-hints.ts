import { permissionHints as en } from './en/permission-hints.ts'
import { choose } from './index.ts'

/** What permissions and types of users allow, loaded with the page of the users. */
export const texts = choose({ en })
