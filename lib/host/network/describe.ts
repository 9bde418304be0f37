import type { InterfaceReply, NetworkReply, NetworkSummaryReply, TrafficReply } from '../../../schemas/host/network.ts'
import { createReasons, describeAge } from '../age.ts'
import { type Measurement, unavailable } from '../measurement.ts'
import type { Sample } from '../sampling.ts'
import type { InterfaceCounters } from './counters.ts'
import type { NetworkInterface, NetworkState } from './reader.ts'
import { describeResolver } from './resolver.ts'

const isPhysical = ({ type }: InterfaceReply): boolean => type === 'physical' || type === 'wireless'
const isUp = ({ status }: InterfaceReply): boolean => status === 'up'

const NOT_COUNTED = 'the kernel reports no plausible value'

const lossOf = (dropped: number | null, packets: number | null): number | null =>
  dropped === null || packets === null
    ? null
    : dropped + packets === 0
      ? 0
      : Math.round((dropped / (dropped + packets)) * 10_000) / 100

const describeRates = (
  rates: Measurement<InterfaceCounters>,
  orReason: ReturnType<typeof createReasons>['orReason']
) => ({
  bytes_recv_per_second: orReason('bytes_recv_per_second', rates.value?.rxBytes, rates.reason ?? NOT_COUNTED),
  bytes_sent_per_second: orReason('bytes_sent_per_second', rates.value?.txBytes, rates.reason ?? NOT_COUNTED)
})

/** The kind in the Monitor's names. */
function typeOf(kind: NetworkInterface['kind']): InterfaceReply['type'] {
  if (kind === 'guest') return 'vm_lxc'
  return kind === 'pair' ? 'virtual' : kind
}

/**
 * Proxmox VE names a guest's interfaces after its number: veth100i0 for a container, tap100i0 for a VM. Its firewall adds
 * fwbr100i0, fwln100i0 and fwpr100p0 for either.
 */
function guestOf(name: string): Partial<InterfaceReply> {
  const match = /^(veth|tap|fwbr|fwln|fwpr)(\d{1,9})[ip]\d+$/.exec(name)
  if (!match) return {}
  const [, prefix, vmid] = match
  const type = { veth: 'lxc', tap: 'vm' } as const
  return { vmid: Number(vmid), ...(prefix! in type && { vm_type: type[prefix as keyof typeof type] }) }
}

function bridgeOf(bridge: NetworkInterface, all: readonly NetworkInterface[]): Partial<InterfaceReply> {
  if (bridge.bridgeMembers === null) return {}
  const uplink = all.find(
    ({ name, kind }) => bridge.bridgeMembers!.includes(name) && ['physical', 'wireless', 'bond', 'vlan'].includes(kind)
  )
  return {
    bridge_members: bridge.bridgeMembers,
    ...(uplink && { bridge_physical_interface: uplink.name }),
    ...(uplink?.bond && { bridge_bond_slaves: uplink.bond.slaves })
  }
}

function describeInterface(one: NetworkInterface, all: readonly NetworkInterface[]): InterfaceReply {
  const { reasons, orReason } = createReasons()
  const { counters, bond, vlan } = one
  const count = (field: keyof InterfaceReply, value: number | null) => orReason(field, value, NOT_COUNTED)
  return {
    name: one.name,
    type: typeOf(one.kind),
    status: one.isUp ? 'up' : 'down',
    operstate: one.operstate,
    speed: orReason('speed', one.speed, one.isUp ? 'not reported by the driver' : 'no link'),
    duplex: one.duplex ?? 'unknown',
    mtu: orReason('mtu', one.mtu, 'not reported by the kernel'),
    mac_address: orReason('mac_address', one.mac, 'this type of interface has no MAC address'),
    addresses: one.addresses.map(({ address, netmask, family }) => ({ ip: address, netmask, family })),
    bytes_sent: count('bytes_sent', counters.txBytes),
    bytes_recv: count('bytes_recv', counters.rxBytes),
    packets_sent: count('packets_sent', counters.txPackets),
    packets_recv: count('packets_recv', counters.rxPackets),
    errors_in: count('errors_in', counters.rxErrors),
    errors_out: count('errors_out', counters.txErrors),
    drops_in: count('drops_in', counters.rxDropped),
    drops_out: count('drops_out', counters.txDropped),
    packet_loss_in: count('packet_loss_in', lossOf(counters.rxDropped, counters.rxPackets)),
    packet_loss_out: count('packet_loss_out', lossOf(counters.txDropped, counters.txPackets)),
    ...describeRates(one.rates, orReason),
    ...(one.master !== null && { master: one.master }),
    ...bridgeOf(one, all),
    ...(bond && {
      bond_mode: bond.mode,
      bond_slaves: bond.slaves,
      bond_active_slave: orReason(
        'bond_active_slave',
        bond.active,
        'this bond mode has no active port, or no port has a link'
      )
    }),
    ...(vlan && {
      vlan_id: orReason('vlan_id', vlan.id, 'not reported by the kernel'),
      vlan_parent: orReason('vlan_parent', vlan.parent, 'the parent interface is in another network namespace')
    }),
    ...(one.kind === 'guest' && guestOf(one.name)),
    reasons
  }
}

