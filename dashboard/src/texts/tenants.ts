import { tenants as en } from './en/tenants.ts'
import { choose } from './index.ts'

/** The texts of the tenants of a panel, loaded with their page. */
export const texts = choose({ en })
