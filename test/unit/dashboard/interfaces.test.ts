import t from 'tap'
import {
  addressesOf,
  cidrOf,
  errorsOf,
  findInterface,
  groupsOf,
  type Interface,
  isRecorded,
  reachableOf,
  sumOf
} from '../../../dashboard/src/pages/network/interfaces.ts'
import { createRecentTraffic, WINDOW_MS } from '../../../dashboard/src/pages/network/recent-traffic.ts'
import { standIn } from '../../support/stand-in.ts'

const v4 = (ip: string, netmask = '255.255.255.0') => ({ ip, netmask, family: 'IPv4' as const })
const v6 = (ip: string, netmask = 'ffff:ffff:ffff:ffff::') => ({ ip, netmask, family: 'IPv6' as const })

t.test('an address is shown with the length of its prefix', async (t) => {
  t.equal(cidrOf(v4('192.168.1.10')), '192.168.1.10/24')
  t.equal(cidrOf(v4('10.0.0.1', '255.255.254.0')), '10.0.0.1/23')
  t.equal(cidrOf(v4('10.0.0.1', '255.255.255.255')), '10.0.0.1/32')
  t.equal(cidrOf(v4('10.0.0.1', '0.0.0.0')), '10.0.0.1/0')
  t.equal(cidrOf(v6('2001:db8::10')), '2001:db8::10/64')
  t.equal(cidrOf(v6('2001:db8::10', 'ffff:ffff:ffff:fff0::')), '2001:db8::10/60')
  t.equal(cidrOf(v6('::1', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff')), '::1/128')
  t.equal(cidrOf(v6('::', '::')), '::/0')
})

t.test('IPv4 is first, and a link-local address is shown in a list only if there is no other', async (t) => {
  const addresses = [v6('fe80::1'), v6('2001:db8::10'), v4('192.0.2.1')]
  t.same(addressesOf({ addresses }), ['192.0.2.1/24', '2001:db8::10/64', 'fe80::1/64'])
  t.same(reachableOf({ addresses }), ['192.0.2.1/24', '2001:db8::10/64'])
  t.same(reachableOf({ addresses: addresses.slice(0, 1) }), ['fe80::1/64'])
})

const one = (name: string, type: Interface['type'], more: Partial<Interface> = {}): Interface =>
  standIn({ name, type, status: 'up', addresses: [], ...more })
const lists = {
  physical_interfaces: [one('eno10', 'physical'), one('eno2', 'physical'), one('eno1', 'physical', { status: 'down' })],
  bridge_interfaces: [one('vmbr0', 'bridge')],
  interfaces: [one('lo', 'loopback'), one('bond0', 'bond'), one('vmbr0.20', 'vlan')],
  vm_lxc_interfaces: [
    one('tap200i0', 'vm_lxc', { vmid: 200 }),
    one('tap0', 'vm_lxc'),
    one('veth101i0', 'vm_lxc', { vmid: 101 }),
    one('fwpr101p0', 'vm_lxc', { vmid: 101, status: 'down' })
  ]
}

t.test('interfaces are grouped, the important ones first', async (t) => {
  const { active, inactive, guests } = groupsOf(lists)
  const names = (list: Interface[]) => list.map(({ name }) => name)
  t.same(names(active), ['eno2', 'eno10', 'bond0', 'vmbr0', 'vmbr0.20', 'lo'])
  t.same(names(inactive), ['eno1'])
  t.same(names(guests), ['fwpr101p0', 'veth101i0', 'tap200i0', 'tap0'], 'by guest; one without a guest is last')
  t.equal(findInterface(lists, 'tap0')?.name, 'tap0')
  t.equal(findInterface(lists, 'eno3'), undefined)
  t.same(
    active.filter(isRecorded).map(({ name }) => name),
    ['eno2', 'eno10', 'bond0', 'vmbr0', 'vmbr0.20']
  )
})

t.test('a missing count is not a zero, unless the other one is known', async (t) => {
  t.equal(sumOf(null, undefined), null)
  t.equal(sumOf(3, null), 3)
  t.equal(errorsOf(one('x', 'bridge', { errors_in: 2, errors_out: 5 })), 7)
})

const sample = (time: number, received = 1) => ({ time, received, sent: 0 })
const times = (list: readonly { time: number }[]) => list.map(({ time }) => time)

t.test('one value of five seconds is kept, for ten minutes', async (t) => {
  const recent = createRecentTraffic()
  for (let time = 0; time <= WINDOW_MS + 60_000; time += 1000) recent.add(time, [{ name: 'eno1', ...sample(time) }])
  const kept = times(recent.of('eno1'))
  t.equal(kept.at(-1), WINDOW_MS + 60_000)
  t.equal(kept[0], 64_000)
  t.equal(kept.length, WINDOW_MS / 5000 + 1)
  t.same(recent.window(), { from: 64_000, to: WINDOW_MS + 60_000 })
  recent.add(3 * WINDOW_MS, [])
  t.same(recent.of('eno1'), [], 'an interface that is gone is forgotten')
})

t.test('what was recorded is before the live values, and fills the gaps between them', async (t) => {
  const recent = createRecentTraffic()
  recent.add(100_000, [{ name: 'eno1', ...sample(100_000) }])
  t.same(recent.window(), { from: -20_000, to: 100_000 }, 'at least two minutes')
  recent.add(200_000, [{ name: 'eno1', ...sample(200_000) }])
  recent.addRecorded('eno1', [sample(90_000), sample(120_000), sample(190_000)])
  t.same(times(recent.of('eno1')), [90_000, 120_000, 190_000, 200_000])
  t.same(recent.of('other'), [])
})

t.test('a clock that is set back begins anew', async (t) => {
  const recent = createRecentTraffic()
  recent.add(100_000, [{ name: 'eno1', ...sample(100_000) }])
  recent.add(50_000, [{ name: 'eno1', ...sample(50_000) }])
  t.same(times(recent.of('eno1')), [50_000])
})
