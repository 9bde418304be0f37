import { formatBytes, formatPercent, formatRate } from '../../data/format.ts'
import type { LiveData } from '../../data/live.ts'
import { useLive } from '../../data/use-live.ts'
import type { Polled } from '../../data/use-poll.ts'
import { SampleNote, toneOf } from '../../parts/sample.tsx'
import { hrefOf } from '../../router.ts'
import { t } from '../../texts/index.ts'
import { activityIcon, databaseIcon, hardDriveIcon, networkIcon, serverIcon } from '../../ui/icon-shapes.ts'
import { Meter } from '../../ui/meter.tsx'
import { Sparkline } from '../../ui/sparkline.tsx'
import type { Recent } from './recent.ts'
import { Detail, Rates, VitalCard } from './vital-card.tsx'

/** The minimum scale in bytes per second, so that an idle host does not draw a line at the top edge. */
const CALM = 64 * 1024

const more = (page: string, words: string) => (
  <a href={hrefOf(page)} className="text-xs max-sm:hidden">
    {words}
  </a>
)

interface Flow<T extends 'network' | 'storage'> {
  polled: Polled<LiveData[T]>
  recent: Recent
}

export function NetworkCard({ polled, recent }: Flow<'network'>) {
  const { data: network } = polled
  const { bytes_recv_per_second: received, bytes_sent_per_second: sent } = network?.traffic ?? {}
  const reasons = network?.traffic.reasons
  const reason = network && received == null ? (network.reason ?? reasons?.bytes_recv_per_second) : null
  return (
    <VitalCard
      title={t.overview.network}
      polled={polled}
      icon={networkIcon}
      aside={more('network', t.overview.details)}
      value={
        received == null || sent == null ? null : (
          <Rates
            rows={[
              { name: t.overview.received, value: formatRate(received) },
              { name: t.overview.sent, value: formatRate(sent), isDashed: true }
            ]}
          />
        )
      }
      reason={reason ?? (network && received == null ? t.ui.notAvailable : null)}
    >
      <Sparkline lines={[recent.of('netin'), recent.of('netout')]} from={recent.from} to={recent.to} top={CALM} />
      <Detail>
        {network?.physical_active_count != null && network.physical_total_count != null && (
          <span>{t.overview.linksUp(network.physical_active_count, network.physical_total_count)}</span>
        )}
      </Detail>
      {network && <SampleNote age={network} />}
    </VitalCard>
  )
}

export function DiskCard({ polled, recent }: Flow<'storage'>) {
  const { data: storage } = polled
  const { read_bytes_per_second: read, write_bytes_per_second: written, reasons } = storage?.io ?? {}
  return (
    <VitalCard
      title={t.overview.disks}
      polled={polled}
      icon={activityIcon}
      value={
        read == null || written == null ? null : (
          <Rates
            rows={[
              { name: t.overview.read, value: formatRate(read) },
              { name: t.overview.written, value: formatRate(written), isDashed: true }
            ]}
          />
        )
      }
      reason={storage && read == null ? (reasons?.read_bytes_per_second ?? storage.reason ?? t.ui.notAvailable) : null}
    >
      <Sparkline lines={[recent.of('diskread'), recent.of('diskwrite')]} from={recent.from} to={recent.to} top={CALM} />
      <Detail>{storage?.disk_count != null && <span>{t.overview.diskCount(storage.disk_count)}</span>}</Detail>
    </VitalCard>
  )
}

export function StorageCard({ polled, className }: { polled: Polled<LiveData['storage']>; className?: string }) {
  const { data: storage } = polled
  const percent = storage?.usage_percent ?? null
  const fullest = storage?.filesystems
    .filter(({ usage_percent: used, remote }) => used != null && !remote)
    .toSorted((a, b) => b.usage_percent! - a.usage_percent!)
    .slice(0, 3)
  return (
    <VitalCard
      title={t.overview.storage}
      polled={polled}
      icon={hardDriveIcon}
      aside={more('storage', t.overview.details)}
      value={percent === null ? null : formatPercent(percent)}
      reason={
        storage && percent === null ? (storage.reasons.usage_percent ?? storage.reason ?? t.ui.notAvailable) : null
      }
      {...(className && { className })}
    >
      <Meter label={t.overview.storage} percent={percent ?? 0} tone={toneOf(percent ?? 0)} />
      <ul className="flex flex-col gap-0.5 text-sm">
        {fullest?.map(({ mountpoint, usage_percent: used }) => (
          <li key={mountpoint} className="flex justify-between gap-3">
            <span translate="no" className="truncate text-muted">
              {mountpoint}
            </span>
            <span className="whitespace-nowrap tabular-nums">{formatPercent(used!)}</span>
          </li>
        ))}
      </ul>
      <Detail>
        {storage?.used_bytes != null && storage.available_bytes != null && (
          <span>{t.overview.storageDetail(formatBytes(storage.used_bytes), formatBytes(storage.available_bytes))}</span>
        )}
      </Detail>
    </VitalCard>
  )
}

/** Shown only on Proxmox VE, because other hosts have no guests. */
export function GuestsCard() {
  const polled = useLive('guests')
  const { data } = polled
  const guests = data?.guests.filter(({ template }) => !template) ?? []
  const running = guests.filter(({ status }) => status === 'running')
  const busiest = running
    .toSorted((a, b) => (b.cpu ?? 0) * (b.maxcpu ?? 1) - (a.cpu ?? 0) * (a.maxcpu ?? 1))
    .slice(0, 3)
  const count = (type: 'qemu' | 'lxc') => guests.filter((guest) => guest.type === type).length
  const isEmpty = data !== null && data.guests.length === 0
  const unread = isEmpty ? data.reason : null
  return (
    <VitalCard
      title={t.overview.guests}
      polled={polled}
      icon={isEmpty ? databaseIcon : serverIcon}
      aside={more('guests', t.overview.details)}
      value={data === null ? null : t.overview.running(running.length, guests.length)}
      reason={unread}
    >
      <ul className="flex flex-col gap-0.5 text-sm">
        {busiest.map(({ vmid, name, cpu, maxcpu }) => (
          <li key={vmid} className="flex justify-between gap-3">
            <span translate="no" className="truncate text-muted">
              {vmid} {name}
            </span>
            {cpu != null && (
              <span className="whitespace-nowrap tabular-nums">
                {t.overview.guestCpu(formatPercent(cpu * 100), maxcpu)}
              </span>
            )}
          </li>
        ))}
      </ul>
      <Detail>
        <span>{t.overview.guestKinds(count('qemu'), count('lxc'))}</span>
      </Detail>
      {data && <SampleNote age={data} />}
    </VitalCard>
  )
}
