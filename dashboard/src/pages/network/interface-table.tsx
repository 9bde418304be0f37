import type { ReactNode } from 'react'
import { formatBytes, formatCount, formatRate } from '../../data/format.ts'
import { Value } from '../../parts/sample.tsx'
import { hrefOf } from '../../router.ts'
import { t } from '../../texts/index.ts'
import { Badge } from '../../ui/badge.tsx'
import { Icon } from '../../ui/icon.tsx'
import { arrowDownIcon, arrowUpIcon, type Shape } from '../../ui/icon-shapes.ts'
import { Sparkline } from '../../ui/sparkline.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { formatSpeed } from './format-speed.ts'
import { dropsOf, errorsOf, type Interface, reachableOf, sumOf } from './interfaces.ts'
import type { RecentTraffic, TrafficSample } from './recent-traffic.ts'

/** The minimum scale in bytes per second, so that an idle interface does not draw a line at the top edge. */
const CALM = 64 * 1024
/** Addresses that a row shows. */
const MOST = 2

const { network: n } = t

/** The guest of an interface, as a link to its page. */
export type GuestOf = (one: Interface) => ReactNode

/** A name or an address: not to be translated. */
export const Machine = ({ children }: { children: ReactNode }) => (
  <span translate="no" className="wrap-anywhere">
    {children}
  </span>
)

export function StateBadge({ of }: { of: Interface }) {
  const isUp = of.status === 'up'
  return (
    <Badge tone={isUp ? 'good' : 'neutral'} hasMark>
      {isUp ? n.up : n.down}
    </Badge>
  )
}

/** What has gone wrong since boot; nothing if nothing has. */
export function Faults({ of }: { of: Interface }) {
  const [errors, drops] = [errorsOf(of), dropsOf(of)]
  return (
    <>
      {errors > 0 && (
        <Badge tone="warn" hasMark>
          {n.errorCount(formatCount(errors))}
        </Badge>
      )}
      {drops > 0 && <span className="text-xs text-muted">{n.dropCount(formatCount(drops))}</span>}
    </>
  )
}

/** The first addresses. */
function Addresses({ of }: { of: Interface }) {
  const all = reachableOf(of)
  return (
    <span className="flex min-w-32 flex-col">
      {all.slice(0, MOST).map((address) => (
        <Machine key={address}>{address}</Machine>
      ))}
      {all.length > MOST && <span className="text-xs text-muted">{n.moreAddresses(all.length - MOST)}</span>}
    </span>
  )
}

interface FlowProps {
  icon: Shape
  name: string
  value: number | null | undefined
  reason: string | undefined
  format(value: number): string
}

/** One direction: an arrow, which a screen reader hears as a word, and the value. */
const Flow = ({ icon, name, value, reason, format }: FlowProps) => (
  <span className="flex items-center justify-end gap-1 whitespace-nowrap">
    <Icon shape={icon} className="size-3.5 text-muted" />
    <span className="sr-only">{name}</span>
    <Value value={value} reason={reason}>
      {format}
    </Value>
  </span>
)

type Counter = 'bytes_recv_per_second' | 'bytes_sent_per_second' | 'bytes_recv' | 'bytes_sent'

const flows = (of: Interface, received: [string, Counter], sent: [string, Counter], format: (n: number) => string) => (
  <span className="flex flex-col">
    {[[arrowDownIcon, received] as const, [arrowUpIcon, sent] as const].map(([icon, [name, field]]) => (
      <Flow key={field} icon={icon} name={name} value={of[field]} reason={of.reasons[field]} format={format} />
    ))}
  </span>
)
const rates = (of: Interface) =>
  flows(of, [n.receiving, 'bytes_recv_per_second'], [n.sending, 'bytes_sent_per_second'], formatRate)
const totals = (of: Interface) => flows(of, [n.received, 'bytes_recv'], [n.sent, 'bytes_sent'], formatBytes)

const lineOf = (samples: readonly TrafficSample[], of: 'received' | 'sent') =>
  samples.map((sample) => ({ time: sample.time, value: sample[of] }))

