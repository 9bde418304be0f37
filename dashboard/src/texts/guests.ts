import { guests as en } from './en/guests.ts'
import { choose } from './index.ts'

/** The texts of the guests of Proxmox VE, loaded with their page. */
export const texts = choose({ en })
