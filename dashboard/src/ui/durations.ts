import { t } from '../texts/index.ts'
import { createDurations } from './duration-text.ts'

/**
 * `describeLeft`: the time that is left, for a text that changes each second: `43 s`, `4 min 00 s`, `2 h 10 min`.
 * `describeSeconds`: a duration or an age, without zeros: `43 s`, `4 min 05 s`, `1 min`, `2 h`.
 */
export const { describeLeft, describeSeconds } = createDurations(t.ui)
