import { Secret } from 'otpauth'
import t from 'tap'
import { mintBackupCodes, normaliseBackupCode } from '../../../lib/auth/backup-codes.ts'
import { findMatch, hashCodes } from '../../../lib/auth/passwords/derive.ts'
import { drawQrCode } from '../../../lib/auth/qr-code.ts'
import { findTotpStep, mintTotpSecret, otpauthUrlOf, readTotpCode } from '../../../lib/auth/totp.ts'
import vectors from '../../fixtures/rfc6238-totp.json' with { type: 'json' }

const base32 = (ascii: string) => Secret.fromLatin1(ascii).base32

for (const { time, keyAscii, otp } of vectors.tests) {
  t.test(`RFC 6238, appendix B: at ${time} s the code ends in ${otp.slice(-6)}`, async (t) => {
    const secret = base32(keyAscii)
    const step = Math.floor(time / 30)
    // Six digits are the last six of eight (RFC 4226, 5.3: modulo 10^digits).
    const code = otp.slice(-6)
    t.equal(findTotpStep(secret, code, time * 1000), step)
    t.equal(findTotpStep(secret, code, (time + 30) * 1000), step, 'a step later')
    t.equal(findTotpStep(secret, code, (time - 30) * 1000), step, 'a step earlier')
    t.equal(findTotpStep(secret, code, (time + 60) * 1000), null, 'two steps later')
    t.equal(findTotpStep(secret, code, (time - 60) * 1000), null, 'two steps earlier')
    t.equal(findTotpStep(secret, otp, time * 1000), null, 'eight digits are not a code')
  })
}

t.test('a secret has 160 random bits, and a code is six digits in any grouping', async (t) => {
  t.match(mintTotpSecret(), /^[A-Z2-7]{32}$/)
  t.not(mintTotpSecret(), mintTotpSecret())
  for (const text of ['123456', '123 456', ' 123\u00a0456 ', '١٢٣٤٥٦']) t.equal(readTotpCode(text), '123456')
  for (const text of ['', '12345', '1234567', '12345a', '-12345']) t.equal(readTotpCode(text), null, text)
})

t.test('the URI names issuer and user, with any characters in the name', async (t) => {
  const secret = 'JBSWY3DPEHPK3PXP'
  for (const name of ['admin', 'a b', 'a:b?c&secret=X#d/e%41', 'Žofie 🦊', "o'hara@example.com"]) {
    const url = new URL(otpauthUrlOf(secret, name))
    t.equal(`${url.protocol}//${url.host}`, 'otpauth://totp')
    const label = url.pathname.slice(1)
    t.equal(decodeURIComponent(label), `ProxMenux Monitor:${name}`)
    t.equal(label.split(':').length, 2, 'the one bare colon parts issuer and name')
    t.same(Object.fromEntries(url.searchParams), {
      issuer: 'ProxMenux Monitor',
      secret,
      algorithm: 'SHA1',
      digits: '6',
      period: '30'
    })
  }
  t.doesNotThrow(() => otpauthUrlOf(secret, 'half \ud800'))
})

t.test('the QR code has the modules of its text, dark on white, with a margin of four', async (t) => {
  const { encode } = await import('uqr')
  for (const name of ['admin', '🦊'.repeat(64)]) {
    const text = otpauthUrlOf(mintTotpSecret(), name)
    const [head, base64] = (await drawQrCode(text)).split(',')
    t.equal(head, 'data:image/svg+xml;base64')
    const svg = Buffer.from(base64!, 'base64').toString()
    t.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 (\d+) \1"><rect fill="white"/)
    const { data, size } = encode(text, { ecc: 'M', border: 4 })
    const expected = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`${x},${y}`] : [])))
    const drawn = [...svg.matchAll(/M(\d+),(\d+)h4v4h-4z/g)].map(([, x, y]) => `${Number(x) / 4},${Number(y) / 4}`)
    t.same(drawn, expected)
    const places = drawn.flatMap((place) => place.split(',').map(Number))
    t.equal(Math.min(...places), 4)
    t.equal(Math.max(...places), size - 5)
  }
})

t.test('backup codes are ten different, readable codes, and one derivation finds any of them', async (t) => {
  const codes = mintBackupCodes()
  t.equal(new Set(codes).size, 10)
  for (const code of codes) {
    t.match(code, /^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/)
    t.equal(normaliseBackupCode(code.toLowerCase().replace('-', '')), code)
  }
  const stored = hashCodes(codes.slice(0, 3))
  t.equal(new Set(stored.map((text) => text.slice(0, text.lastIndexOf('$')))).size, 1, 'one salt')
  t.match(stored[0], /^pbkdf2_sha256\$600000\$[A-Za-z0-9+/]{22}==\$[A-Za-z0-9+/]{43}=$/)
  t.equal(new Set(stored).size, 3)
  t.equal(findMatch(codes[1]!, stored), 1)
  t.equal(findMatch(codes[3]!, stored), -1)
})
