import t from 'tap'
import { disturbEach } from './disturb.ts'

t.setTimeout(300_000)

t.test('a program of a deployment fails', (t) =>
  disturbEach(t, {
    fault: (step) => ({ step, kind: 'fail', text: 'ERROR: the disk is on fire', code: 2 }),
    says: /the disk is on fire|cannot resolve|does not answer|no message/
  })
)
