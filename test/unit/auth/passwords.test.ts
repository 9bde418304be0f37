import { readFileSync } from 'node:fs'
import t from 'tap'
import { findMatch, hashPassword, verifyPassword } from '../../../lib/auth/passwords/derive.ts'
import { createHasher } from '../../../lib/auth/passwords/hasher.ts'
import { canPassWithOtherCase, createPasswordPolicy } from '../../../lib/auth/passwords/policy.ts'

const policy = createPasswordPolicy()

t.test('the list has at least 3,000 common passwords that would otherwise pass, in their order', async (t) => {
  const listed = readFileSync(new URL('../../../lib/auth/passwords/common.txt', import.meta.url), 'utf8')
    .trim()
    .split('\n')
  t.ok(listed.length >= 3000)
  t.equal(new Set(listed).size, listed.length)
  t.ok(listed.every(canPassWithOtherCase))
})

t.test('a common password is refused in any case', async (t) => {
  for (const password of ['1Q2w3e4r5T', 'PASSword123', 'Qwerty123456'])
    t.type(policy(password, 'admin'), 'string', password)
})

t.test('an obvious word is refused with any digits and symbols after it', async (t) => {
  for (const password of ['Proxmenux-2026', 'Administrator1!', 'Letmein!!!123', 'Password.....1']) {
    t.type(policy(password, 'admin'), 'string', password)
  }
})

t.test('length is counted in characters, categories in Unicode', async (t) => {
  t.equal(policy('Ж'.repeat(4) + 'ж'.repeat(4) + '77', 'admin'), null)
  t.equal(policy('correct horse Battery staple', 'admin'), null)
  t.equal(policy('🔑🔑🔑🔑🔑🔑🔑🔑aB', 'admin'), null)
  t.equal(policy('🔑🔑🔑🔑🔑🔑🔑aB', 'admin'), 'new_password too short')
  t.equal(policy(`Aa1${'x'.repeat(253)}`, 'admin'), null)
  t.match(policy(`Aa1${'x'.repeat(254)}`, 'admin'), /longer/)
})

t.test('control characters and lone surrogates are refused', async (t) => {
  for (const password of ['Correct\u0000Horse7', 'Correct\nHorse-7', 'Correct\ud800Horse7'])
    t.type(policy(password, 'a'), 'string')
})

t.test('the username is refused as the password, in any case', async (t) => {
  t.match(policy('Ada-Lovelace-1815', 'ADA-lovelace-1815'), /username/)
})

t.test('two hashes of one password differ, and each verifies', async (t) => {
  const [one, two] = [hashPassword('Correct-Horse-7'), hashPassword('Correct-Horse-7')]
  t.not(one, two)
  for (const stored of [one, two]) {
    t.same(verifyPassword({ password: 'Correct-Horse-7', stored, atLeast: 0 }), { ok: true, rehashed: null })
    t.same(verifyPassword({ password: 'correct-horse-7', stored, atLeast: 0 }), { ok: false, rehashed: null })
  }
  t.same(verifyPassword({ password: 'x', stored: null, atLeast: 1 }), { ok: false, rehashed: null })
})

t.test('the matching one of several hashes is found, or none', async (t) => {
  const stored = ['AAAA-BBBB', 'CCCC-DDDD'].map((code) => hashPassword(code))
  t.equal(findMatch('CCCC-DDDD', stored), 1)
  t.equal(findMatch('EEEE-FFFF', stored), -1)
})

t.test('hashing does not block the event loop', async (t) => {
  const hasher = createHasher({ threads: 1 })
  t.teardown(() => hasher.close())
  await hasher.hash('Correct-Horse-7')
  let turns = 0
  const timer = setInterval(() => turns++, 1)
  await hasher.hash('Correct-Horse-7')
  clearInterval(timer)
  t.ok(turns > 5, `${turns} turns of the loop meanwhile`)
})
