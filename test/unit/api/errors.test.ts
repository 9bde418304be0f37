import t from 'tap'
import { AppError, lockedOut, Refusal } from '../../../lib/api/errors.ts'
import { HasherBusyError } from '../../../lib/auth/passwords/hasher.ts'

t.test('a refusal takes no stack, and leaves those of faults as they were', async (t) => {
  const limit = Error.stackTraceLimit
  for (const refusal of [new AppError('TOKEN_INVALID'), lockedOut(90), new HasherBusyError()]) {
    t.ok(refusal instanceof Refusal)
    t.notMatch(refusal.stack, /\n\s+at /, refusal.name)
    t.not(refusal.message, '')
  }
  t.equal(Error.stackTraceLimit, limit)
  t.match(new Error('a fault').stack, /\n\s+at /)
})
