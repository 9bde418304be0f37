import type { ReactNode } from 'react'
import { formatMeasured, formatPercent, formatTemperature } from '../../data/format.ts'
import { SampleNote, Value } from '../../parts/sample.tsx'
import { texts } from '../../texts/hardware.ts'
import { lookUp } from '../../texts/look-up.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { describeSeconds } from '../../ui/durations.ts'
import { Fact, Facts } from '../../ui/facts.tsx'
import { batteryChargingIcon } from '../../ui/icon-shapes.ts'
import { Meter } from '../../ui/meter.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import type { Hardware, Ups } from './parts.ts'

type Supply = NonNullable<Hardware['power_supplies']>[number]
type Figure = { [K in keyof Ups]: Ups[K] extends number | null ? K : never }[keyof Ups] & string

/** Flags of NUT that ask for somebody. */
const flagTones: Readonly<Record<string, Tone>> = {
  OL: 'good',
  OB: 'warn',
  LB: 'bad',
  RB: 'bad',
  OVER: 'bad',
  FSD: 'bad',
  OFF: 'warn'
}

function UpsCard({ ups, age }: { ups: Ups; age: Hardware['sources']['ups'] }) {
  const { reasons, status, battery_charge: charge } = ups
  const figure = (name: string, key: Figure, show: (value: number) => ReactNode) => (
    <Fact name={name}>
      <Value value={ups[key]} reason={reasons[key]}>
        {show}
      </Value>
    </Fact>
  )
  const volts = (value: number) => texts.volts(formatMeasured(value))
  const model = [ups.manufacturer, ups.model].filter((word) => word !== null).join(' ')
  return (
    <Card
      title={texts.upsOf(ups.name)}
      icon={batteryChargingIcon}
      aside={
        <span className="flex flex-wrap justify-end gap-2">
          {status?.split(' ').map((flag) => (
            <Badge key={flag} tone={flagTones[flag] ?? 'neutral'} hasMark={flag in flagTones}>
              {lookUp(texts.upsStates, flag) ?? flag}
            </Badge>
          ))}
        </span>
      }
    >
      <SampleNote age={age} />
      {charge !== null && (
        <Meter label={texts.battery} percent={charge} tone={charge < 20 ? 'bad' : charge < 50 ? 'warn' : 'good'} />
      )}
      <Facts>
        {figure(texts.battery, 'battery_charge', formatPercent)}
        {figure(texts.runtime, 'battery_runtime_seconds', (value) => describeSeconds(Math.round(value)))}
        {figure(texts.load, 'load', formatPercent)}
        {figure(texts.power, 'power_watts', (value) => texts.watts(formatMeasured(value)))}
        {figure(texts.input, 'input_voltage', volts)}
        {figure(texts.output, 'output_voltage', volts)}
        {ups.temperature !== null && figure(texts.temperature, 'temperature', formatTemperature)}
        <Fact name={texts.model} className="col-span-2">
          <Value value={model || null} reason={reasons.model}>
            {(value) => <span translate="no">{value}</span>}
          </Value>
        </Fact>
      </Facts>
    </Card>
  )
}

export function UpsCards({ hardware: { ups, sources } }: { hardware: Hardware }) {
  return ups?.map((each) => <UpsCard key={each.name} ups={each} age={sources.ups} />)
}

const columns: Column<Supply>[] = [
  {
    key: 'name',
    title: texts.device,
    cell: ({ name, manufacturer, model, peripheral }) => (
      <span className="flex flex-col">
        <span className="flex flex-wrap items-center gap-2">
          <span translate="no">{name}</span>
          {peripheral && <Badge>{texts.peripheral}</Badge>}
        </span>
        <span translate="no" className="text-xs font-normal text-muted">
          {[manufacturer, model].filter((word) => word !== null).join(' ')}
        </span>
      </span>
    )
  },
  { key: 'type', title: texts.type, isSecondary: true, cell: ({ type }) => <span translate="no">{type}</span> },
  {
    key: 'state',
    title: texts.state,
    cell: ({ status, online, reasons }) => (
      <Value value={status ?? (online === null ? null : texts.online[`${online}`])} reason={reasons.status}>
        {(value) => value}
      </Value>
    )
  },
  {
    key: 'charge',
    title: texts.charge,
    isNumeric: true,
    cell: ({ capacity_percent: capacity, reasons }) => (
      <Value value={capacity} reason={reasons.capacity_percent}>
        {formatPercent}
      </Value>
    )
  },
  {
    key: 'power',
    title: texts.power,
    isNumeric: true,
    isSecondary: true,
    cell: ({ watts, reasons }) => (
      <Value value={watts} reason={reasons.watts}>
        {(value) => texts.watts(formatMeasured(value))}
      </Value>
    )
  }
]

export function PowerSupplies({ hardware: { power_supplies: supplies } }: { hardware: Hardware }) {
  if (supplies === null || supplies.length === 0) return null
  return (
    <Card title={texts.supplies} icon={batteryChargingIcon}>
      <Table caption={texts.supplies} columns={columns} rows={supplies} keyOf={({ name }) => name} />
    </Card>
  )
}
