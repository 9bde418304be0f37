import { formatBytes, formatCount, formatRate } from '../../data/format.ts'
import type { LiveData } from '../../data/live.ts'
import { useLive } from '../../data/use-live.ts'
import { SampleNote, Value } from '../../parts/sample.tsx'
import { t } from '../../texts/index.ts'
import { Card } from '../../ui/card.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { Freshness, PollProblem } from '../../ui/freshness.tsx'
import { activityIcon } from '../../ui/icon-shapes.ts'
import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/skeleton.tsx'
import { type Interface, InterfaceCard } from './interface-card.tsx'

type Network = LiveData['network']
const { network: n } = t

function Total({ traffic }: { traffic: Network['traffic'] }) {
  const { reasons } = traffic
  return (
    <Card title={n.total} icon={activityIcon}>
      <Facts>
        <Fact name={n.receiving}>
          <Value value={traffic.bytes_recv_per_second} reason={reasons.bytes_recv_per_second}>
            {formatRate}
          </Value>
        </Fact>
        <Fact name={n.sending}>
          <Value value={traffic.bytes_sent_per_second} reason={reasons.bytes_sent_per_second}>
            {formatRate}
          </Value>
        </Fact>
        <Fact name={n.received}>
          <Value value={traffic.bytes_recv} reason={reasons.bytes_recv}>
            {formatBytes}
          </Value>
        </Fact>
        <Fact name={n.sent}>
          <Value value={traffic.bytes_sent} reason={reasons.bytes_sent}>
            {formatBytes}
          </Value>
        </Fact>
        <Fact name={n.errors}>
          <Value value={traffic.errin} reason={reasons.errin}>
            {(into) => `${formatCount(into)} · ${formatCount(traffic.errout ?? 0)}`}
          </Value>
        </Fact>
        <Fact name={n.drops}>
          <Value value={traffic.dropin} reason={reasons.dropin}>
            {(into) => `${formatCount(into)} · ${formatCount(traffic.dropout ?? 0)}`}
          </Value>
        </Fact>
      </Facts>
    </Card>
  )
}

function Group({ title, interfaces }: { title: string; interfaces: Interface[] }) {
  if (interfaces.length === 0) return null
  return (
    <section aria-label={title} className="flex flex-col gap-3">
      <h2 className="text-base font-semibold">
        {title} <span className="font-normal text-muted">{interfaces.length}</span>
      </h2>
      <div className="grid gap-3 sm:gap-4 lg:grid-cols-2">
        {interfaces.map((each) => (
          <InterfaceCard key={each.name} of={each} />
        ))}
      </div>
    </section>
  )
}

/** The interfaces, their state and their traffic. */
export default function NetworkPage() {
  const live = useLive('network')
  const { data } = live
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
          <Group title={n.physical} interfaces={data.physical_interfaces} />
          <Group title={n.bridges} interfaces={data.bridge_interfaces} />
          <Group title={n.others} interfaces={data.interfaces} />
          <Group title={n.guests} interfaces={data.vm_lxc_interfaces} />
        </>
      )}
    </Page>
  )
}
