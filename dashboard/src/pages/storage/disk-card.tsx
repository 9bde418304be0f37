import type { ReactNode } from 'react'
import { formatBytes, formatCount, formatPercent, formatRate } from '../../data/format.ts'
import { SampleNote, Value } from '../../parts/sample.tsx'
import { t } from '../../texts/index.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import type { Shape } from '../../ui/icon-shapes.ts'
import type { Storage } from './storage.tsx'

type Disk = Storage['disks'][number]

const tones: Record<Disk['health'], Tone> = { healthy: 'good', warning: 'warn', critical: 'bad', unknown: 'neutral' }
const { storage: s } = t

function Smart({ disk }: { disk: Disk }) {
  const { reasons } = disk
  const fact = (name: string, key: keyof Disk & string, show: (value: number) => ReactNode = formatCount) => (
    <Fact name={name}>
      <Value value={disk[key] as number | null | undefined} reason={reasons[key]}>
        {show}
      </Value>
    </Fact>
  )
  // Values that this kind of disk does not have are omitted.
  const isNvme = disk.type === 'nvme'
  return (
    <Facts>
      <Fact name={s.smart}>{s.smartStates[disk.smart_status]}</Fact>
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

/** A disk: its current I/O and its SMART data. */
export function DiskCard({ disk, icon }: { disk: Disk; icon: Shape }) {
  const { reasons } = disk
  const hasSmart = disk.smart.timestamp != null
  return (
    <Card
      title={disk.name}
      icon={icon}
      aside={
        <span className="flex flex-wrap justify-end gap-2">
          <Badge>{s.types[disk.type]}</Badge>
          <Badge tone={tones[disk.health]} hasMark>
            {s.health[disk.health]}
          </Badge>
        </span>
      }
    >
      <Facts>
        <Fact name={s.size}>{formatBytes(disk.size_bytes)}</Fact>
        <Fact name={s.model}>
          <Value value={disk.model} reason={reasons.model}>
            {(value) => <span translate="no">{value}</span>}
          </Value>
        </Fact>
        {disk.serial != null && (
          <Fact name={s.serial}>
            <span translate="no">{disk.serial}</span>
          </Fact>
        )}
        {disk.temperature != null && <Fact name={s.temperature}>{t.overview.celsius(String(disk.temperature))}</Fact>}
        <Fact name={s.reading}>
          <Value value={disk.read_bytes_per_second} reason={reasons.read_bytes_per_second}>
            {formatRate}
          </Value>
        </Fact>
        <Fact name={s.writing}>
          <Value value={disk.write_bytes_per_second} reason={reasons.write_bytes_per_second}>
            {formatRate}
          </Value>
        </Fact>
        <Fact name={s.busy}>
          <Value value={disk.utilization} reason={reasons.utilization}>
            {formatPercent}
          </Value>
        </Fact>
        {disk.mounts.length > 0 && (
          <Fact name={s.mounts}>
            <span translate="no">{disk.mounts.join(', ')}</span>
          </Fact>
        )}
      </Facts>
      {disk.partitions.length > 0 && (
        <p className="text-sm text-muted">
          {s.partitions}:{' '}
          <span translate="no">
            {disk.partitions.map(({ name, size_bytes: size }) => `${name} (${formatBytes(size)})`).join(', ')}
          </span>
        </p>
      )}
      <SampleNote age={disk.smart} />
      {hasSmart && (
        <details>
          <summary className="mb-3 text-sm font-medium">{s.smartDetails}</summary>
          <Smart disk={disk} />
        </details>
      )}
    </Card>
  )
}
