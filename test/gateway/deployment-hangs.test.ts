import t from 'tap'
import { disturbEach } from './disturb.ts'

t.setTimeout(300_000)

t.test('a program of a deployment hangs', (t) =>
  disturbEach(t, {
    fault: (step) => ({ step, kind: 'hang' }),
    says: /took too long|cannot resolve|does not answer/,
    timeoutMs: 5000
  })
)
