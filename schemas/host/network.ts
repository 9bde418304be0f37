import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { ageProperties, ReasonsSchema } from './age.ts'

const count = (description: string, example: number) =>
  Type.Integer({ description: `${description}.`, examples: [example] })
const perSecond = (description: string, example: number) =>
  Nullable(
    Type.Number({
      description: `${description}, bytes a second over the interval between two samples.`,
      examples: [example]
    })
  )
const text = (description: string, example: string) =>
  Type.String({ description: `${description}.`, examples: [example] })
const name = (example: string) => text('Name of the interface', example)

const AddressSchema = Type.Object({
  ip: text('Address', '192.168.1.10'),
  netmask: text('Netmask', '255.255.255.0'),
  family: Type.Enum(['IPv4', 'IPv6'], { type: 'string', description: 'Of the address.', examples: ['IPv4'] })
})

const rates = {
  bytes_recv_per_second: perSecond('Received', 125000),
  bytes_sent_per_second: perSecond('Sent', 64000)
}

const StatusSchema = Type.Enum(['up', 'down'], { type: 'string', description: 'Whether it works.', examples: ['up'] })

/** A card; put together from all fields it would be a bridge, a bond and a guest’s too. */
const card = {
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
    description: '`vm_lxc` is a guest’s end on this host; `virtual` is none of the others.',
    examples: ['physical']
  }),
  status: StatusSchema,
  operstate: text('State as the kernel has it', 'up'),
  speed: Nullable(count('Mbit/s', 1000)),
  duplex: Type.Enum(['full', 'half', 'unknown'], { type: 'string', description: 'Of the link.', examples: ['full'] }),
  mtu: Nullable(count('Largest packet, bytes', 1500)),
  mac_address: Nullable(text('Hardware address', '02:00:00:00:00:01')),
  addresses: Type.Array(AddressSchema, {
    description: 'IPv4 and IPv6; while there is no link, those it had with one.'
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
  bridge_members: Type.Optional(Type.Array(Type.String(), { description: 'A bridge’s.', examples: [['eno1']] })),
  bridge_physical_interface: Type.Optional(text('The bridge’s way out', 'eno1')),
  bridge_bond_slaves: Type.Optional(Type.Array(Type.String(), { description: 'Where its way out is a bond.' })),
  bond_mode: Type.Optional(text('A bond’s', 'active-backup')),
  bond_slaves: Type.Optional(Type.Array(Type.String(), { description: 'A bond’s.', examples: [['eno1', 'eno2']] })),
  bond_active_slave: Type.Optional(Nullable(text('Null in modes that use all of them', 'eno1'))),
  vlan_id: Type.Optional(Nullable(count('A VLAN’s number', 10))),
  vlan_parent: Type.Optional(Nullable(text('What the VLAN runs on', 'eno1'))),
  vmid: Type.Optional(count('The guest’s, on Proxmox VE', 100)),
  vm_type: Type.Optional(
    Type.Enum(['vm', 'lxc'], { type: 'string', description: 'The guest’s kind.', examples: ['lxc'] })
  ),
  reasons: ReasonsSchema
}
export const InterfaceSchema = Type.Object(interfaceProperties, { examples: [card] })
export type InterfaceReply = Static<typeof InterfaceSchema>

const total = (description: string, example: number) => Nullable(count(description, example))
const share = (description: string) =>
  Nullable(Type.Number({ description: `${description}, percent of the packets since boot.`, examples: [0] }))

export const TrafficSchema = Type.Object(
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
  { description: 'The physical interfaces together, so that what passes a bridge or bond counts once.' }
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
    description: 'Those that are in none of the other lists.',
    examples: [[]]
  }),
  physical_interfaces: Type.Array(InterfaceSchema, { description: 'Cards, wireless ones included.' }),
  bridge_interfaces: Type.Array(InterfaceSchema, { description: 'Bridges.', examples: [[]] }),
  vm_lxc_interfaces: Type.Array(InterfaceSchema, { description: 'Guests’.', examples: [[]] }),
  traffic: TrafficSchema,
  ...counts
})
export type NetworkReply = Static<typeof NetworkReplySchema>

const BriefSchema = Type.Object({ name: name('eno1'), status: StatusSchema, addresses: Type.Array(AddressSchema) })

export const NetworkSummaryReplySchema = Type.Object({
  success: SuccessSchema,
  ...ageProperties,
  traffic: TrafficSchema,
  ...counts,
  physical_interfaces: Type.Array(BriefSchema, { description: 'Cards, wireless ones included.' }),
  bridge_interfaces: Type.Array(BriefSchema, { description: 'Bridges.' }),
  interfaces: Type.Array(
    Type.Object({
      name: name('vmbr0'),
      ip: Type.Optional(text('Its first address; left out where it has none', '192.168.1.10')),
      state: StatusSchema,
      rx_bytes: Nullable(count('Received since boot', 1234567890)),
      tx_bytes: Nullable(count('Sent since boot', 987654321))
    }),
    { description: 'Physical interfaces, then bridges. Do not add them up: a bridge’s traffic is its card’s too.' }
  )
})
export type NetworkSummaryReply = Static<typeof NetworkSummaryReplySchema>
