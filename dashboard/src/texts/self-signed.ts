import { selfSigned as en } from './en/self-signed.ts'
import { choose } from './index.ts'

/** The texts about certificates that browsers warn about, loaded with the Security page. */
export const texts = choose({ en })
