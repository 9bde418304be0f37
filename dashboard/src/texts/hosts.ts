import { hosts as en } from './en/hosts.ts'
import { choose } from './index.ts'

/** The texts of the host switcher, loaded with its dialog. */
export const texts = choose({ en })
