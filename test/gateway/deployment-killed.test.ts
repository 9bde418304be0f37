import t from 'tap'
import { disturbEach } from './disturb.ts'

t.setTimeout(300_000)

t.test('a program of a deployment is killed half-way', (t) =>
  disturbEach(t, {
    fault: (step) => ({ step, kind: 'killed' }),
    says: /was killed|cannot resolve|does not answer|no message/,
    mayEnd: true
  })
)
