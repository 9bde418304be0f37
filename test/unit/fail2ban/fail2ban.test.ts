import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { createBanList } from '../../../lib/fail2ban/ban-list.ts'
import { parseStatus, parseVersion } from '../../../lib/fail2ban/client.ts'
import { describeBans } from '../../../lib/fail2ban/describe.ts'
import { normaliseNetwork } from '../../../lib/net/address.ts'

// What the client of fail2ban 1.0.2 prints.
const real = readFileSync(join(import.meta.dirname, '../../fixtures/fail2ban-status.txt'), 'utf8')
const list = (entries: readonly string[]) =>
  real
    .replace(/(Currently banned:\t).*/, `$1${entries.length}`)
    .replace(/(Banned IP list:\t).*/, `$1${entries.join(' ')}`)

t.test('the client’s answer is parsed: counts, addresses, CIDRs', async (t) => {
  t.same(parseStatus(real, 'proxmenux'), {
    currentlyFailed: 2,
    totalFailed: 17,
    currentlyBanned: 5,
    totalBanned: 9,
    banned: ['192.0.2.1', '2001:db8::1', '10.0.0.0/8', '2001:db8:1::/48']
  })
  t.same(parseStatus(list([]), 'proxmenux')?.banned, [])
  const many = Array.from({ length: 50_000 }, (_, i) => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`)
  t.same(parseStatus(list(many), 'proxmenux')?.banned, many)
})

t.test('an invalid answer is null, not an empty list', async (t) => {
  for (let length = 0; length < real.length; length++) t.equal(parseStatus(real.slice(0, length), 'proxmenux'), null)
  for (const [name, text] of Object.entries({
    'another jail': real.replace('proxmenux', 'sshd'),
    'a list of jails': 'Status\n|- Number of jail:\t1\n`- Jail list:\tproxmenux\n',
    'no list': real.replace('Banned IP list', 'Banned'),
    'a list without one address': list(['<object>', 'None']),
    'no list that can be trusted to be empty': list([]).replace('Currently banned:\t0', 'Currently banned:\tnone'),
    'a page': '<html></html>\n'
  }))
    t.equal(parseStatus(text, 'proxmenux'), null, name)
})

t.test('an unreadable count is unknown, and the list stands', async (t) => {
  const whole = parseStatus(real, 'proxmenux')
  const odd = parseStatus(real.replace('Currently banned:\t5', 'Currently banned:\tmany'), 'proxmenux')
  t.same(odd, { ...whole, currentlyBanned: null })
  t.same(parseStatus(real.replace('Total failed', 'Insgesamt'), 'proxmenux'), { ...whole, totalFailed: null })
})

t.test('a network has one spelling, without host bits', async (t) => {
  for (const [text, normal] of Object.entries({
    '192.0.2.1': '192.0.2.1',
    '192.0.2.1/32': '192.0.2.1',
    '10.1.2.3/8': '10.0.0.0/8',
    '0.0.0.0/0': '0.0.0.0/0',
    '::ffff:192.0.2.1': '192.0.2.1',
    '2001:DB8:0::1': '2001:db8::1',
    '2001:db8::1/128': '2001:db8::1',
    '2001:db8:1:2::5/48': '2001:db8:1::/48',
    'fe80::1%eth0': 'fe80::1'
  }))
    t.equal(normaliseNetwork(text), normal, text)
  for (const text of [
    '',
    'loopback',
    '10.1',
    '010.0.0.1',
    '10.0.0.0/33',
    '10.0.0.0/',
    '2001:db8::/129',
    '-h',
    'a b',
    '1.2.3.4 5.6.7.8'
  ])
    t.equal(normaliseNetwork(text), null, text)
})

t.test('the ban list accepts networks, and addresses in any spelling', async (t) => {
  const bans = createBanList()
  t.notOk(bans.isBanned('192.0.2.1'))
  bans.replace(['::ffff:192.0.2.1', '2001:DB8:0::1', '10.1.0.0/16', '2001:db8:1::/48', 'bad.example', 'loopback', ''])
  for (const address of ['192.0.2.1', '2001:db8::1', '10.1.255.255', '2001:db8:1:ffff::1']) t.ok(bans.isBanned(address))
  for (const address of ['192.0.2.2', '2001:db8::2', '10.2.0.0', '2001:db8:2::1', '127.0.0.1', '', 'bad.example'])
    t.notOk(bans.isBanned(address), address)
  bans.replace(['192.0.2.2'])
  t.same(['192.0.2.1', '10.1.0.1', '192.0.2.2'].map(bans.isBanned), [false, false, true])
})

t.test('the version of fail2ban, or null for invalid output', async (t) => {
  for (const text of ['1.0.2\n', '1.1.0.dev1\n']) t.equal(parseVersion(text), text.trim())
  for (const text of ['', '1\n', 'ERROR  NOK: no\n', '<script>\n', `1.${'1'.repeat(40)}\nmore\n`])
    t.equal(parseVersion(text), null)
})

t.test('bans of this host and of private networks are local, as the Monitor’s client shows them', async (t) => {
  const local = [
    '10.0.0.1',
    '127.0.0.2',
    '169.254.1.1',
    '172.16.0.1',
    '172.31.255.1',
    '192.168.1.0/24',
    '::1',
    'fe80::1'
  ]
  const external = [
    '11.0.0.1',
    '172.15.0.1',
    '172.32.0.1',
    '192.169.1.1',
    '203.0.113.0/24',
    '2001:db8::1',
    '2001:db8::/32'
  ]
  const counts = { currentlyFailed: 0, totalFailed: 0, currentlyBanned: 0, totalBanned: 0 }
  const typesOf = (banned: string[]) => {
    const status = { ...counts, banned, at: 0 }
    const { jails } = describeBans('proxmenux', { state: 'ok', status, settings: null, version: null })
    return jails[0]!.banned_ips.map(({ type }) => type)
  }
  t.same(
    typesOf(local),
    local.map(() => 'local')
  )
  t.same(
    typesOf(external),
    external.map(() => 'external')
  )
  t.same(typesOf(['1.2', '::x']), ['unknown', 'unknown'])
})
