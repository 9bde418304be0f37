import { readFileSync } from 'node:fs'
import { assert, constantFrom, integer, property, string, tuple } from 'fast-check'
import t from 'tap'
import { Compile } from 'typebox/compile'
import { checkPassword, obvious } from '../../../dashboard/src/access/password-rules.ts'
import { isUsername } from '../../../dashboard/src/access/username-rule.ts'
import { createPasswordPolicy, obvious as daemons } from '../../../lib/auth/passwords/policy.ts'
import { UsernameSchema } from '../../../schemas/auth/login.ts'

// Without its list of common passwords, which the meter does not have.
const policy = createPasswordPolicy('/dev/null')
const common = readFileSync(new URL('../../../lib/auth/passwords/common.txt', import.meta.url), 'utf8').split('\n')
const text = string({ unit: 'grapheme', minLength: 1, maxLength: 24 })
const pieces = tuple(text, constantFrom('', 'Aa1', 'a-7', 'ZZZZZZZZZZ'), text).map((parts) => parts.join(''))
const endings = ['', '!', '1', '123!', '-2026', '…………', '1x', 'x1', '!!!!!!!!!!']
const capital = (word: string) => word.replace(/\p{Ll}/u, (letter) => letter.toUpperCase())

function compare(password: string, username: string): boolean {
  const reason = policy(password, username)
  // What cannot be typed is not judged here.
  if (reason === 'the password has a character that cannot be typed') return true
  return checkPassword(password, username).isAcceptable === (reason === null)
}

t.test('the meter agrees with the daemon', async (t) => {
  await assert(property(pieces, text, compare), { numRuns: 3000 })
  const tooLong = tuple(text, integer({ min: 1, max: 60 })).map(([part, times]) => `Aa-7${part.repeat(times)}`)
  await assert(property(tooLong, text, compare), { numRuns: 500 })
  const differing = [...daemons, ...obvious, ...common]
    .flatMap((word) => endings.flatMap((ending) => [capital(word) + ending, `X${word}${ending}`]))
    .filter((password) => !compare(password, 'admin'))
  t.same(differing, [])
  t.same([...obvious], [...daemons])
})

t.test('each broken rule is reported separately', async (t) => {
  const brokenIn = (password: string, username = 'admin') => checkPassword(password, username).broken
  t.same(brokenIn('Short-7'), ['length'])
  t.same(brokenIn('only-lower-case'), ['kinds'])
  t.same(brokenIn('Correct-Horse-7', 'correct-horse-7'), ['notName'])
  t.same(brokenIn('Proxmenux123!'), ['notObvious'])
  t.same(brokenIn('Password.....1'), ['notObvious'])
  t.same(brokenIn('Password123!more'), [])
  t.same(brokenIn(`Aa-7${'x'.repeat(252)}`), [])
  t.same(brokenIn(`Aa-7${'x'.repeat(253)}`), ['maxLength'])
  t.match(checkPassword('', 'admin'), { broken: ['length', 'kinds'], isAcceptable: false, level: 0 })
  t.match(checkPassword('Proxmenux123!', 'admin'), { isAcceptable: false, level: 1 })
  t.match(checkPassword('Correct-Horse-7', 'admin'), { isAcceptable: true, level: 3 })
  t.match(checkPassword('Aa1Aa1Aa1Aa1', 'admin'), { isAcceptable: true, level: 2 }, 'repetition counts for little')
  t.match(checkPassword('Correct-Horse-Battery-7', 'admin'), { level: 4 })
})

t.test('the page and the daemon accept the same usernames', async (t) => {
  const schema = Compile(UsernameSchema)
  const names = string({ unit: 'binary', maxLength: 70 })
  await assert(
    property(names, (name) => isUsername(name) === schema.Check(name)),
    { numRuns: 3000 }
  )
  // Random text hardly ever has them.
  for (const unseen of [' ', '\u00a0', '\u3000', '\u200b', '\u200d', '\u200f', '\u202c', '\u2060', '\ufeff']) {
    for (const name of [`${unseen}a`, `a${unseen}`, unseen]) {
      t.same([isUsername(name), schema.Check(name)], [false, false], JSON.stringify(name))
    }
    t.same([isUsername(`a${unseen}b`), schema.Check(`a${unseen}b`)], [true, true], JSON.stringify(unseen))
  }
})
