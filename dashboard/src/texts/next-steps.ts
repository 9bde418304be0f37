import { nextSteps as en } from './en/next-steps.ts'
import { choose } from './index.ts'

/** What to set up after the first launch, loaded with the overview. */
export const texts = choose({ en })
