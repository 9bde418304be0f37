import t from 'tap'
import { AppError, describeError, type ErrorCode, errorTable, lockedOut, Refusal } from '../../../lib/api/errors.ts'
import { HasherBusyError } from '../../../lib/auth/passwords/hasher.ts'

t.test('a refusal captures no stack trace, and other errors still do', async (t) => {
  const limit = Error.stackTraceLimit
  for (const refusal of [new AppError('TOKEN_INVALID'), lockedOut(90), new HasherBusyError()]) {
    t.ok(refusal instanceof Refusal)
    t.notMatch(refusal.stack, /\n\s+at /, refusal.name)
    t.not(refusal.message, '')
  }
  t.equal(Error.stackTraceLimit, limit)
  t.match(new Error('a fault').stack, /\n\s+at /)
})

t.test('`error` has the Monitor’s wording or the reason, and `message` the reason', async (t) => {
  for (const code of Object.keys(errorTable) as ErrorCode[]) {
    const { error, message } = errorTable[code]
    t.match(describeError(new AppError(code)), { error: error ?? message, message }, code)
    const precise = describeError(new AppError(code, { message: 'the precise reason' }))
    t.match(precise, { error: 'the precise reason', message: 'the precise reason' }, code)
  }
  const fixed = Object.values(errorTable).filter(({ error }) => error !== undefined)
  t.same([...new Set(fixed.map(({ status }) => status))], [401, 500], 'no other status has a fixed wording')
})
