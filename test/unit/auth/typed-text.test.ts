import fc from 'fast-check'
import t from 'tap'
import { codeDigitsOf } from '../../../dashboard/src/access/code-digits.ts'
import { normaliseBackupCode } from '../../../lib/auth/backup-codes.ts'
import { createSetupCodeCheck } from '../../../lib/auth/setup-code.ts'
import { readTotpCode } from '../../../lib/auth/totp.ts'
import { countedNameOf, findByName, nameKeyOf, readAddress, readCode, trimLabel } from '../../../lib/auth/typed-text.ts'
import { compileAllowList, isNetwork, normaliseAllowList } from '../../../lib/net/address.ts'
import { normaliseProxies } from '../../../lib/net/trusted-proxies.ts'

/** What a keyboard, an input method or a copied page leaves at the ends of a text. */
const additions = [
  ' ',
  '  ',
  '\t',
  '\n',
  '\r\n',
  '\u0085',
  '\u00a0',
  '\u2003',
  '\u202f',
  '\u3000',
  '\u200b',
  '\u200c',
  '\u200d',
  '\u2060',
  '\ufeff',
  '\u200e',
  '\u200f',
  '\u202a',
  '\u202c',
  '\u2066',
  '\u2069',
  '\u00ad'
]
const wide = (text: string) =>
  text.replace(/[!-~]/g, (sign) => String.fromCodePoint(sign.codePointAt(0)! + 0xff01 - 0x21))
const around = (text: string) =>
  fc
    .tuple(
      fc.array(fc.constantFrom(...additions), { maxLength: 4 }),
      fc.array(fc.constantFrom(...additions), { maxLength: 4 })
    )
    .map(([before, after]) => before.join('') + text + after.join(''))

t.test('a user name is found in any typed form, and all its forms count together', async () => {
  const users = [{ username: 'admin' }, { username: 'Zoë Ray' }, { username: 'نام‌کاربر' }]
  for (const user of users) {
    fc.assert(
      fc.property(around(user.username), fc.boolean(), (typed, isWide) => {
        const text = isWide ? wide(typed) : typed
        return findByName(users, text) === user && countedNameOf(text) === nameKeyOf(user.username)
      })
    )
  }
})

t.test('letters, case and inner spaces of a name are significant', async (t) => {
  const users = [{ username: 'admin' }, { username: 'Zoë Ray' }]
  for (const typed of ['Admin', 'ad min', 'admi', 'adminn', 'Zoe Ray', 'ZoëRay', '', ' ', '\u200b']) {
    t.equal(findByName(users, typed), null, JSON.stringify(typed))
  }
  t.equal(countedNameOf(' '), ' ', 'a name of nothing counts as it was sent')
  t.equal([...countedNameOf('\ufdfa'.repeat(256))].length <= 256, true, 'compatibility forms make no key longer')
})

t.test('an exact name comes first, and a spelling that matches two names matches none', async (t) => {
  const [plain, spaced] = [{ username: 'admin' }, { username: 'admin ' }]
  t.equal(findByName([plain, spaced], 'admin'), plain)
  t.equal(findByName([plain, spaced], 'admin '), spaced)
  t.equal(findByName([plain, spaced], ' admin'), null)
  t.equal(findByName([spaced], 'admin'), spaced)
})

t.test('six digits are accepted as a code in any grouping, width and script', async (t) => {
  const spellings = [
    '123456',
    '123 456',
    ' 12 34 56 ',
    '123-456',
    '123–456',
    '123\u00a0456',
    '123. 456',
    '１２３４５６',
    '１２３　４５６',
    '١٢٣٤٥٦',
    '۱۲۳۴۵۶',
    '१२३४५६',
    '\u200b123456\ufeff',
    '\u2066123\u2069456',
    '𝟏𝟐𝟑𝟒𝟓𝟔'
  ]
  for (const typed of spellings) {
    t.equal(readTotpCode(typed), '123456', JSON.stringify(typed))
    t.equal(codeDigitsOf(typed), '123456', `the dashboard reads ${JSON.stringify(typed)}`)
  }
  for (const typed of ['12345', '1234567', '12345a', '', ' ', '12,456', '½23456'])
    t.equal(readTotpCode(typed), null, typed)
  fc.assert(fc.property(around('012345'), (typed) => readTotpCode(typed) === '012345'))
})

