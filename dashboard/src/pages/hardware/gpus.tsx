import type { ReactNode } from 'react'
import { formatBytes, formatCount, formatMeasured, formatPercent, formatTemperature } from '../../data/format.ts'
import { toneOf, Value } from '../../parts/sample.tsx'
import { texts } from '../../texts/hardware.ts'
import { Card } from '../../ui/card.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { monitorIcon } from '../../ui/icon-shapes.ts'
import { Meter } from '../../ui/meter.tsx'
import type { Gpu, Hardware } from './parts.ts'

type Figure = 'temperature' | 'utilization' | 'power_watts' | 'clock_mhz'

function GpuCard({ gpu }: { gpu: Gpu }) {
  const { reasons, memory_used_bytes: used, memory_total_bytes: total } = gpu
  const figure = (name: string, key: Figure, show: (value: number) => ReactNode) => (
    <Fact name={name}>
      <Value value={gpu[key]} reason={reasons[key]}>
        {show}
      </Value>
    </Fact>
  )
  const driver = [gpu.driver, gpu.driver_version].filter((word) => word !== null).join(' ')
  return (
    <Card title={gpu.name ?? gpu.vendor ?? texts.gpu} icon={monitorIcon}>
      {gpu.utilization !== null && (
        <Meter label={texts.utilization} percent={gpu.utilization} tone={toneOf(gpu.utilization)} />
      )}
      <Facts>
        <Fact name={texts.slot}>
          <span translate="no">{gpu.slot}</span>
        </Fact>
        <Fact name={texts.driver}>
          <Value value={driver || null} reason={reasons.driver}>
            {(value) => <span translate="no">{value}</span>}
          </Value>
        </Fact>
        {figure(texts.utilization, 'utilization', formatPercent)}
        <Fact name={texts.gpuMemory}>
          <Value value={total} reason={reasons.memory_total_bytes}>
            {(size) => (used === null ? formatBytes(size) : texts.ofTotal(formatBytes(used), formatBytes(size)))}
          </Value>
        </Fact>
        {figure(texts.temperature, 'temperature', formatTemperature)}
        {figure(texts.power, 'power_watts', (value) => texts.watts(formatMeasured(value)))}
        {figure(texts.clock, 'clock_mhz', (value) => texts.megahertz(formatCount(value)))}
      </Facts>
    </Card>
  )
}

export function Gpus({ hardware: { gpus } }: { hardware: Hardware }) {
  if (gpus === null || gpus.length === 0) return null
  return (
    <div className="grid items-start gap-3 sm:gap-4 xl:grid-cols-2 xl:[&>:only-child]:col-span-2">
      {gpus.map((gpu) => (
        <GpuCard key={gpu.slot} gpu={gpu} />
      ))}
    </div>
  )
}
