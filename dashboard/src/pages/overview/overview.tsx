import { api } from '../../api/client.ts'
import type { Reply } from '../../api/paths.ts'
import { formatClock } from '../../data/format.ts'
import { usePoll } from '../../data/use-poll.ts'
import { t } from '../../texts/index.ts'
import { Freshness, PollProblem } from '../../ui/freshness.tsx'
import { Page } from '../../ui/page.tsx'
import { HostCard } from './host-card.tsx'
import { CpuCard, LoadCard, MemoryCard, TemperatureCard } from './vital-cards.tsx'

export type System = Reply<'/api/system'>

const EVERY_MS = 5000
const load = (signal: AbortSignal) => api.get('/api/system', { signal })

/** The vital signs of this host, asked for every five seconds. */
export default function Overview() {
  const polled = usePoll(load, EVERY_MS)
  const { data } = polled
  const lead = data ? t.overview.updated(formatClock(data.timestamp)) : t.ui.loading
  return (
    <Page title={t.overview.title} lead={polled.problem ? null : lead} actions={<Freshness polled={polled} />}>
      <PollProblem polled={polled} />
      {(data || !polled.problem) && (
        <>
          <div className="grid grid-cols-2 gap-3 sm:gap-4 xl:grid-cols-4">
            <CpuCard system={data} />
            <MemoryCard system={data} />
            <LoadCard system={data} />
            <TemperatureCard system={data} />
          </div>
          <HostCard system={data} />
        </>
      )}
    </Page>
  )
}
