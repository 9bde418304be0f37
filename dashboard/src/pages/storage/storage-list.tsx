import { useCallback } from 'react'
import { api } from '../../api/client.ts'
import { formatBytes, formatPercent, formatRate } from '../../data/format.ts'
import { useLive } from '../../data/use-live.ts'
import { usePoll } from '../../data/use-poll.ts'
import { SampleNote, toneOf, Value } from '../../parts/sample.tsx'
import { t } from '../../texts/index.ts'
import { Card } from '../../ui/card.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { Freshness, PollProblem } from '../../ui/freshness.tsx'
import { databaseIcon, hardDriveIcon } from '../../ui/icon-shapes.ts'
import { Meter } from '../../ui/meter.tsx'
import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/skeleton.tsx'
import type { Storage } from './disk.ts'
import { DiskCard } from './disk-card.tsx'
import { SpaceNotes } from './space-notes.tsx'
import { FilesystemTable, PoolTable, ProxmoxTable } from './storage-tables.tsx'

function Summary({ storage }: { storage: Storage }) {
  const { reasons, io, usage_percent: percent } = storage
  return (
    <Card title={t.storage.summary} icon={databaseIcon}>
      {percent != null && <Meter label={t.storage.usage} percent={percent} tone={toneOf(percent)} />}
      <Facts>
        <Fact name={t.storage.usage}>
          <Value value={percent} reason={reasons.usage_percent}>
            {formatPercent}
          </Value>
        </Fact>
        <Fact name={t.storage.usedSpace}>
          <Value value={storage.used_bytes} reason={reasons.used_bytes}>
            {formatBytes}
          </Value>
        </Fact>
        <Fact name={t.storage.freeSpace}>
          <Value value={storage.available_bytes} reason={reasons.available_bytes}>
            {formatBytes}
          </Value>
        </Fact>
        <Fact name={t.storage.capacity}>
          <Value value={storage.total_bytes} reason={reasons.total_bytes}>
            {formatBytes}
          </Value>
        </Fact>
        <Fact name={t.storage.ioRead}>
          <Value value={io.read_bytes_per_second} reason={io.reasons.read_bytes_per_second}>
            {formatRate}
          </Value>
        </Fact>
        <Fact name={t.storage.ioWrite}>
          <Value value={io.write_bytes_per_second} reason={io.reasons.write_bytes_per_second}>
            {formatRate}
          </Value>
        </Fact>
      </Facts>
    </Card>
  )
}

const PROXMOX_EVERY_MS = 30_000

/** Proxmox storages. Other hosts have no such data, so nothing is shown. */
function ProxmoxCard() {
  const load = useCallback((signal: AbortSignal) => api.get('/api/proxmox-storage', { signal }), [])
  const polled = usePoll(load, PROXMOX_EVERY_MS)
  const { data } = polled
  if (!data || (data.storage.length === 0 && !data.stale)) return null
  return (
    <Card title={t.storage.proxmox} icon={databaseIcon} aside={<Freshness polled={polled} />}>
      <SampleNote age={data} />
      <ProxmoxTable storages={data.storage} />
    </Card>
  )
}

/** File systems, disks and pools. */
export function StorageList() {
  const live = useLive('storage')
  const { data } = live
  return (
    <Page title={t.storage.title} lead={t.storage.lead} actions={<Freshness polled={live} />}>
      <PollProblem polled={live} />
      {!data && !live.problem && (
        <Card>
          <Loading lines={8} />
        </Card>
      )}
      {data && (
        <>
          <SampleNote age={data} />
          <Summary storage={data} />
          <Card title={t.storage.filesystems} icon={databaseIcon}>
            <SampleNote age={data.sources.filesystems} />
            {data.filesystems.length > 0 && <FilesystemTable filesystems={data.filesystems} />}
            <SpaceNotes filesystems={data.filesystems} />
          </Card>
          {data.zfs_pools.length > 0 && (
            <Card title={t.storage.pools} icon={databaseIcon}>
              <SampleNote age={data.sources.zfs_pools} />
              <PoolTable pools={data.zfs_pools} />
            </Card>
          )}
          <ProxmoxCard />
          <section aria-label={t.storage.disks} className="flex flex-col gap-3">
            <h2 className="text-base font-semibold">{t.storage.disks}</h2>
            <SampleNote age={data.sources.disks} />
            {data.disks.length === 0 && data.sources.disks.reason == null && (
              <p className="text-sm text-muted">{t.storage.noDisks}.</p>
            )}
            <div className="grid gap-3 sm:gap-4 lg:grid-cols-2">
              {data.disks.map((disk) => (
                <DiskCard key={disk.name} disk={disk} icon={hardDriveIcon} />
              ))}
            </div>
          </section>
        </>
      )}
    </Page>
  )
}
