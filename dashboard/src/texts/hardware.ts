import { hardware as en } from './en/hardware.ts'
import { choose } from './index.ts'

/** The texts of the hardware page, loaded with it. */
export const texts = choose({ en })
