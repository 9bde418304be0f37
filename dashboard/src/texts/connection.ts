import { connection as en } from './en/connection.ts'
import { choose } from './index.ts'

export const texts = choose({ en })
