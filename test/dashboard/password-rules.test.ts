import { assert, constantFrom, property, string, tuple } from 'fast-check'
import t from 'tap'
import { Compile } from 'typebox/compile'
import { checkPassword } from '../../dashboard/src/access/password-rules.ts'
import { isUsername } from '../../dashboard/src/access/username-rule.ts'
import { createPasswordPolicy } from '../../lib/passwords/policy.ts'
import { UsernameSchema } from '../../schemas/login.ts'

const policy = createPasswordPolicy()
const text = string({ unit: 'grapheme', minLength: 1, maxLength: 24 })
const pieces = tuple(text, constantFrom('', 'Aa1', 'a-7', 'ZZZZZZZZZZ'), text).map((parts) => parts.join(''))

t.test('the meter says what the daemon will say, but for the list it does not have', async () => {
  await assert(
    property(pieces, text, (password, username) => {
      const reason = policy(password, username)
      const { isAcceptable } = checkPassword(password, username)
      // What cannot be typed is not judged here.
      if (reason === 'the password has a character that cannot be typed') return true
      return isAcceptable === (reason === null || reason === 'the password is one of the first that are tried')
    }),
    { numRuns: 3000 }
  )
})

t.test('each rule is told apart', async (t) => {
  t.match(checkPassword('Short-7', 'admin'), { isLongEnough: false, hasKinds: true, isAcceptable: false, level: 1 })
  t.match(checkPassword('only-lower-case', 'admin'), { isLongEnough: true, hasKinds: false, isAcceptable: false })
  t.match(checkPassword('Correct-Horse-7', 'correct-horse-7'), { isNotName: false, isAcceptable: false })
  t.match(checkPassword('Correct-Horse-7', 'admin'), { isAcceptable: true, level: 3 })
  t.match(checkPassword('Aa1Aa1Aa1Aa1', 'admin'), { isAcceptable: true, level: 2 }, 'repetition counts for little')
  t.match(checkPassword('Correct-Horse-Battery-7', 'admin'), { level: 4 })
})

t.test('a username is taken here exactly where it is taken there', async () => {
  const schema = Compile(UsernameSchema)
  const names = string({ unit: 'binary', maxLength: 70 })
  await assert(
    property(names, (name) => isUsername(name) === schema.Check(name)),
    { numRuns: 3000 }
  )
})