t.test('a backup code is accepted in any case, with and without its dash', async (t) => {
  const spellings = [
    '7KQM-X2WD',
    '7kqmx2wd',
    ' 7KQM X2WD ',
    '7kqm—x2wd',
    '７ＫＱＭ－Ｘ２ＷＤ',
    '7KQM\u200b-X2WD\n',
    '7 K Q M X 2 W D'
  ]
  for (const typed of spellings) t.equal(normaliseBackupCode(typed), '7KQM-X2WD', JSON.stringify(typed))
  for (const typed of ['7KQM-X2W', '7KQM-X2WDA', '', '7KQM*X2WD']) t.equal(normaliseBackupCode(typed), null, typed)
  t.equal(readCode(' \u200b-'), '')
})

t.test('addresses and networks are read without invisible and extra characters', async (t) => {
  for (const typed of [
    ' 10.0.0.0/8 , 2001:db8::/32 ',
    '10.0.0.0/8,2001:db8::/32,',
    '１０．０．０．０／８，２００１：ｄｂ８：：／３２',
    '10。0。0。0/8、2001:db8::/32',
    '\ufeff10.0.0.0 / 8\u200b,\u00a02001:db8:: /32'
  ]) {
    t.equal(normaliseAllowList(typed), '10.0.0.0/8, 2001:db8::/32', JSON.stringify(typed))
    const allows = compileAllowList(typed)
    t.same([allows('10.1.2.3'), allows('2001:db8::1'), allows('192.0.2.1')], [true, true, false], typed)
  }
  // Two addresses that became one would be a third.
  for (const typed of ['10.0.0.1 1', '10.0.0.1\n10.0.0.2', '10.0. 0.1', '10.0.0.1;10.0.0.2']) {
    t.throws(() => normaliseAllowList(typed), /is not an IP address or CIDR/, typed)
    t.equal(compileAllowList(typed)('10.0.0.1'), false, typed)
  }
  t.same(normaliseProxies(['\u200b192.168.1.5 ', ' Loopback', '１０．０．０．０／８']), {
    ok: true,
    proxies: ['192.168.1.5', 'loopback', '10.0.0.0/8']
  })
  t.ok(isNetwork(' 10.0.0.1\u200b'))
  t.notOk(isNetwork('10.0.0.1, 10.0.0.2'), 'a list is no network')
  fc.assert(fc.property(around('192.0.2.7'), (typed) => readAddress(typed) === '192.0.2.7'))
})

t.test('a list that is too long in its stored form is refused', async (t) => {
  const list = Array.from({ length: 500 }, (_, i) => `10.0.${i >> 8}.${i & 255}`).join(',')
  t.ok(list.length > 4096 && list.length < 6000)
  t.throws(() => normaliseAllowList(list), /longer than 4096 characters/)
})

t.test('a setup code matches with characters added by a keyboard, and no other code does', async (t) => {
  const isRight = createSetupCodeCheck('tulip-7')
  fc.assert(fc.property(around('tulip-7'), (typed) => isRight(typed)))
  for (const typed of [undefined, '', ' ', '\u200b', 'Tulip-7', 'tulip7', 'tulip- 7']) {
    t.notOk(isRight(typed), JSON.stringify(typed))
  }
  const odd = createSetupCodeCheck(' ')
  t.same([odd(undefined), odd(''), odd(' ')], [false, false, true], 'a code of one space asks for it')
  t.ok(createSetupCodeCheck('')(undefined), 'an empty one asks for none')
})

t.test('a label is trimmed only at its ends', async () => {
  for (const label of ['Home  Assistant 👩‍💻', 'Ada ❤️', '🏴󠁧󠁢󠁥󠁮󠁧󠁿']) {
    fc.assert(fc.property(around(label), (typed) => trimLabel(typed) === label))
  }
})
