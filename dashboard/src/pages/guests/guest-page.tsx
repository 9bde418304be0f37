import { useCallback, useEffect } from 'react'
import { api } from '../../api/client.ts'
import { isProblem } from '../../api/problem.ts'
import { formatBytes, formatPercent } from '../../data/format.ts'
import { usePoll } from '../../data/use-poll.ts'
import { SampleNote } from '../../parts/sample.tsx'
import { hrefOf } from '../../router.ts'
import { texts } from '../../texts/guests.ts'
import { t } from '../../texts/index.ts'
import { Card } from '../../ui/card.tsx'
import { BackLink, NotFoundPage } from '../../ui/detail-page.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { Freshness, PollProblem } from '../../ui/freshness.tsx'
import { gaugeIcon } from '../../ui/icon-shapes.ts'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/skeleton.tsx'
import { Addresses } from './addresses.tsx'
import { StateBadge, Tags } from './badges.tsx'
import { Configuration } from './configuration.tsx'
import { formatUptime, type Guest, type GuestDetail, useStartedTask } from './guest.ts'
import { GuestActions } from './guest-actions.tsx'
import { GuestHistory } from './guest-history.tsx'
import { GuestTasks } from './guest-tasks.tsx'
import { Measured, type MeasuredField } from './measured.tsx'
import { TaskNotice } from './task-notice.tsx'

const EVERY_MS = 15_000
const list = { href: hrefOf('guests'), name: texts.all }

const totalOf = (value: number | null | undefined) => (value == null ? null : formatBytes(value))

function Usage({ guest }: { guest: Guest }) {
  const fact = (name: string, field: MeasuredField, format: (value: number) => string) => (
    <Fact name={name}>
      <Measured guest={guest} field={field}>
        {format}
      </Measured>
    </Fact>
  )
  const { maxcpu = null, maxmem, maxdisk } = guest
  return (
    <Facts>
      {fact(texts.cpu, 'cpu', (value) => texts.cpuOf(formatPercent(value * 100), maxcpu))}
      {fact(texts.memory, 'mem', (value) => texts.ofTotal(formatBytes(value), totalOf(maxmem)))}
      {fact(texts.disk, 'disk', (value) => texts.ofTotal(formatBytes(value), totalOf(maxdisk)))}
      {fact(texts.uptime, 'uptime', formatUptime)}
      {fact(texts.networkIn, 'netin', formatBytes)}
      {fact(texts.networkOut, 'netout', formatBytes)}
      {fact(texts.diskRead, 'diskread', formatBytes)}
      {fact(texts.diskWritten, 'diskwrite', formatBytes)}
    </Facts>
  )
}

function Detail({ detail, reload }: { detail: GuestDetail; reload(): void }) {
  const { guest } = detail
  const task = useStartedTask(guest.vmid)
  const end = task?.ended_at ?? null
  // The state is another one after the task.
  useEffect(() => {
    if (end !== null) reload()
  }, [end, reload])
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="flex flex-wrap items-center gap-2 text-sm text-muted">
          <StateBadge guest={guest} qmp={detail.qmp_status} />
          <span>{texts.types[guest.type]}</span>
          <span>
            {texts.node} <span translate="no">{guest.node}</span>
          </span>
          <Tags guest={guest} />
        </div>
        <GuestActions guest={guest} isBusy={task?.state === 'running'} />
      </div>
      {task && <TaskNotice task={task} />}
      {detail.lock != null && <Notice tone="warn">{texts.lock(detail.lock)}</Notice>}
      {detail.ha_managed && <Notice>{texts.ha}</Notice>}
      <Card title={texts.usage} icon={gaugeIcon}>
        <Usage guest={guest} />
        <SampleNote age={detail} />
      </Card>
      <GuestHistory vmid={guest.vmid} type={guest.type} />
      <div className="grid gap-3 sm:gap-4 xl:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-3 sm:gap-4">
          <Addresses detail={detail} />
          <GuestTasks vmid={guest.vmid} lastEnd={end} />
        </div>
        <Configuration detail={detail} />
      </div>
    </>
  )
}

/** One VM or container. */
export function GuestPage({ vmid }: { vmid: string }) {
  const load = useCallback(
    (signal: AbortSignal) => api.get('/api/guests/{vmid}', { path: { vmid: Number(vmid) }, signal }),
    [vmid]
  )
  const polled = usePoll(load, EVERY_MS)
  const { data, problem, reload } = polled
  if (data === null && isProblem(problem, 'NOT_FOUND', 'VALIDATION')) {
    return <NotFoundPage title={texts.notFound} text={texts.notFoundText(vmid)} list={list} />
  }
  const title = data ? texts.titleOf(data.guest.name, data.guest.vmid) : vmid
  return (
    <>
      <BackLink {...list} />
      <Page title={title} actions={<Freshness polled={polled} />} help="guests" helpAbout={t.nav.guests}>
        <PollProblem polled={polled} />
        {data ? <Detail detail={data} reload={reload} /> : !problem && <Loading lines={8} />}
      </Page>
    </>
  )
}
