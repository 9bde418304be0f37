import { type ReactNode, useCallback } from 'react'
import { api } from '../../api/client.ts'
import { isProblem } from '../../api/problem.ts'
import { formatCount, formatPercent } from '../../data/format.ts'
import { useLive } from '../../data/use-live.ts'
import { usePoll } from '../../data/use-poll.ts'
import { Reason } from '../../parts/reason.tsx'
import { SampleNote, Value } from '../../parts/sample.tsx'
import { hrefOf } from '../../router.ts'
import { t } from '../../texts/index.ts'
import { texts } from '../../texts/smart.ts'
import { Card } from '../../ui/card.tsx'
import { BackLink, NotFoundPage } from '../../ui/detail-page.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { Freshness, PollProblem } from '../../ui/freshness.tsx'
import { activityIcon, hardDriveIcon } from '../../ui/icon-shapes.ts'
import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/skeleton.tsx'
import { Attributes, NvmeLog } from './attributes.tsx'
import type { Disk, Smart } from './disk.ts'
import { DiskBadges, DiskFacts } from './disk-card.tsx'
import { DiskHistory } from './disk-history.tsx'
import { SelfTests } from './self-tests.tsx'

const EVERY_MS = 10_000
const list = { href: hrefOf('storage'), name: texts.all }
const { storage: s } = t

/** The counters of a disk. Those that its kind does not have are left out. */
function Counters({ disk }: { disk: Disk }) {
  const fact = (name: string, key: keyof Disk & string, show: (value: number) => ReactNode = formatCount) => (
    <Fact name={name}>
      <Value value={disk[key] as number | null | undefined} reason={disk.reasons[key]}>
        {show}
      </Value>
    </Fact>
  )
  const isNvme = disk.type === 'nvme'
  return (
    <Facts>
      <Fact name={texts.assessment}>{s.smartStates[disk.smart_status]}</Fact>
      {fact(s.hours, 'power_on_hours', (value) => s.hoursValue(formatCount(value)))}
      {fact(s.cycles, 'power_cycles')}
      {disk.type === 'hdd' && fact(s.rotation, 'rotation_rate', (value) => s.rotationValue(formatCount(value)))}
      {!isNvme && fact(s.reallocated, 'reallocated_sectors')}
      {!isNvme && fact(s.pending, 'pending_sectors')}
      {!isNvme && fact(s.crc, 'crc_errors')}
      {isNvme && fact(s.media, 'media_errors')}
      {isNvme && fact(s.worn, 'percentage_used', formatPercent)}
    </Facts>
  )
}

function SmartCards({ disk, smart, reload }: { disk: Disk | undefined; smart: Smart; reload(): void }) {
  const { smart_data: data } = smart
  if (data === null) {
    return (
      <Card title={texts.summary} icon={activityIcon}>
        <p className="text-sm text-muted">
          <Reason text={smart.reasons.smart_data ?? t.ui.notAvailable} />
        </p>
      </Card>
    )
  }
  return (
    <>
      <Card title={texts.summary} icon={activityIcon}>
        <SampleNote age={smart} />
        {disk && <Counters disk={disk} />}
      </Card>
      <SelfTests smart={smart} reload={reload} />
      {data.attributes !== null && <Attributes attributes={data.attributes} />}
      {data.nvme !== null && <NvmeLog log={data.nvme} />}
    </>
  )
}

/** One disk: its I/O now and over time, its SMART data and its self-tests. */
export function DiskPage({ name }: { name: string }) {
  const load = useCallback(
    (signal: AbortSignal) => api.get('/api/storage/smart/{disk}', { path: { disk: name }, signal }),
    [name]
  )
  const polled = usePoll(load, EVERY_MS)
  const live = useLive('storage')
  const { data: smart, problem, reload } = polled
  if (smart === null && isProblem(problem, 'NOT_FOUND', 'VALIDATION')) {
    return <NotFoundPage title={texts.notFound} text={texts.notFoundText(name)} list={list} />
  }
  const disk = live.data?.disks.find((each) => each.name === name)
  return (
    <>
      <BackLink {...list} />
      <Page title={texts.title(name)} actions={<Freshness polled={polled} />}>
        <PollProblem polled={polled} />
        {disk && (
          <Card title={texts.disk} icon={hardDriveIcon} aside={<DiskBadges disk={disk} />}>
            <DiskFacts disk={disk} />
          </Card>
        )}
        {disk && <DiskHistory disk={disk} />}
        {smart ? <SmartCards disk={disk} smart={smart} reload={reload} /> : !problem && <Loading lines={8} />}
      </Page>
    </>
  )
}
