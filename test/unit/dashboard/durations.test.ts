import t from 'tap'
import { ui } from '../../../dashboard/src/texts/en/ui.ts'
import { createDurations } from '../../../dashboard/src/ui/duration-text.ts'

const { describeLeft, describeSeconds } = createDurations(ui)

t.test('a duration has no zeros, a countdown keeps its width', async (t) => {
  const cases: [number, string, string][] = [
    [0, '0 s', '0 s'],
    [43, '43 s', '43 s'],
    [60, '1 min', '1 min 00 s'],
    [61, '1 min 01 s', '1 min 01 s'],
    [3599, '59 min 59 s', '59 min 59 s'],
    [3600, '1 h', '1 h 00 min'],
    [3659, '1 h', '1 h 00 min'],
    [7860, '2 h 11 min', '2 h 11 min']
  ]
  for (const [seconds, duration, left] of cases)
    t.same([describeSeconds(seconds), describeLeft(seconds)], [duration, left], `${seconds} s`)
})