/** The name, and below it the MAC address; on a phone what the hidden columns say of most use. */
const nameCell = (of: Interface, guestOf: GuestOf | undefined) => (
  <span className="flex flex-col items-start gap-0.5">
    <span className="flex flex-wrap items-center gap-x-2">
      <a href={hrefOf('network', of.name)} translate="no">
        {of.name}
      </a>
      {of.status !== 'up' && (
        <span className="md:hidden">
          <StateBadge of={of} />
        </span>
      )}
    </span>
    {of.mac_address != null && (
      <span translate="no" className="font-mono text-xs font-normal text-muted max-md:hidden">
        {of.mac_address}
      </span>
    )}
    <span className="flex flex-wrap gap-x-2 text-xs font-normal text-muted md:hidden">
      {guestOf?.(of) ?? n.types[of.type]}
      {reachableOf(of)
        .slice(0, 1)
        .map((address) => (
          <Machine key={address}>{address}</Machine>
        ))}
      <Faults of={of} />
    </span>
  </span>
)

const kindOf = (of: Interface, guestOf: GuestOf | undefined): ReactNode => {
  if (guestOf) return guestOf(of) ?? n.types[of.type]
  const master = of.vlan_parent ?? of.master
  return (
    <span className="flex flex-col">
      {n.types[of.type]}
      {master != null && (
        <span className="text-xs text-muted">
          {n.inMaster} <Machine>{master}</Machine>
        </span>
      )}
    </span>
  )
}

function columnsFor(recent: RecentTraffic, hasFaults: boolean, guestOf: GuestOf | undefined): Column<Interface>[] {
  const shown = recent.window()
  const columns: (Column<Interface> | false)[] = [
    { key: 'name', title: n.name, sortBy: ({ name }) => name, cell: (of) => nameCell(of, guestOf) },
    {
      key: 'kind',
      title: guestOf ? n.types.vm_lxc : n.kind,
      isSecondary: true,
      sortBy: (of) => (guestOf ? (of.vmid ?? null) : n.types[of.type]),
      cell: (of) => kindOf(of, guestOf)
    },
    {
      key: 'state',
      title: n.state,
      isSecondary: true,
      sortBy: ({ status }) => (status === 'up' ? n.up : n.down),
      cell: (of) => <StateBadge of={of} />
    },
    !guestOf && {
      key: 'speed',
      title: n.speed,
      isNumeric: true,
      isSecondary: true,
      sortBy: ({ speed }) => speed ?? null,
      cell: (of) => (
        <span className="whitespace-nowrap">
          <Value value={of.speed} reason={of.reasons.speed}>
            {formatSpeed}
          </Value>
        </span>
      )
    },
    {
      key: 'addresses',
      title: n.addresses,
      isSecondary: true,
      cell: (of) => <Addresses of={of} />
    },
    {
      key: 'traffic',
      title: n.traffic,
      isNumeric: true,
      sortBy: (of) => sumOf(of.bytes_recv_per_second, of.bytes_sent_per_second),
      cell: rates
    },
    {
      key: 'recent',
      title: n.recent,
      isSecondary: true,
      cell: ({ name }) => {
        const samples = recent.of(name)
        return (
          <span className="block w-20">
            <Sparkline lines={[lineOf(samples, 'received'), lineOf(samples, 'sent')]} {...shown} top={CALM} />
          </span>
        )
      }
    },
    {
      key: 'total',
      title: n.sinceBoot,
      isNumeric: true,
      isTertiary: true,
      sortBy: (of) => sumOf(of.bytes_recv, of.bytes_sent),
      cell: totals
    },
    hasFaults && {
      key: 'faults',
      title: n.faults,
      isSecondary: true,
      // The most first: any error is worse than drops.
      sortBy: (of) => -(errorsOf(of) * 1e6 + dropsOf(of)),
      cell: (of) => (
        <span className="flex flex-col items-start gap-0.5">
          <Faults of={of} />
        </span>
      )
    }
  ]
  return columns.filter((column) => column !== false)
}

interface InterfaceTableProps {
  caption: string
  interfaces: readonly Interface[]
  recent: RecentTraffic
  /** Interfaces of guests have a guest instead of a kind and a speed. */
  guestOf?: GuestOf
}

/** Interfaces, one per row. Errors and drops have a column only if there are any. */
export function InterfaceTable({ caption, interfaces, recent, guestOf }: InterfaceTableProps) {
  const hasFaults = interfaces.some((one) => errorsOf(one) + dropsOf(one) > 0)
  return (
    <Table
      caption={caption}
      columns={columnsFor(recent, hasFaults, guestOf)}
      rows={interfaces}
      keyOf={({ name }) => name}
    />
  )
}
