import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { NamedObject } from '../foundation/named-object.ts'
import { ageProperties, ReasonsSchema } from './age.ts'

const count = (description: string, example: number) =>
  Type.Integer({ description: `${description}.`, examples: [example] })
const perSecond = (description: string, example: number) =>
  Nullable(
    Type.Number({
      description: `${description}, bytes per second between two samples.`,
      examples: [example]
    })
  )
const text = (description: string, example: string) =>
  Type.String({ description: `${description}.`, examples: [example] })
const name = (example: string) => text('Name of the interface', example)

const AddressSchema = NamedObject('InterfaceAddress', {
  ip: text('Address', '192.168.1.10'),
  netmask: text('Netmask', '255.255.255.0'),
  family: Type.Enum(['IPv4', 'IPv6'], { type: 'string', description: 'Address family.', examples: ['IPv4'] })
})

const rates = {
  bytes_recv_per_second: perSecond('Received', 125000),
  bytes_sent_per_second: perSecond('Sent', 64000)
}

const StatusSchema = Type.Enum(['up', 'down'], {
  type: 'string',
  description: 'Whether the interface is up.',
  examples: ['up']
})

/** A fixed example: one generated from all fields would be a bridge, a bond and a guest at once. */
const physicalExample = {
  name: 'eno1',
  type: 'physical',
  status: 'up',
  operstate: 'up',
  speed: 1000,
  duplex: 'full',
  mtu: 1500,
  mac_address: '02:00:00:00:00:01',
  addresses: [],
  bytes_sent: 987654321,
  bytes_recv: 1234567890,
  packets_sent: 900000,
  packets_recv: 1000000,
  errors_in: 0,
  errors_out: 0,
  drops_in: 0,
  drops_out: 0,
  packet_loss_in: 0,
  packet_loss_out: 0,
  bytes_recv_per_second: 125000,
  bytes_sent_per_second: 64000,
  master: 'vmbr0',
  reasons: {}
}

const interfaceProperties = {
  name: name('eno1'),
  type: Type.Enum(['physical', 'wireless', 'bridge', 'bond', 'vlan', 'vm_lxc', 'tunnel', 'loopback', 'virtual'], {
    type: 'string',
    description: '`vm_lxc` is the host side of a guest’s interface; `virtual` is any other virtual interface.',
    examples: ['physical']
  }),
  status: StatusSchema,
  operstate: text('Operational state in the kernel', 'up'),
  speed: Nullable(count('Mbit/s', 1000)),
  duplex: Type.Enum(['full', 'half', 'unknown'], {
    type: 'string',
    description: 'Duplex mode of the link.',
    examples: ['full']
  }),
  mtu: Nullable(count('Maximum packet size, bytes', 1500)),
  mac_address: Nullable(text('MAC address', '02:00:00:00:00:01')),
  addresses: Type.Array(AddressSchema, {
    description: 'IPv4 and IPv6 addresses; without a link, the last known addresses.'
  }),
  bytes_sent: Nullable(count('Bytes since boot', 987654321)),
  bytes_recv: Nullable(count('Bytes since boot', 1234567890)),
  packets_sent: Nullable(count('Since boot', 900000)),
  packets_recv: Nullable(count('Since boot', 1000000)),
  errors_in: Nullable(count('Since boot', 0)),
  errors_out: Nullable(count('Since boot', 0)),
  drops_in: Nullable(count('Received and dropped since boot', 0)),
  drops_out: Nullable(count('Dropped before they were sent since boot', 0)),
  packet_loss_in: Nullable(
    Type.Number({ description: 'Share of dropped packets since boot, percent.', examples: [0] })
  ),
  packet_loss_out: Nullable(
    Type.Number({ description: 'Share of dropped packets since boot, percent.', examples: [0] })
  ),
  ...rates,
  master: Type.Optional(text('The bridge or bond it belongs to', 'vmbr0')),
  bridge_members: Type.Optional(
    Type.Array(Type.String(), { description: 'Ports of the bridge.', examples: [['eno1']] })
  ),
  bridge_physical_interface: Type.Optional(text('Uplink of the bridge', 'eno1')),
  bridge_bond_slaves: Type.Optional(
    Type.Array(Type.String(), { description: 'Ports of the bond, if the uplink of the bridge is a bond.' })
  ),
  bond_mode: Type.Optional(text('Mode of the bond', 'active-backup')),
  bond_slaves: Type.Optional(
    Type.Array(Type.String(), { description: 'Ports of the bond.', examples: [['eno1', 'eno2']] })
  ),
  bond_active_slave: Type.Optional(Nullable(text('Active port; null in modes that use all ports', 'eno1'))),
  vlan_id: Type.Optional(Nullable(count('VLAN id', 10))),
  vlan_parent: Type.Optional(Nullable(text('Parent interface of the VLAN', 'eno1'))),
  vmid: Type.Optional(count('Id of the guest in Proxmox VE', 100)),
  vm_type: Type.Optional(
    Type.Enum(['vm', 'lxc'], { type: 'string', description: 'Type of the guest.', examples: ['lxc'] })
  ),
  reasons: ReasonsSchema
}
export const InterfaceSchema = NamedObject('NetworkInterface', interfaceProperties, { examples: [physicalExample] })
export type InterfaceReply = Static<typeof InterfaceSchema>

