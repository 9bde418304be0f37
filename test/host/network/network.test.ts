import { rmSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { Compile } from 'typebox/compile'
import { describeNetwork, summarizeNetwork } from '../../../lib/host/network/describe.ts'
import type { NetworkState } from '../../../lib/host/network/reader.ts'
import type { Sample } from '../../../lib/host/sampling.ts'
import { NetworkReplySchema, NetworkSummaryReplySchema } from '../../../schemas/host/network.ts'
import { plant, type Tree } from '../tree.ts'
import { addresses, card, hostOf, link, NOON, names, netDev, proxmox, sampleOf } from './made-up-host.ts'
import { linksOf, totalsOf } from './told.ts'

t.test('each interface of a Proxmox host is recognised as its kind', async (t) => {
  const { read } = hostOf(t, proxmox)
  const { interfaces } = await read()
  t.same(Object.fromEntries(interfaces.map(({ name, kind }) => [name, kind])), {
    lo: 'loopback',
    eno1: 'physical',
    eno2: 'physical',
    wlp3s0: 'wireless',
    bond0: 'bond',
    vmbr0: 'bridge',
    'vmbr0.20': 'vlan',
    veth100i0: 'guest',
    fwbr100i0: 'guest',
    tap101i0: 'guest',
    wg0: 'tunnel',
    docker1: 'pair',
    dummy0: 'virtual'
  })
})

t.test(
  'GET /api/network has the Monitor’s names, members, slaves, VLANs and guests, and a reason for each null',
  async (t) => {
    const { read } = hostOf(t, proxmox)
    const reply = describeNetwork(sampleOf(await read()), NOON + 2500, 'pve1')
    t.same([...Compile(NetworkReplySchema).Errors(reply)], [])
    t.match(reply, { timestamp: '2025-06-01T12:00:00.000Z', stale: false, age_seconds: 2.5, reason: null })
    t.match(reply, { physical_active_count: 2, physical_total_count: 3, bridge_total_count: 1, active_count: 3 })
    t.match(reply, { vm_lxc_total_count: 3, total_count: 4 })

    const all = [reply.interfaces, reply.physical_interfaces, reply.bridge_interfaces, reply.vm_lxc_interfaces].flat()
    t.equal(all.length, names.length)
    const find = (name: string) => all.find((one) => one.name === name)!
    t.match(find('eno1'), { status: 'up', speed: 1000, duplex: 'full', mtu: 1500, master: 'bond0' })
    t.match(find('eno1'), { bytes_recv: 1000, bytes_sent: 500, drops_in: 10, packet_loss_in: 10, errors_out: 2 })
    t.match(find('eno2'), { status: 'down', speed: null, reasons: { speed: 'no link' } })
    t.match(find('bond0'), { bond_mode: 'active-backup', bond_slaves: ['eno1', 'eno2'], bond_active_slave: 'eno1' })
    t.match(find('vmbr0'), {
      bridge_members: ['bond0', 'fwpr100p0', 'tap101i0'],
      bridge_physical_interface: 'bond0',
      bridge_bond_slaves: ['eno1', 'eno2'],
      addresses: [
        { ip: '192.0.2.10', family: 'IPv4' },
        { ip: '2001:db8::10', family: 'IPv6' }
      ]
    })
    t.match(find('vmbr0.20'), { vlan_id: 20, vlan_parent: 'vmbr0' })
    t.match(find('veth100i0'), { type: 'vm_lxc', vmid: 100, vm_type: 'lxc' })
    t.match(find('tap101i0'), { type: 'vm_lxc', vmid: 101, vm_type: 'vm' })
    t.match(find('fwbr100i0'), { type: 'vm_lxc', vmid: 100, vm_type: undefined })
    t.match(find('docker1'), { type: 'virtual' })
    t.match(find('wg0'), { type: 'tunnel', status: 'up', mac_address: null })
    for (const one of all) {
      const nulls = Object.entries(one).filter(([, value]) => value === null)
      t.same(nulls.map(([field]) => field).sort(), Object.keys(one.reasons).sort(), one.name)
    }
  }
)

t.test(
  'the totals are those of the network adapters: bridges, bonds, VLANs and guests are not counted twice',
  async (t) => {
    const { read, pass, count } = hostOf(t, proxmox)
    await read()
    pass(5000)
    count(Object.fromEntries(names.map((name) => [name, [11_000, 5500]])))
    const summary = summarizeNetwork(sampleOf(await read()), NOON)
    t.same([...Compile(NetworkSummaryReplySchema).Errors(summary)], [])
    t.match(summary.traffic, { bytes_recv: 33_000, bytes_sent: 16_500 })
    t.match(summary.traffic, { bytes_recv_per_second: 6000, bytes_sent_per_second: 3000, reasons: {} })
    t.same(
      summary.interfaces.map(({ name, ip }) => [name, ip]),
      [
        ['eno1', undefined],
        ['eno2', undefined],
        ['wlp3s0', undefined],
        ['vmbr0', '192.0.2.10']
      ]
    )
  }
)

t.test('there is no rate after the first sample or a counter reset; both say why, and neither is 0', async (t) => {
  const { read, pass, count } = hostOf(t, { ...card('eno1'), 'proc/net/dev': netDev({ eno1: [5000, 5000] }) })
  const rates = async () => {
    const { traffic } = describeNetwork(sampleOf(await read()), NOON, 'pve1')
    return [traffic.bytes_recv_per_second, traffic.reasons.bytes_recv_per_second]
  }
  t.same(await rates(), [null, 'a rate needs a second sample'])
  pass(5000)
  count({ eno1: [100, 9000] })
  t.same(await rates(), [null, 'the counters were reset since the last sample'])
  pass(5000)
  count({ eno1: [1100, 9000] })
  t.same(await rates(), [200, undefined])
})

t.test('an unplugged cable, a removed adapter and a new one show at the next sample', async (t) => {
  const { root, read, pass, count } = hostOf(t, {
    ...card('eno1', { speed: '1000\n' }),
    ...card('eno2', { speed: '1000\n' }),
    'proc/net/dev': netDev({ eno1: [1, 1] })
  })
  t.match((await read()).interfaces, [{ name: 'eno1', isUp: true, speed: 1000 }])
  pass(5000)
  plant(root, { 'sys/class/net/eno1/operstate': 'down\n', 'sys/class/net/eno1/speed': '-1\n' })
  t.match((await read()).interfaces, [{ name: 'eno1', isUp: false, speed: null }])
  pass(5000)
  count({ eno2: [1, 1] })
  t.same(
    (await read()).interfaces.map(({ name }) => name),
    ['eno2']
  )
  rmSync(join(root, 'sys/class/net/eno2'), { recursive: true })
  pass(60_000)
  const [gone] = (await read()).interfaces
  t.match(gone, { name: 'eno2', kind: 'virtual', mtu: null }, 'gone from /sys before it is gone from /proc')
})

t.test('an adapter without a link keeps its addresses while it is up', async (t) => {
  let listed = { eno1: addresses().vmbr0 }
  const { root, read, pass } = hostOf(
    t,
    { ...card('eno1'), 'proc/net/dev': netDev({ eno1: [1, 1] }) },
    { addresses: () => listed }
  )
  const known = async () => (await read()).interfaces[0]!.addresses.length
  t.equal(await known(), 2)
  plant(root, { 'sys/class/net/eno1/operstate': 'down\n' })
  // As libuv does with what has no carrier.
  listed = {} as typeof listed
  t.equal(await known(), 2)
  pass(60_000)
  t.equal(await known(), 2, 'however long')
  plant(root, { 'sys/class/net/eno1/flags': '0x1002\n' })
  pass(60_000)
  t.equal(await known(), 0)
  plant(root, { 'sys/class/net/eno1/flags': '0x1003\n', 'sys/class/net/eno1/operstate': 'up\n' })
  t.equal(await known(), 0, 'and one with a link has what the kernel tells')
})

t.test(
  'health reports the missing link of an adapter in use and of a bridge with an uplink, and no other',
  async (t) => {
    const down = { operstate: 'down\n' }
    const tree = {
      ...card('eno1', { ...down, master: { to: '../vmbr0' } }),
      ...link('vmbr0', { ...down, 'bridge/bridge_id': '8000\n', 'brif/eno1': null }),
      ...card('eno2', down),
      ...card('eno3', { ...down, flags: '0x1002\n', master: { to: '../vmbr0' } }),
      ...card('eno4', down),
      ...link('eno4.7', { ...down, uevent: 'DEVTYPE=vlan\n', lower_eno4: null }),
      ...card('eno5', { master: { to: '../vmbr2' } }),
      ...link('vmbr1', { ...down, 'bridge/bridge_id': '8000\n', 'brif/tap101i0': null }),
      ...link('tap101i0', { tun_flags: '0x1002\n' })
    }
    const listed = 'eno1 vmbr0 eno2 eno3 eno4 eno4.7 eno5 vmbr1 tap101i0'.split(' ')
    const { read } = hostOf(t, {
      ...tree,
      'proc/net/dev': netDev(Object.fromEntries(listed.map((name) => [name, [1, 1]])))
    })
    t.same(linksOf(await read()), {
      eno1: true,
      vmbr0: true,
      eno2: false,
      eno3: false,
      eno4: true,
      eno5: false,
      vmbr1: false
    })
  }
)

t.test('an address with a label belongs to its interface, in any order of the list', async (t) => {
  const [first, second] = addresses().vmbr0!
  const { read } = hostOf(
    t,
    { ...card('eno1'), 'proc/net/dev': netDev({ eno1: [1, 1] }) },
    { addresses: () => ({ 'eno1:web': [first!], eno1: [second!] }) }
  )
  const [eno1] = (await read()).interfaces
  t.same(
    eno1!.addresses.map(({ address }) => address),
    ['192.0.2.10', '2001:db8::10']
  )
})

t.test('the totals for Prometheus do not fall when an adapter is removed', async (t) => {
  const { read, pass, count } = hostOf(t, {
    ...card('eno1'),
    ...card('eno2'),
    ...link('vmbr0', { 'bridge/bridge_id': '8000\n' }),
    'proc/net/dev': netDev({ eno1: [1000, 100], eno2: [5000, 500], vmbr0: [70, 7] })
  })
  const exported = async () => totalsOf(await read())
  t.same(await exported(), [6000, 600])
  pass(5000)
  count({ eno1: [1010, 101], vmbr0: [80, 8] })
  t.same(await exported(), [6010, 601])
  pass(5000)
  count({ eno1: [1020, 102], eno2: [3, 3], vmbr0: [90, 9] })
  t.same(await exported(), [6020, 602])
})

t.test('in a container the end of a veth pair with addresses stands for the adapter', async (t) => {
  const { read } = hostOf(
    t,
    { ...link('eth0', { iflink: '12\n' }), 'proc/net/dev': netDev({ eth0: [70, 30] }) },
    { addresses: () => ({ eth0: addresses().vmbr0 }) }
  )
  t.match((await read()).physical.counters.value, { rxBytes: 70, txBytes: 30 })
})

t.test('a host without a network adapter has no totals, with a reason', async (t) => {
  const { read } = hostOf(t, { ...link('dummy0'), 'proc/net/dev': netDev({ dummy0: [70, 30] }) })
  const { traffic, physical_total_count } = describeNetwork(sampleOf(await read()), NOON, 'pve1')
  t.equal(physical_total_count, 0)
  t.equal(traffic.bytes_recv, null)
  t.match(traffic.reasons, { bytes_recv: 'no physical network interface found' })
})

t.test('garbage in place of counters is an error and yields no value', async (t) => {
  const { read } = hostOf(t, { 'proc/net/dev': 'Inter-| garbage\n eth0: one two three\n' })
  await t.rejects(read(), { message: '/proc/net/dev lists no interface' })
})

t.test('without a sample the answer fits its schema, and every number is null with a reason', async (t) => {
  const none: Sample<NetworkState> = { value: null, reason: 'not measured yet', sampledAt: null, stale: false }
  const reply = describeNetwork(none, NOON, 'pve1')
  t.same([...Compile(NetworkReplySchema).Errors(reply)], [])
  t.match(reply, { reason: 'not measured yet', timestamp: null, age_seconds: null, physical_total_count: null })
  t.match(reply.traffic, { bytes_recv: null, reasons: { bytes_recv: 'not measured yet' } })
})

t.test(
  'GET /api/network has host name, domain, DNS servers and bonds, as the Monitor’s client reads them',
  async (t) => {
    const tell = async (tree: Tree) =>
      describeNetwork(sampleOf(await hostOf(t, { ...proxmox, ...tree }).read()), NOON, 'pve1')
    const resolvConf = [
      '# by hand',
      'domain old.example',
      'search example.com. sub.example.com',
      'nameserver 192.0.2.53',
      'nameserver 2001:db8::53',
      'nameserver fe80::1%eno1',
      'nameserver not-an-address',
      'options edns0'
    ].join('\n')
    const reply = await tell({ 'etc/resolv.conf': resolvConf })
    t.match(reply, {
      hostname: 'pve1',
      domain: 'example.com',
      dns_servers: ['192.0.2.53', '2001:db8::53', 'fe80::1%eno1'],
      reasons: {}
    })
    t.equal(reply.dns_servers.length, 3)
    t.match(reply.bond_interfaces, [{ name: 'bond0', bond_slaves: ['eno1', 'eno2'] }])
    t.same(
      reply.bond_interfaces,
      reply.interfaces.filter(({ type }) => type === 'bond')
    )
    t.same([...Compile(NetworkReplySchema).Errors(reply)], [])

    t.match(await tell({ 'etc/resolv.conf': 'search <script>\n' }), {
      domain: null,
      dns_servers: [],
      reasons: { domain: /names no domain/, dns_servers: /names no DNS server/ }
    })
    const missing = 'this host has no /etc/resolv.conf'
    t.match(await tell({}), { domain: null, dns_servers: [], reasons: { domain: missing, dns_servers: missing } })
  }
)
