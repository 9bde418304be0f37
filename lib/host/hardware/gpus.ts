import { join } from 'node:path'
import { isPlausibleTemperature } from '../temperature.ts'
import { isSuspended } from './chips.ts'
import type { PciDevice } from './devices.ts'
import { list, numberOf } from './sysfs.ts'

/** Figures of a GPU; null if its driver offers none. */
export interface GpuFigures {
  /** °C. */
  temperature: number | null
  /** Percent. */
  utilization: number | null
  /** Bytes. */
  memoryTotal: number | null
  memoryUsed: number | null
  /** Watts. */
  power: number | null
  /** MHz. */
  clock: number | null
  memoryClock: number | null
}

export interface GpuReading {
  slot: string
  driver: string | null
  figures: GpuFigures
  /** Why figures are null. */
  reason: string | null
}

const NOTHING: GpuFigures = {
  temperature: null,
  utilization: null,
  memoryTotal: null,
  memoryUsed: null,
  power: null,
  clock: null,
  memoryClock: null
}

/** Display controllers: PCI base class 03. */
export const isGpu = ({ classId }: Pick<PciDevice, 'classId'>): boolean => classId.startsWith('03')

const HZ = { factor: 1e-6, low: 1, high: 100_000 }
const MHZ = { low: 1, high: 100_000 }
const WATTS = { factor: 1e-6, high: 10_000 }

const firstOf = async (paths: readonly string[], limits: { factor?: number; low?: number; high?: number }) => {
  for (const path of paths) {
    const value = await numberOf(path, limits)
    if (value !== null) return value
  }
  return null
}

/** The first folder below `folder` whose name matches; the kernel numbers hwmon chips and DRM cards in any order. */
async function below(folder: string, pattern: RegExp): Promise<string | null> {
  const name = (await list(folder)).find((entry) => pattern.test(entry))
  return name === undefined ? null : join(folder, name)
}

/** Files of amdgpu (kernel documentation, gpu/amdgpu/thermal). */
async function readAmd(device: string, hwmon: string | null): Promise<GpuFigures> {
  const sensor = (file: string) => (hwmon === null ? [] : [join(hwmon, file)])
  return {
    ...NOTHING,
    utilization: await numberOf(join(device, 'gpu_busy_percent'), { high: 100 }),
    memoryTotal: await numberOf(join(device, 'mem_info_vram_total'), { low: 1 }),
    memoryUsed: await numberOf(join(device, 'mem_info_vram_used')),
    // power1_input since Linux 6.4 on some chips.
    power: await firstOf([...sensor('power1_average'), ...sensor('power1_input')], WATTS),
    clock: await firstOf(sensor('freq1_input'), HZ),
    memoryClock: await firstOf(sensor('freq2_input'), HZ)
  }
}

/** Frequencies of i915 and xe. Neither driver offers utilisation or memory in /sys; that needs a tool with perf access. */
async function readIntel(device: string, card: string | null): Promise<GpuFigures> {
  const clock = await firstOf(
    [
      ...(card === null ? [] : [join(card, 'gt_act_freq_mhz'), join(card, 'gt/gt0/rps_act_freq_mhz')]),
      join(device, 'tile0/gt0/freq0/act_freq')
    ],
    // An idle GPU runs at 0 MHz.
    { ...MHZ, low: 0 }
  )
  return { ...NOTHING, clock }
}

const noFigures = (driver: string | null): string => {
  if (driver === null) return 'the GPU has no driver'
  if (driver === 'vfio-pci') return 'the GPU is passed through to a guest'
  return `not offered by the driver ${driver}`
}

/** Reads the drivers’ files in /sys. GPUs of the driver `nvidia` have their figures from nvidia-smi. */
export async function readGpus(sysDir: string, devices: readonly PciDevice[]): Promise<GpuReading[]> {
  const gpus: GpuReading[] = []
  for (const { slot, driver } of devices.filter(isGpu)) {
    const device = join(sysDir, 'bus/pci/devices', slot)
    if (await isSuspended(device)) {
      gpus.push({ slot, driver, figures: NOTHING, reason: 'the GPU is suspended and is not woken for a reading' })
      continue
    }
    const hwmon = await below(join(device, 'hwmon'), /^hwmon\d+$/)
    const card = await below(join(device, 'drm'), /^card\d+$/)
    const figures =
      driver === 'amdgpu' || driver === 'radeon'
        ? await readAmd(device, hwmon)
        : driver === 'i915' || driver === 'xe'
          ? await readIntel(device, card)
          : NOTHING
    const celsius = hwmon === null ? null : await numberOf(join(hwmon, 'temp1_input'), { factor: 0.001, low: -273 })
    const temperature = celsius !== null && isPlausibleTemperature(celsius) ? celsius : null
    gpus.push({ slot, driver, figures: { ...figures, temperature }, reason: noFigures(driver) })
  }
  return gpus
}

/** Vendors of GPUs, for hosts without lspci. */
const VENDORS: Readonly<Record<string, string>> = { '1002': 'AMD', '10de': 'NVIDIA', '8086': 'Intel', '1a03': 'ASPEED' }
export const gpuVendor = (vendorId: string): string | null => VENDORS[vendorId] ?? null
