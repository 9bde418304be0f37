import { remedies as en } from './en/remedies.ts'
import { choose } from './index.ts'

/** Loaded with the dialog of all checks. */
export const texts = choose({ en })
