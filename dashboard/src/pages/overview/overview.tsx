import { api } from '../../api/client.ts'
import { formatClock } from '../../data/format.ts'
import { useLive } from '../../data/use-live.ts'
import { usePoll } from '../../data/use-poll.ts'
import { t } from '../../texts/index.ts'
import { cx } from '../../ui/class-names.ts'
import { Freshness, PollProblem } from '../../ui/freshness.tsx'
import { Page } from '../../ui/page.tsx'
import { DiskCard, GuestsCard, NetworkCard, StorageCard } from './flow-cards.tsx'
import { HistoryCard } from './history-card.tsx'
import { HostCard } from './host-card.tsx'
import { MonitorUpdate } from './monitor-update.tsx'
import { NextSteps } from './next-steps.tsx'
import { useHour, useRecent } from './recent.ts'
import { StatusCard } from './status-card.tsx'
import { TopProcesses } from './top-processes.tsx'
import { CpuCard, LoadCard, MemoryCard, TemperatureCard } from './vital-cards.tsx'

const UPDATES_EVERY_MS = 5 * 60_000
const loadUpdates = (signal: AbortSignal) => api.get('/api/updates', { signal })
const loadInfo = (signal: AbortSignal) => api.get('/api/info', { signal })

/** The summary of this host, live while the tab is visible. */
export default function Overview() {
  const live = useLive('system')
  const network = useLive('network')
  const storage = useLive('storage')
  const { data: system } = live
  const updates = usePoll(loadUpdates, UPDATES_EVERY_MS)
  const info = usePoll(loadInfo, 0)
  const hour = useHour()
  const recent = useRecent(hour.data, { system, network: network.data, storage: storage.data })
  const lead = system ? t.overview.updated(formatClock(system.timestamp)) : t.ui.loading
  const isProxmox = system?.proxmox_node != null
  const hasSensor = system?.has_temperature_sensor !== false
  return (
    <Page
      title={t.overview.title}
      lead={live.problem ? null : lead}
      actions={<Freshness polled={live} />}
      help="reading-health"
    >
      <PollProblem polled={live} />
      {/* First what may need a decision, then the numbers. */}
      <div className={cx('grid gap-3 sm:gap-4', isProxmox && 'lg:grid-cols-2')}>
        <StatusCard updates={updates} />
        {isProxmox && <GuestsCard />}
      </div>
      <NextSteps />
      <MonitorUpdate updates={updates.data} running={info.data?.version} />
      {(system || !live.problem) && (
        <>
          <div className={cx('grid grid-cols-2 gap-3 sm:gap-4', hasSensor ? 'xl:grid-cols-4' : 'xl:grid-cols-3')}>
            <CpuCard system={system} recent={recent} iowait={hour.data?.data.at(-1)?.iowait ?? null} />
            <MemoryCard system={system} recent={recent} />
            <LoadCard system={system} recent={recent} />
            {hasSensor && <TemperatureCard system={system} recent={recent} />}
            <NetworkCard polled={network} recent={recent} />
            <DiskCard polled={storage} recent={recent} />
            <StorageCard polled={storage} className={hasSensor ? 'col-span-2' : ''} />
          </div>
          <HistoryCard hour={hour} hasSensor={hasSensor} />
          <div className="grid gap-3 sm:gap-4 xl:grid-cols-2">
            <TopProcesses />
            <HostCard system={system} updates={updates} info={info} />
          </div>
        </>
      )}
    </Page>
  )
}