function describeTraffic({ value, reason }: Readonly<Sample<NetworkState>>): TrafficReply {
  const { reasons, orReason } = createReasons()
  const { counters, rates } = value?.physical ?? {
    counters: { value: null, reason: reason ?? '' },
    rates: { value: null, reason: reason ?? '' }
  }
  const count = (field: keyof TrafficReply, key: keyof InterfaceCounters) =>
    orReason(field, counters.value?.[key], counters.reason ?? NOT_COUNTED)
  const loss = (field: keyof TrafficReply, dropped: keyof InterfaceCounters, packets: keyof InterfaceCounters) =>
    orReason(
      field,
      counters.value && lossOf(counters.value[dropped], counters.value[packets]),
      counters.reason ?? NOT_COUNTED
    )
  return {
    bytes_sent: count('bytes_sent', 'txBytes'),
    bytes_recv: count('bytes_recv', 'rxBytes'),
    packets_sent: count('packets_sent', 'txPackets'),
    packets_recv: count('packets_recv', 'rxPackets'),
    errin: count('errin', 'rxErrors'),
    errout: count('errout', 'txErrors'),
    dropin: count('dropin', 'rxDropped'),
    dropout: count('dropout', 'txDropped'),
    packet_loss_in: loss('packet_loss_in', 'rxDropped', 'rxPackets'),
    packet_loss_out: loss('packet_loss_out', 'txDropped', 'txPackets'),
    ...describeRates(rates, orReason),
    reasons
  }
}

/** What GET /api/network and its summary have in common. */
function describeInterfaces(sample: Readonly<Sample<NetworkState>>, now: number) {
  const all = sample.value?.interfaces ?? []
  const described = all.map((one) => describeInterface(one, all))
  const physical = described.filter(isPhysical)
  const bridges = described.filter(({ type }) => type === 'bridge')
  const guests = described.filter(({ type }) => type === 'vm_lxc')
  const listed = new Set([...physical, ...bridges, ...guests])
  const count = (list: readonly InterfaceReply[]) => (sample.value === null ? null : list.length)
  return {
    success: true as const,
    ...describeAge(sample, now),
    interfaces: described.filter((one) => !listed.has(one)),
    physical_interfaces: physical,
    bridge_interfaces: bridges,
    vm_lxc_interfaces: guests,
    traffic: describeTraffic(sample),
    active_count: count([...physical, ...bridges].filter(isUp)),
    total_count: count([...physical, ...bridges]),
    physical_active_count: count(physical.filter(isUp)),
    physical_total_count: count(physical),
    bridge_active_count: count(bridges.filter(isUp)),
    bridge_total_count: count(bridges),
    vm_lxc_active_count: count(guests.filter(isUp)),
    vm_lxc_total_count: count(guests)
  }
}

/** The answer of GET /api/network in the Monitor's names; `now` is milliseconds since the epoch. */
export function describeNetwork(sample: Readonly<Sample<NetworkState>>, now: number, hostname: string): NetworkReply {
  const described = describeInterfaces(sample, now)
  return {
    ...described,
    hostname,
    ...describeResolver(sample.value?.resolver ?? unavailable(sample.reason ?? '')),
    bond_interfaces: described.interfaces.filter(({ type }) => type === 'bond')
  }
}

const brief = ({ name, status, addresses }: InterfaceReply) => ({ name, status, addresses })

/** The answer of GET /api/network/summary. */
export function summarizeNetwork(sample: Readonly<Sample<NetworkState>>, now: number): NetworkSummaryReply {
  const { vm_lxc_interfaces: _guests, ...network } = describeInterfaces(sample, now)
  const { physical_interfaces: physical, bridge_interfaces: bridges } = network
  return {
    ...network,
    physical_interfaces: physical.map(brief),
    bridge_interfaces: bridges.map(brief),
    interfaces: [...physical, ...bridges].map(({ name, addresses, status, bytes_recv, bytes_sent }) => ({
      name,
      ...(addresses[0] && { ip: addresses[0].ip }),
      state: status,
      rx_bytes: bytes_recv,
      tx_bytes: bytes_sent
    }))
  }
}
