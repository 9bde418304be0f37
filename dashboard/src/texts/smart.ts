import { smart as en } from './en/smart.ts'
import { choose } from './index.ts'

/** The texts of a disk's page, loaded with it. */
export const texts = choose({ en })
