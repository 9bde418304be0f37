import type { ChipReading } from '../host/hardware/chips.ts'
import type { GpuFigures } from '../host/hardware/gpus.ts'
import type { HardwareSamples } from '../host/hardware/sources.ts'
import type { Ups } from '../host/hardware/ups.ts'
import type { Sample } from '../host/sampling.ts'
import { family, type MetricFamily } from './family.ts'

type Labels = Record<string, string>

/** Programs are read in the background: their values are from before the scrape, up to this many milliseconds. */
const MAX_AGE_MS = 300_000

const recentOf = <T>({ value, stale, sampledAt }: Readonly<Sample<T>>, now: number): T | null =>
  stale || sampledAt === null || now - sampledAt > MAX_AGE_MS ? null : value

/** One value per series: of sensors with the same labels the first one counts. */
function unique<T>(items: readonly T[], labelsOf: (item: T) => Labels): { item: T; labels: Labels }[] {
  const seen = new Set<string>()
  return items.flatMap((item) => {
    const labels = labelsOf(item)
    const key = JSON.stringify(labels)
    if (seen.has(key)) return []
    seen.add(key)
    return [{ item, labels }]
  })
}

const gaugesOf =
  <T>(items: readonly { item: T; labels: Labels }[]) =>
  (name: string, help: string, read: (item: T) => number | null): MetricFamily =>
    family(
      'gauge',
      name,
      help,
      items.map(({ item, labels }) => [labels, read(item)] as const)
    )

interface Gpu {
  slot: string
  name: string
  figures: GpuFigures
}

export function fanFamilies(node: string, fans: readonly ChipReading[]): MetricFamily[] {
  const labelled = unique(fans, ({ name, chip, device }) => ({ node, fan: name, adapter: chip, device: device ?? '' }))
  return [gaugesOf(labelled)('proxmox_fan_speed_rpm', 'Fan speed in RPM', ({ value }) => value)]
}

export function gpuFamilies(node: string, gpus: readonly Gpu[]): MetricFamily[] {
  const gauge = gaugesOf(unique(gpus, ({ slot, name }) => ({ node, gpu: name, slot })))
  return [
    gauge('proxmox_gpu_temperature_celsius', 'GPU temperature in Celsius', ({ figures }) => figures.temperature),
    gauge('proxmox_gpu_utilization_percent', 'GPU utilization percentage', ({ figures }) => figures.utilization),
    gauge('proxmox_gpu_memory_total_bytes', 'GPU memory in bytes', ({ figures }) => figures.memoryTotal),
    gauge('proxmox_gpu_power_draw_watts', 'GPU power draw in watts', ({ figures }) => figures.power),
    gauge('proxmox_gpu_clock_speed_mhz', 'GPU clock speed in MHz', ({ figures }) => figures.clock),
    gauge('proxmox_gpu_memory_clock_mhz', 'GPU memory clock speed in MHz', ({ figures }) => figures.memoryClock)
  ]
}

export function upsFamilies(node: string, found: readonly Ups[]): MetricFamily[] {
  const gauge = gaugesOf(unique(found, ({ name }) => ({ node, ups: name })))
  return [
    gauge('proxmox_ups_battery_charge_percent', 'UPS battery charge percentage', ({ charge }) => charge),
    gauge('proxmox_ups_load_percent', 'UPS load percentage', ({ load }) => load),
    gauge('proxmox_ups_runtime_seconds', 'UPS battery runtime in seconds', ({ runtime }) => runtime),
    gauge('proxmox_ups_input_voltage_volts', 'UPS input voltage', ({ inputVoltage }) => inputVoltage)
  ]
}

/** The metrics of the hardware; stale and missing values are omitted. `now` in milliseconds since the epoch. */
export function hardwareFamilies(node: string, samples: HardwareSamples, now: number): MetricFamily[] {
  const { sensors, pciNames, nvidia, ups } = samples
  const read = recentOf(sensors, now)
  const nvidiaGpus = recentOf(nvidia, now)
  const nameOf = (slot: string) => pciNames.value?.get(slot)?.device ?? nvidiaGpus?.get(slot)?.name ?? slot
  // A name is a label: without an answer of lspci, the series would change its name later.
  const hasNames = pciNames.reason !== 'not measured yet'
  const gpus = (hasNames ? (read?.gpus ?? []) : []).map(({ slot, driver, figures }) => ({
    slot,
    name: nameOf(slot),
    figures: driver === 'nvidia' ? (nvidiaGpus?.get(slot) ?? figures) : figures
  }))
  return [
    ...fanFamilies(node, read?.chips.value?.fans ?? []),
    ...gpuFamilies(node, gpus),
    ...upsFamilies(node, recentOf(ups, now) ?? [])
  ]
}
