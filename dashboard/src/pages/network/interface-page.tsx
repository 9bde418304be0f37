import { type ReactNode, useCallback } from 'react'
import { api } from '../../api/client.ts'
import type { Reply } from '../../api/paths.ts'
import { isProblem } from '../../api/problem.ts'
import { formatBytes, formatCount, formatRate } from '../../data/format.ts'
import { useLive } from '../../data/use-live.ts'
import { peakChart } from '../../parts/history/charts.ts'
import type { ChartOf, Timeframe } from '../../parts/history/history.ts'
import { HistoryCard, useHistory } from '../../parts/history/history-card.tsx'
import { SampleNote, Value } from '../../parts/sample.tsx'
import { hrefOf } from '../../router.ts'
import { t } from '../../texts/index.ts'
import { Badge } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { BackLink, NotFoundPage } from '../../ui/detail-page.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { Freshness, PollProblem } from '../../ui/freshness.tsx'
import { networkIcon, wifiIcon } from '../../ui/icon-shapes.ts'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/skeleton.tsx'
import { formatSpeed } from './format-speed.ts'
import { Machine, StateBadge } from './interface-table.tsx'
import { addressesOf, findInterface, type Interface } from './interfaces.ts'

type Point = Reply<'/api/network/{name}/history'>['data'][number]

const { network: n, history: h } = t
const list = { href: hrefOf('network'), name: n.title }

const charts: readonly ChartOf<Point>[] = [
  peakChart<Point>(
    h.received,
    'netin',
    ({ netin }) => netin,
    ({ netin_max: highest }) => highest
  ),
  peakChart<Point>(
    h.sent,
    'netout',
    ({ netout }) => netout,
    ({ netout_max: highest }) => highest
  )
]

const linkTo = (name: string) => (
  <a key={name} href={hrefOf('network', name)} translate="no">
    {name}
  </a>
)
const linksTo = (names: readonly string[]): ReactNode =>
  names.length === 0 ? '–' : <span className="flex flex-wrap gap-x-2">{names.map(linkTo)}</span>

/** The facts that only bridges, bonds, VLANs and guests have. */
function LinkFacts({ of }: { of: Interface }) {
  const rows: [name: string, value: ReactNode][] = []
  if (of.master) rows.push([n.member, linkTo(of.master)])
  if (of.bridge_members) rows.push([n.members, linksTo(of.bridge_members)])
  if (of.bridge_physical_interface)
    rows.push([n.uplink, linksTo([of.bridge_physical_interface, ...(of.bridge_bond_slaves ?? [])])])
  if (of.bond_mode) rows.push([n.bondMode, <Machine key="mode">{of.bond_mode}</Machine>])
  if (of.bond_slaves) rows.push([n.slaves, linksTo(of.bond_slaves)])
  if (of.bond_active_slave) rows.push([n.bondActive, linkTo(of.bond_active_slave)])
  if (of.vlan_id != null)
    rows.push([n.vlan, of.vlan_parent ? n.vlanOn(String(of.vlan_id), of.vlan_parent) : of.vlan_id])
  if (of.vmid != null)
    rows.push([
      n.types.vm_lxc,
      <a key="guest" href={hrefOf('guests', String(of.vmid))}>
        {n.guest(of.vm_type, of.vmid)}
      </a>
    ])
  return rows.map(([name, value]) => (
    <Fact key={name} name={name}>
      {value}
    </Fact>
  ))
}

const countOrDash = (count: number | null | undefined) => (count == null ? '–' : formatCount(count))
const pair = (into: number | null | undefined, out: number | null | undefined) =>
  `${countOrDash(into)} · ${countOrDash(out)}`

function InterfaceCard({ of }: { of: Interface }) {
  const { reasons } = of
  const hasErrors = (of.errors_in ?? 0) + (of.errors_out ?? 0) > 0
  const fact = (name: string, field: keyof Interface & string, format: (value: number) => ReactNode) => (
    <Fact name={name}>
      <Value value={of[field] as number | null | undefined} reason={reasons[field]}>
        {format}
      </Value>
    </Fact>
  )
  const addresses = addressesOf(of)
  return (
    <Card
      title={n.interface}
      icon={of.type === 'wireless' ? wifiIcon : networkIcon}
      aside={
        <span className="flex flex-wrap justify-end gap-2">
          <Badge>{n.types[of.type]}</Badge>
          <StateBadge of={of} />
        </span>
      }
    >
      <Facts>
        {fact(n.receiving, 'bytes_recv_per_second', formatRate)}
        {fact(n.sending, 'bytes_sent_per_second', formatRate)}
        <Fact name={n.addresses} className="col-span-full">
          {addresses.length === 0 ? (
            <span className="font-normal text-muted">{n.noAddresses}</span>
          ) : (
            <ul translate="no" className="wrap-anywhere">
              {addresses.map((address) => (
                <li key={address}>{address}</li>
              ))}
            </ul>
          )}
        </Fact>
        <LinkFacts of={of} />
        {fact(n.speed, 'speed', (speed) => [formatSpeed(speed), n.duplex[of.duplex]].filter(Boolean).join(', '))}
        <Fact name={n.errors}>
          {hasErrors ? (
            <Badge tone="warn" hasMark>
              {pair(of.errors_in, of.errors_out)}
            </Badge>
          ) : (
            pair(of.errors_in, of.errors_out)
          )}
        </Fact>
        <Fact name={n.drops}>{pair(of.drops_in, of.drops_out)}</Fact>
        {fact(n.received, 'bytes_recv', formatBytes)}
        {fact(n.sent, 'bytes_sent', formatBytes)}
        {fact(n.mtu, 'mtu', (mtu) => n.bytes(formatCount(mtu)))}
        <Fact name={n.mac}>
          <Value value={of.mac_address} reason={reasons.mac_address}>
            {(address) => <Machine>{address}</Machine>}
          </Value>
        </Fact>
      </Facts>
    </Card>
  )
}

/** One interface: its state, its addresses, its traffic now and over time. */
export function InterfacePage({ name }: { name: string }) {
  const load = useCallback(
    (timeframe: Timeframe, signal: AbortSignal) =>
      api.get('/api/network/{name}/history', { path: { name }, query: { timeframe }, signal }),
    [name]
  )
  const history = useHistory(load)
  const live = useLive('network')
  const { data } = live
  const found = data ? findInterface(data, name) : undefined
  if (!found && isProblem(history.polled.problem, 'NOT_FOUND', 'VALIDATION')) {
    return <NotFoundPage title={n.notFound} text={n.notFoundText(name)} list={list} />
  }
  return (
    <>
      <BackLink {...list} />
      <Page title={n.interfaceTitle(name)} actions={<Freshness polled={live} />}>
        <PollProblem polled={live} />
        {data && <SampleNote age={data} />}
        {!data && !live.problem && (
          <Card>
            <Loading lines={6} />
          </Card>
        )}
        {data && !found && history.polled.data && <Notice>{n.gone}</Notice>}
        {found && <InterfaceCard of={found} />}
        <HistoryCard history={history} charts={charts} />
      </Page>
    </>
  )
}
