import { formatBytes, formatCount, formatPercent, formatTemperature } from '../../data/format.ts'
import { Value } from '../../parts/sample.tsx'
import { t } from '../../texts/index.ts'
import { lookUp } from '../../texts/look-up.ts'
import { texts } from '../../texts/smart.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { listTreeIcon } from '../../ui/icon-shapes.ts'
import { type Column, Table } from '../../ui/table.tsx'
import type { SmartData } from './disk.ts'

type Attribute = NonNullable<SmartData['attributes']>[number]

const tones: Record<Attribute['status'], Tone> = { ok: 'good', warning: 'warn', critical: 'bad' }

const numberColumn = (key: 'value' | 'worst' | 'threshold', isSecondary: boolean): Column<Attribute> => ({
  key,
  title: texts[key],
  isNumeric: true,
  isSecondary,
  cell: (attribute) => <Value value={attribute[key]}>{formatCount}</Value>
})

const columns: Column<Attribute>[] = [
  {
    key: 'name',
    title: texts.attribute,
    cell: ({ name }) => (
      <span translate="no" className="wrap-anywhere">
        {name.replaceAll('_', ' ')}
      </span>
    )
  },
  { key: 'id', title: texts.id, isNumeric: true, isSecondary: true, cell: ({ id }) => id },
  numberColumn('value', false),
  numberColumn('worst', true),
  numberColumn('threshold', true),
  {
    key: 'raw',
    title: texts.raw,
    isNumeric: true,
    cell: ({ raw_value: raw }) => (
      <span translate="no" className="wrap-anywhere">
        {raw}
      </span>
    )
  },
  {
    key: 'state',
    title: texts.state,
    cell: ({ status }) => (
      <Badge tone={tones[status]} hasMark>
        {texts.states[status]}
      </Badge>
    )
  }
]

const severity: Record<Attribute['status'], number> = { critical: 0, warning: 1, ok: 2 }

/** The attributes of an ATA disk, those with a problem first. */
export function Attributes({ attributes }: { attributes: Attribute[] }) {
  const rows = attributes.toSorted((a, b) => severity[a.status] - severity[b.status] || a.id - b.id)
  return (
    <Card title={texts.attributes} icon={listTreeIcon}>
      <Table caption={texts.attributes} columns={columns} rows={rows} keyOf={({ id }) => id} />
      <p className="text-xs text-muted">{texts.attributesHint}</p>
    </Card>
  )
}

/** A data unit is 1000 blocks of 512 bytes (NVM Express 2.0, figure 208). */
const DATA_UNIT = 512_000
const minutes = (value: number) => texts.minutes(formatCount(value))
const formats: Readonly<Record<string, (value: number) => string>> = {
  temperature: formatTemperature,
  available_spare: formatPercent,
  available_spare_threshold: formatPercent,
  percentage_used: formatPercent,
  data_units_read: (value) => formatBytes(value * DATA_UNIT),
  data_units_written: (value) => formatBytes(value * DATA_UNIT),
  controller_busy_time: minutes,
  power_on_hours: (value) => t.storage.hoursValue(formatCount(value)),
  warning_temp_time: minutes,
  critical_comp_time: minutes
}

type Entry = [name: string, value: number]

const logColumns: Column<Entry>[] = [
  {
    key: 'name',
    title: texts.attribute,
    cell: ([name]) => lookUp(texts.nvmeNames, name) ?? <span translate="no">{name.replaceAll('_', ' ')}</span>
  },
  { key: 'value', title: texts.value, isNumeric: true, cell: ([name, value]) => (formats[name] ?? formatCount)(value) }
]

/** The health log of an NVMe disk. */
export function NvmeLog({ log }: { log: Record<string, number> }) {
  return (
    <Card title={texts.nvme} icon={listTreeIcon}>
      <Table caption={texts.nvme} columns={logColumns} rows={Object.entries(log)} keyOf={([name]) => name} />
    </Card>
  )
}
