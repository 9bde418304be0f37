import t from 'tap'
import { findMatch, parsePasswordHash, verifyPassword } from '../../../lib/auth/passwords/derive.ts'
import vectors from '../../fixtures/rfc7914-pbkdf2-sha256.json' with { type: 'json' }

const hashOf = (iterations: number, salt: string, dk: Buffer) =>
  `pbkdf2_sha256$${iterations}$${Buffer.from(salt).toString('base64')}$${dk.toString('base64')}`

// The vectors' keys are 64 bytes, our hashes 32: the first 32 are one block of PBKDF2 and the same (RFC 8018, 5.2).
for (const { password, salt, iterations, dk } of vectors.tests) {
  for (const length of [32, 64]) {
    t.test(`${iterations} iterations over "${password}" give the RFC's first ${length} bytes`, async (t) => {
      const key = Buffer.from(dk, 'hex').subarray(0, length)
      const stored = hashOf(iterations, salt, key)
      t.equal(verifyPassword({ password, stored, atLeast: 0 }).ok, true)
      t.equal(verifyPassword({ password: `${password}x`, stored, atLeast: 0 }).ok, false)
      t.equal(verifyPassword({ password, stored: hashOf(iterations + 1, salt, key), atLeast: 0 }).ok, false)
      t.equal(verifyPassword({ password, stored: hashOf(iterations, `${salt}x`, key), atLeast: 0 }).ok, false)
      const turned = Buffer.from(key)
      turned[length - 1]! ^= 1
      t.equal(verifyPassword({ password, stored: hashOf(iterations, salt, turned), atLeast: 0 }).ok, false)
      t.equal(findMatch(password, [hashOf(iterations, salt, turned), stored]), 1)
    })
  }
}

t.test('an invalid hash matches no password', async (t) => {
  for (const text of ['', '$', 'pbkdf2_sha256', 'pbkdf2_sha256$1$$', 'pbkdf2_sha1$1$c2FsdA==$AAAA', 'a$b$c$d$e']) {
    t.equal(parsePasswordHash(text), null, text)
    t.equal(verifyPassword({ password: '', stored: text, atLeast: 0 }).ok, false, text)
    t.equal(findMatch('', [text]), -1, text)
  }
})
