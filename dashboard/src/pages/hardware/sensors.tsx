import type { ReactNode } from 'react'
import { formatCount, formatLoad, formatMeasured, formatTemperature } from '../../data/format.ts'
import { SampleNote } from '../../parts/sample.tsx'
import { texts } from '../../texts/hardware.ts'
import { Badge } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { fanIcon, gaugeIcon, type Shape, thermometerIcon, zapIcon } from '../../ui/icon-shapes.ts'
import { type Column, Table } from '../../ui/table.tsx'
import type { Hardware } from './parts.ts'

/** Where a sensor is. */
interface Reading {
  name: string
  adapter: string
  device: string | null
}
type Temperature = NonNullable<Hardware['temperatures']>[number]

/** A chip may have several sensors of one name. */
const keyOf = <T extends Reading>(rows: readonly T[]) => {
  const places = new Map(rows.map((row, i) => [row, i]))
  return (row: T) => places.get(row)!
}

const sensorColumn = <T extends Reading>(): Column<T> => ({
  key: 'name',
  title: texts.sensor,
  cell: ({ name, adapter, device }) => (
    <span translate="no" className="flex flex-col">
      {name}
      <span className="text-xs font-normal text-muted">{[adapter, device].filter((word) => word).join(' · ')}</span>
    </span>
  )
})

const atLeast = (value: number, limit: number | null) => limit !== null && value >= limit

function Heat({ of: { current, high, critical } }: { of: Temperature }) {
  const level = atLeast(current, critical) ? 'critical' : atLeast(current, high) ? 'high' : null
  return (
    <span className="inline-flex flex-wrap items-center justify-end gap-2 whitespace-nowrap">
      {level !== null && (
        <Badge tone={level === 'critical' ? 'bad' : 'warn'} hasMark>
          {texts.states[level]}
        </Badge>
      )}
      {formatTemperature(current)}
    </span>
  )
}

const limit = (value: number | null) => (
  <span className="whitespace-nowrap text-muted">{value === null ? '–' : formatTemperature(value)}</span>
)

const temperatureColumns: Column<Temperature>[] = [
  sensorColumn(),
  { key: 'current', title: texts.current, isNumeric: true, cell: (row) => <Heat of={row} /> },
  { key: 'high', title: texts.high, isNumeric: true, isSecondary: true, cell: ({ high }) => limit(high) },
  {
    key: 'critical',
    title: texts.critical,
    isNumeric: true,
    isSecondary: true,
    cell: ({ critical }) => limit(critical)
  }
]

interface ReadingsProps<T extends Reading> {
  title: string
  icon: Shape
  rows: T[] | null
  value(row: T): ReactNode
}

/** Sensors of one kind; nothing without them. */
function Readings<T extends Reading>({ title, icon, rows, value }: ReadingsProps<T>) {
  if (rows === null || rows.length === 0) return null
  const columns: Column<T>[] = [
    sensorColumn(),
    {
      key: 'value',
      title: texts.current,
      isNumeric: true,
      cell: (row) => <span className="whitespace-nowrap">{value(row)}</span>
    }
  ]
  return (
    <Card title={title} icon={icon}>
      <Table caption={title} columns={columns} rows={rows} keyOf={keyOf(rows)} />
    </Card>
  )
}

/** Temperatures, fans, voltages and power. A kind without a sensor has no card. */
export function Sensors({ hardware: { temperatures, fans, voltages, power, sources } }: { hardware: Hardware }) {
  return (
    <>
      <SampleNote age={{ ...sources.sensors, reason: sources.sensors.stale ? sources.sensors.reason : null }} />
      <div className="grid items-start gap-3 empty:hidden sm:gap-4 xl:grid-cols-2 xl:[&>:only-child]:col-span-2">
        {temperatures !== null && temperatures.length > 0 && (
          <Card title={texts.temperatures} icon={thermometerIcon}>
            <Table
              caption={texts.temperatures}
              columns={temperatureColumns}
              rows={temperatures}
              keyOf={keyOf(temperatures)}
            />
          </Card>
        )}
        <Readings
          title={texts.fans}
          icon={fanIcon}
          rows={fans}
          value={({ speed }) => (speed === 0 ? texts.stopped : texts.rpm(formatCount(speed)))}
        />
        <Readings
          title={texts.voltages}
          icon={zapIcon}
          rows={voltages}
          value={({ volts }) => texts.volts(formatLoad(volts))}
        />
        <Readings
          title={texts.meters}
          icon={gaugeIcon}
          rows={power}
          value={({ watts }) => texts.watts(formatMeasured(watts))}
        />
      </div>
    </>
  )
}
