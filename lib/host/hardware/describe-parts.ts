import type { HardwareReply } from '../../../schemas/host/hardware.ts'
import { createReasons } from '../age.ts'
import type { Board } from './board.ts'
import type { ChipReading } from './chips.ts'
import type { PciDevice, UsbDevice } from './devices.ts'
import { type GpuReading, gpuVendor } from './gpus.ts'
import type { MemoryModule } from './memory-modules.ts'
import type { NvidiaGpu } from './nvidia.ts'
import type { PciNames } from './pci-names.ts'
import type { PowerSupply } from './power-supplies.ts'
import type { Processor } from './processor.ts'
import type { Ups } from './ups.ts'

type Item<List extends keyof HardwareReply> = NonNullable<HardwareReply[List]> extends readonly (infer T)[] ? T : never

const FIRMWARE = 'not named by the firmware'
const KERNEL = 'not reported by the kernel'

/** An object whose null fields have a reason: the given one, or that of the field. */
function withReasons<T extends object>(
  fields: T,
  reason: string,
  own: { [name in keyof T]?: string | null } = {}
): T & { reasons: Record<string, string> } {
  const { reasons, orReason } = createReasons()
  for (const [name, value] of Object.entries(fields)) orReason(name, value, own[name as keyof T] ?? reason)
  return { ...fields, reasons }
}

export const describeBoard = ({ system, motherboard, bios }: Board) => ({
  system: withReasons(system, FIRMWARE),
  motherboard: withReasons(motherboard, FIRMWARE),
  bios: withReasons(bios, FIRMWARE)
})

export const describeProcessor = (
  { minMhz, maxMhz, caches, ...processor }: Processor,
  topology: { cores: number | null; threads: number | null }
) =>
  withReasons(
    {
      model: processor.model,
      vendor: processor.vendor,
      sockets: processor.sockets,
      ...topology,
      min_mhz: minMhz,
      max_mhz: maxMhz,
      governor: processor.governor,
      microcode: processor.microcode,
      virtualization: processor.virtualization,
      caches: caches.map(({ size, ...cache }) => ({ ...cache, size_bytes: size }))
    },
    KERNEL,
    { virtualization: 'the processor flags have neither vmx nor svm' }
  )

export function describeModule(module: MemoryModule): Item<'memory_modules'> {
  const { slot, bank, size, type, formFactor, speed, configuredSpeed, manufacturer, partNumber, rank } = module
  const installed = size !== null
  const fields = {
    slot,
    bank,
    installed,
    size_bytes: size,
    type,
    form_factor: formFactor,
    speed_mts: speed,
    configured_speed_mts: configuredSpeed,
    manufacturer,
    part_number: partNumber,
    rank
  }
  return withReasons(fields, installed ? FIRMWARE : 'the slot is empty')
}

export function describePci(
  device: PciDevice,
  names: PciNames | undefined,
  reason: string | null
): Item<'pci_devices'> {
  const noName = names === undefined ? (reason ?? 'lspci has not listed this device yet') : 'pci.ids has no name'
  const noSubsystem = device.subsystemVendorId === null ? 'the device has no subsystem' : noName
  const noLink = 'the device has no PCI Express link'
  return withReasons(
    {
      slot: device.slot,
      class: names?.class ?? null,
      class_id: device.classId,
      vendor: names?.vendor ?? null,
      vendor_id: device.vendorId,
      device: names?.device ?? null,
      device_id: device.deviceId,
      subsystem: names?.subsystem ?? null,
      subsystem_vendor_id: device.subsystemVendorId,
      subsystem_device_id: device.subsystemDeviceId,
      revision: device.revision,
      driver: device.driver,
      iommu_group: device.iommuGroup,
      link_speed_gts: device.linkSpeed,
      link_width: device.linkWidth
    },
    noName,
    {
      subsystem: noSubsystem,
      subsystem_vendor_id: noSubsystem,
      subsystem_device_id: noSubsystem,
      revision: KERNEL,
      driver: 'no driver is bound to the device',
      iommu_group: 'the IOMMU is off',
      link_speed_gts: noLink,
      link_width: noLink
    }
  )
}

export const describeUsb = ({
  vendorId,
  productId,
  speed,
  isHub,
  drivers,
  ...device
}: UsbDevice): Item<'usb_devices'> =>
  withReasons(
    {
      port: device.port,
      bus: device.bus,
      address: device.address,
      vendor_id: vendorId,
      product_id: productId,
      manufacturer: device.manufacturer,
      product: device.product,
      speed_mbps: speed,
      hub: isHub,
      drivers
    },
    'the device does not say'
  )

/** `nvidia` has the figures of GPUs with NVIDIA's own driver; `nvidiaReason` says why there are none. */
export function describeGpu(
  { slot, driver, figures, reason }: GpuReading,
  device: PciDevice | undefined,
  names: PciNames | undefined,
  { gpu, missing }: { gpu: NvidiaGpu | undefined; missing: string | null }
): Item<'gpus'> {
  const isNvidia = driver === 'nvidia'
  const shown = isNvidia && gpu ? gpu : figures
  const none = isNvidia ? (missing ?? 'nvidia-smi does not report it') : (reason ?? KERNEL)
  return withReasons(
    {
      slot,
      name: names?.device ?? gpu?.name ?? null,
      vendor: names?.vendor ?? (device ? gpuVendor(device.vendorId) : null),
      driver,
      driver_version: gpu?.driverVersion ?? null,
      temperature: shown.temperature,
      utilization: shown.utilization,
      memory_total_bytes: shown.memoryTotal,
      memory_used_bytes: shown.memoryUsed,
      power_watts: shown.power,
      clock_mhz: shown.clock,
      memory_clock_mhz: shown.memoryClock
    },
    none,
    {
      name: 'lspci has no name for it',
      vendor: 'lspci has no name for it',
      driver: 'no driver is bound to the device',
      driver_version: isNvidia ? none : 'the driver is part of the kernel'
    }
  )
}

const origin = ({ name, chip, device }: ChipReading) => ({ name, adapter: chip, device })
export const describeFan = (fan: ChipReading): Item<'fans'> => ({ ...origin(fan), speed: fan.value, unit: 'RPM' })
export const describeVoltage = (reading: ChipReading): Item<'voltages'> => ({
  ...origin(reading),
  volts: reading.value
})
export const describePower = (reading: ChipReading): Item<'power'> => ({ ...origin(reading), watts: reading.value })

export const describePowerSupply = ({
  isOnline,
  capacity,
  voltage,
  power,
  isPeripheral,
  ...supply
}: PowerSupply): Item<'power_supplies'> =>
  withReasons(
    {
      name: supply.name,
      type: supply.type,
      status: supply.status,
      online: isOnline,
      capacity_percent: capacity,
      volts: voltage,
      watts: power,
      manufacturer: supply.manufacturer,
      model: supply.model,
      peripheral: isPeripheral
    },
    KERNEL
  )

export const describeUps = ({ reason, ...ups }: Ups): Item<'ups'> =>
  withReasons(
    {
      name: ups.name,
      manufacturer: ups.manufacturer,
      model: ups.model,
      status: ups.status,
      battery_charge: ups.charge,
      battery_runtime_seconds: ups.runtime,
      battery_voltage: ups.batteryVoltage,
      load: ups.load,
      input_voltage: ups.inputVoltage,
      output_voltage: ups.outputVoltage,
      power_watts: ups.power,
      temperature: ups.temperature
    },
    reason ?? 'not reported by the driver of the UPS'
  )
