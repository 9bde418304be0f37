import { formatCount, formatTemperature } from '../../data/format.ts'
import { texts } from '../../texts/settings.ts'
import { Notice } from '../../ui/notice.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { type Gauge, type GaugeName, type Gauges, gaugeNames } from './thresholds.ts'

const { thresholds: h } = texts

type Row = [name: GaugeName, gauge: Gauge]

const show = (value: number, unit: string) =>
  unit === '°C' ? formatTemperature(value) : `${formatCount(value)} ${unit}`

const columns: Column<Row>[] = [
  { key: 'name', title: h.gauge, cell: ([name]) => h.gauges[name] },
  { key: 'warning', title: h.levels.warning, isNumeric: true, cell: ([, { warning, unit }]) => show(warning, unit) },
  { key: 'critical', title: h.levels.critical, isNumeric: true, cell: ([, { critical, unit }]) => show(critical, unit) }
]

/** The thresholds for a user who may not change them. */
export function GaugeTable({ gauges }: { gauges: Gauges }) {
  const rows = gaugeNames(gauges).map((name): Row => [name, gauges[name]])
  return (
    <>
      <Notice>{h.readOnly}</Notice>
      <Table caption={h.title} columns={columns} rows={rows} keyOf={([name]) => name} />
    </>
  )
}
