import { formatBytes, formatPercent, formatRate, formatTemperature } from '../../data/format.ts'
import { SampleNote, Value } from '../../parts/sample.tsx'
import { hrefOf } from '../../router.ts'
import { t } from '../../texts/index.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import type { Shape } from '../../ui/icon-shapes.ts'
import type { Disk } from './disk.ts'

const tones: Record<Disk['health'], Tone> = { healthy: 'good', warning: 'warn', critical: 'bad', unknown: 'neutral' }
const { storage: s } = t

/** The type and the health of a disk. */
export function DiskBadges({ disk }: { disk: Disk }) {
  return (
    <span className="flex flex-wrap justify-end gap-2">
      <Badge>{s.types[disk.type]}</Badge>
      <Badge tone={tones[disk.health]} hasMark>
        {s.health[disk.health]}
      </Badge>
    </span>
  )
}

/** What a disk is, and its current I/O. */
export function DiskFacts({ disk }: { disk: Disk }) {
  const { reasons } = disk
  return (
    <>
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
        {disk.temperature != null && <Fact name={s.temperature}>{formatTemperature(disk.temperature)}</Fact>}
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
    </>
  )
}

/** A disk in the list of all. Its own page has its history, SMART data and self-tests. */
export function DiskCard({ disk, icon }: { disk: Disk; icon: Shape }) {
  return (
    <Card title={disk.name} icon={icon} aside={<DiskBadges disk={disk} />}>
      <DiskFacts disk={disk} />
      <SampleNote age={disk.smart} />
      <p>
        <a href={hrefOf('storage', disk.name)} className="text-sm">
          {disk.type === 'virtual' ? s.historyOf(disk.name) : s.smartOf(disk.name)}
        </a>
      </p>
    </Card>
  )
}