const total = (description: string, example: number) => Nullable(count(description, example))
const share = (description: string) =>
  Nullable(Type.Number({ description: `${description}, percent of the packets since boot.`, examples: [0] }))

export const TrafficSchema = NamedObject(
  'NetworkTraffic',
  {
    bytes_sent: total('Bytes since boot', 987654321),
    bytes_recv: total('Bytes since boot', 1234567890),
    packets_sent: total('Since boot', 900000),
    packets_recv: total('Since boot', 1000000),
    errin: total('Receive errors since boot', 0),
    errout: total('Send errors since boot', 0),
    dropin: total('Received and dropped since boot', 0),
    dropout: total('Dropped before they were sent since boot', 0),
    packet_loss_in: share('Dropped on receipt'),
    packet_loss_out: share('Dropped on sending'),
    ...rates,
    reasons: ReasonsSchema
  },
  { description: 'Sum over the physical interfaces, so that traffic of a bridge or bond counts once.' }
)
export type TrafficReply = Static<typeof TrafficSchema>

const counts = {
  active_count: total('Physical interfaces and bridges that are up', 2),
  total_count: total('Physical interfaces and bridges', 3),
  physical_active_count: total('Physical interfaces that are up', 1),
  physical_total_count: total('Physical interfaces', 2),
  bridge_active_count: total('Bridges that are up', 1),
  bridge_total_count: total('Bridges', 1),
  vm_lxc_active_count: total('Guests’ interfaces that are up', 0),
  vm_lxc_total_count: total('Guests’ interfaces', 0)
}

export const NetworkReplySchema = Type.Object({
  success: SuccessSchema,
  ...ageProperties,
  interfaces: Type.Array(InterfaceSchema, {
    description: 'Interfaces that are not in the other lists.',
    examples: [[]]
  }),
  physical_interfaces: Type.Array(InterfaceSchema, { description: 'Physical interfaces, including wireless.' }),
  bridge_interfaces: Type.Array(InterfaceSchema, { description: 'Bridges.', examples: [[]] }),
  vm_lxc_interfaces: Type.Array(InterfaceSchema, { description: 'Interfaces of guests.', examples: [[]] }),
  bond_interfaces: Type.Array(InterfaceSchema, { description: 'The bonds of `interfaces`.', examples: [[]] }),
  hostname: text('Host name', 'pve1'),
  domain: Nullable(text('Domain that completes short names, from /etc/resolv.conf', 'example.com')),
  dns_servers: Type.Array(Type.String(), {
    description: 'DNS servers, from /etc/resolv.conf.',
    examples: [['192.0.2.53']]
  }),
  reasons: ReasonsSchema,
  traffic: TrafficSchema,
  ...counts
})
export type NetworkReply = Static<typeof NetworkReplySchema>

const BriefSchema = NamedObject('InterfaceSummary', {
  name: name('eno1'),
  status: StatusSchema,
  addresses: Type.Array(AddressSchema)
})

export const NetworkSummaryReplySchema = Type.Object({
  success: SuccessSchema,
  ...ageProperties,
  traffic: TrafficSchema,
  ...counts,
  physical_interfaces: Type.Array(BriefSchema, { description: 'Physical interfaces, including wireless.' }),
  bridge_interfaces: Type.Array(BriefSchema, { description: 'Bridges.' }),
  interfaces: Type.Array(
    NamedObject('InterfaceCounters', {
      name: name('vmbr0'),
      ip: Type.Optional(text('First address; missing without an address', '192.168.1.10')),
      state: StatusSchema,
      rx_bytes: Nullable(count('Received since boot', 1234567890)),
      tx_bytes: Nullable(count('Sent since boot', 987654321))
    }),
    {
      description:
        'Physical interfaces, then bridges. Do not add them up: traffic of a bridge also passes its physical interface.'
    }
  )
})
export type NetworkSummaryReply = Static<typeof NetworkSummaryReplySchema>
