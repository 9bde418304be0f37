import { reference as en } from './en/reference.ts'
import { choose } from './index.ts'

export const texts = choose({ en })
