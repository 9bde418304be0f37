import type { ReactNode } from 'react'
import { formatBytes, formatCount, formatRate } from '../../data/format.ts'
import type { LiveData } from '../../data/live.ts'
import { Value } from '../../parts/sample.tsx'
import { t } from '../../texts/index.ts'
import { Badge } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { networkIcon, wifiIcon } from '../../ui/icon-shapes.ts'

export type Interface = LiveData['network']['physical_interfaces'][number]

const { network: n } = t
const Untranslated = ({ children }: { children: ReactNode }) => <span translate="no">{children}</span>

/** The facts that only bridges, bonds, VLANs and guests have. */
function LinkFacts({ of }: { of: Interface }) {
  const rows: [name: string, value: ReactNode][] = []
  if (of.master) rows.push([n.member, of.master])
  if (of.bridge_members) rows.push([n.members, of.bridge_members.join(', ') || '–'])
  if (of.bridge_physical_interface) {
    const slaves = of.bridge_bond_slaves?.length ? ` (${of.bridge_bond_slaves.join(', ')})` : ''
    rows.push([n.uplink, of.bridge_physical_interface + slaves])
  }
  if (of.bond_mode) rows.push([n.bondMode, of.bond_mode])
  if (of.bond_slaves) rows.push([n.slaves, of.bond_slaves.join(', ') || '–'])
  if (of.bond_active_slave) rows.push([n.bondActive, of.bond_active_slave])
  if (of.vlan_id != null)
    rows.push([n.vlan, of.vlan_parent ? n.vlanOn(String(of.vlan_id), of.vlan_parent) : of.vlan_id])
  if (of.vmid != null) rows.push([n.types.vm_lxc, n.guest(of.vm_type ?? 'vm', of.vmid)])
  return rows.map(([name, value]) => (
    <Fact key={name} name={name}>
      <Untranslated>{value}</Untranslated>
    </Fact>
  ))
}

const countOrDash = (count: number | null) => (count === null ? '–' : formatCount(count))
const pair = (into: number | null, out: number | null) => `${countOrDash(into)} · ${countOrDash(out)}`

export function InterfaceCard({ of }: { of: Interface }) {
  const { reasons } = of
  const isUp = of.status === 'up'
  const hasFaults = (of.errors_in ?? 0) + (of.errors_out ?? 0) > 0
  return (
    <Card
      title={of.name}
      icon={of.type === 'wireless' ? wifiIcon : networkIcon}
      aside={
        <span className="flex flex-wrap justify-end gap-2">
          <Badge>{n.types[of.type]}</Badge>
          <Badge tone={isUp ? 'good' : 'neutral'} hasMark>
            {isUp ? n.up : n.down}
          </Badge>
        </span>
      }
    >
      <Facts>
        <Fact name={n.receiving}>
          <Value value={of.bytes_recv_per_second} reason={reasons.bytes_recv_per_second}>
            {formatRate}
          </Value>
        </Fact>
        <Fact name={n.sending}>
          <Value value={of.bytes_sent_per_second} reason={reasons.bytes_sent_per_second}>
            {formatRate}
          </Value>
        </Fact>
        <Fact name={n.addresses} className="col-span-full">
          {of.addresses.length === 0 ? (
            <span className="font-normal text-muted">{n.noAddresses}</span>
          ) : (
            <ul translate="no">
              {of.addresses.map(({ ip, netmask }) => (
                <li key={ip}>
                  {ip} <span className="font-normal text-muted">{netmask}</span>
                </li>
              ))}
            </ul>
          )}
        </Fact>
        <LinkFacts of={of} />
        <Fact name={n.speed}>
          <Value value={of.speed} reason={reasons.speed}>
            {(speed) => [n.mbit(formatCount(speed)), n.duplex[of.duplex]].filter(Boolean).join(', ')}
          </Value>
        </Fact>
        <Fact name={n.errors}>
          {hasFaults ? (
            <Badge tone="warn" hasMark>
              {pair(of.errors_in, of.errors_out)}
            </Badge>
          ) : (
            pair(of.errors_in, of.errors_out)
          )}
        </Fact>
        <Fact name={n.drops}>{pair(of.drops_in, of.drops_out)}</Fact>
        <Fact name={n.received}>
          <Value value={of.bytes_recv} reason={reasons.bytes_recv}>
            {formatBytes}
          </Value>
        </Fact>
        <Fact name={n.sent}>
          <Value value={of.bytes_sent} reason={reasons.bytes_sent}>
            {formatBytes}
          </Value>
        </Fact>
        <Fact name={n.mtu}>
          <Value value={of.mtu} reason={reasons.mtu}>
            {(mtu) => n.bytes(formatCount(mtu))}
          </Value>
        </Fact>
        <Fact name={n.mac}>
          <Value value={of.mac_address} reason={reasons.mac_address}>
            {(address) => <Untranslated>{address}</Untranslated>}
          </Value>
        </Fact>
      </Facts>
    </Card>
  )
}
