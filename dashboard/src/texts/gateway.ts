import { gateway as en } from './en/gateway.ts'
import { choose } from './index.ts'

/** The texts of the Secure Gateway, loaded with its tab. */
export const texts = choose({ en })
