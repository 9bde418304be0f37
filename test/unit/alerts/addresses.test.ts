import t from 'tap'
import { faultOfAddress } from '../../../lib/alerts/address-rule.ts'
import { connect } from '../../../lib/alerts/connect.ts'
import { isQuiet } from '../../../lib/alerts/quiet-hours.ts'
import { textOf } from '../../../lib/alerts/text.ts'

t.test('loopback and link-local addresses, in every spelling, are for the owner', async (t) => {
  const local = [
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::127.0.0.1',
    '::ffff:0:127.0.0.1',
    '64:ff9b::127.0.0.1',
    '2002:7f00:1::',
    '169.254.169.254',
    '::ffff:169.254.169.254',
    'fe80::1',
    'fe80::1%eth0'
  ]
  for (const address of local) {
    t.match(faultOfAddress(address, false), /only for channels that the owner set up/, address)
    t.equal(faultOfAddress(address, true), null, address)
  }
})

t.test('private and public addresses are for everyone, groups of servers for nobody', async (t) => {
  for (const address of [
    '10.0.0.1',
    '172.16.3.4',
    '192.168.1.5',
    '100.64.0.1',
    '203.0.113.7',
    'fd00::5',
    '2001:db8::1'
  ])
    t.equal(faultOfAddress(address, false), null, address)
  for (const address of ['224.0.0.1', '255.255.255.255', 'ff02::1', '::ffff:224.0.0.1', 'x', ''])
    for (const allowsLocal of [true, false]) t.type(faultOfAddress(address, allowsLocal), 'string', address)
})

t.test('the addresses of a name are checked when it is connected', async (t) => {
  const { signal } = new AbortController()
  for (const host of ['localhost', '127.0.0.1', '[::1]', '::1', '0.0.0.0', '127.1', '0x7f.1', '2130706433'])
    await t.rejects(connect({ host, port: 9, allowsLocal: false }, signal), { code: 'EADDRESSREFUSED' }, host)
  await t.rejects(connect({ host: '127.0.0.1', port: 9, allowsLocal: true }, signal), { code: 'ECONNREFUSED' })
})

t.test('quiet hours go past midnight, and equal times are never quiet', async (t) => {
  const at = (hour: number, minute = 0) => new Date(2026, 3, 24, hour, minute).getTime()
  const night = { from: '22:00', to: '07:00' }
  t.same(
    [21, 22, 23, 0, 6, 7, 12].map((hour) => isQuiet(night, at(hour))),
    [false, true, true, true, true, false, false]
  )
  t.notOk(isQuiet(night, at(21, 59)))
  t.same(
    [11, 12, 13, 14].map((hour) => isQuiet({ from: '12:00', to: '14:00' }, at(hour))),
    [false, true, true, false]
  )
  t.notOk(isQuiet({ from: '12:00', to: '12:00' }, at(12)))
  t.notOk(isQuiet(null, at(3)))
})

t.test('a text keeps its limit, and counts what it leaves out', async (t) => {
  const line = (text: string) =>
    ({ at: 0, kind: 'ban', severity: 'warning', state: 'event', check: null, text }) as const
  const lines = Array.from({ length: 50 }, (_, i) => line(`${i}`.padEnd(100, '.')))
  const text = textOf({ host: '', isTest: false, severity: 'warning', title: '', lines, more: 7 }, 1700)
  t.ok(text.length <= 1700)
  const shown = text.split('\n').length - 1
  t.equal(text.split('\n').at(-1), `and ${57 - shown} more`)
})
