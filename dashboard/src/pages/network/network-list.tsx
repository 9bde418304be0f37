import { type ReactNode, useId, useState } from 'react'
import { formatBytes, formatCount, formatRate } from '../../data/format.ts'
import { useLive } from '../../data/use-live.ts'
import { SampleNote, Value } from '../../parts/sample.tsx'
import { hrefOf } from '../../router.ts'
import { t } from '../../texts/index.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { Freshness, PollProblem } from '../../ui/freshness.tsx'
import { activityIcon, chevronDownIcon, chevronUpIcon, networkIcon, serverIcon } from '../../ui/icon-shapes.ts'
import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/skeleton.tsx'
import { type GuestOf, InterfaceTable } from './interface-table.tsx'
import { groupsOf, type Interface, type Network } from './interfaces.ts'
import type { RecentTraffic } from './recent-traffic.ts'
import { useRecentTraffic } from './use-recent-traffic.ts'

/** More interfaces of guests are collapsed. */
const FEW = 8
const { network: n } = t

function Total({ traffic }: { traffic: Network['traffic'] }) {
  const { reasons } = traffic
  const fact = (name: string, field: keyof Network['traffic'] & string, format: (value: number) => string) => (
    <Fact name={name}>
      <Value value={traffic[field] as number | null | undefined} reason={reasons[field]}>
        {format}
      </Value>
    </Fact>
  )
  const pair = (out: number | null | undefined) => (into: number) =>
    `${formatCount(into)} · ${out == null ? '–' : formatCount(out)}`
  return (
    <Card title={n.total} icon={activityIcon}>
      <Facts>
        {fact(n.receiving, 'bytes_recv_per_second', formatRate)}
        {fact(n.sending, 'bytes_sent_per_second', formatRate)}
        {fact(n.received, 'bytes_recv', formatBytes)}
        {fact(n.sent, 'bytes_sent', formatBytes)}
        {fact(n.errors, 'errin', pair(traffic.errout))}
        {fact(n.drops, 'dropin', pair(traffic.dropout))}
      </Facts>
    </Card>
  )
}

interface CollapsedProps {
  show: string
  hide: string
  children: ReactNode
}

/** Content behind a button, which comes first, so that the focus is before what it shows. */
function Collapsed({ show, hide, children }: CollapsedProps) {
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  return (
    <>
      <div>
        <Button
          size="small"
          icon={isOpen ? chevronUpIcon : chevronDownIcon}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? hide : show}
        </Button>
      </div>
      <div id={id} hidden={!isOpen}>
        {isOpen && children}
      </div>
    </>
  )
}

function GuestCard({ interfaces, recent }: { interfaces: Interface[]; recent: RecentTraffic }) {
  const { data } = useLive('guests')
  const guestOf: GuestOf = ({ vmid }) => {
    if (vmid == null) return null
    const guest = data?.guests.find((each) => each.vmid === vmid)
    return (
      <a href={hrefOf('guests', String(vmid))} translate="no" className="wrap-anywhere">
        {vmid} {guest?.name}
      </a>
    )
  }
  const table = <InterfaceTable caption={n.guests} interfaces={interfaces} recent={recent} guestOf={guestOf} />
  return (
    <Card title={n.guests} icon={serverIcon}>
      {interfaces.length > FEW ? (
        <Collapsed show={n.showGuests(interfaces.length)} hide={n.hideGuests}>
          {table}
        </Collapsed>
      ) : (
        table
      )}
    </Card>
  )
}

/** The interfaces, their state and their traffic. */
export function NetworkList() {
  const live = useLive('network')
  const { data } = live
  const recent = useRecentTraffic(data)
  const { active, inactive, guests } = data ? groupsOf(data) : { active: [], inactive: [], guests: [] }
  return (
    <Page title={n.title} lead={n.lead} actions={<Freshness polled={live} />}>
      <PollProblem polled={live} />
      {!data && !live.problem && (
        <Card>
          <Loading lines={8} />
        </Card>
      )}
      {data && (
        <>
          <SampleNote age={data} />
          <Total traffic={data.traffic} />
          <Card title={n.interfaces} icon={networkIcon}>
            {active.length > 0 ? (
              <InterfaceTable caption={n.interfaces} interfaces={active} recent={recent} />
            ) : (
              <p className="text-sm text-muted">{n.noneActive}</p>
            )}
            {inactive.length > 0 && (
              <Collapsed show={n.showInactive(inactive.length)} hide={n.hideInactive}>
                <InterfaceTable caption={n.inactive} interfaces={inactive} recent={recent} />
              </Collapsed>
            )}
          </Card>
          {guests.length > 0 && <GuestCard interfaces={guests} recent={recent} />}
        </>
      )}
    </Page>
  )
}
