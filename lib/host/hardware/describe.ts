import type { HardwareReply } from '../../../schemas/host/hardware.ts'
import { createReasons, describeAge } from '../age.ts'
import { type Measurement, unavailable } from '../measurement.ts'
import type { Sample } from '../sampling.ts'
import type { Topology } from '../topology.ts'
import * as part from './describe-parts.ts'
import type { HardwareSamples } from './sources.ts'

/** A part of a sample, or why there is none. */
function partOf<T, U>({ value, reason }: Readonly<Sample<T>>, read: (value: T) => Measurement<U>): Measurement<U> {
  return value === null ? unavailable(reason ?? 'not measured yet') : read(value)
}

/** The answer of GET /api/hardware; `now` in milliseconds since the epoch. */
export function describeHardware(
  samples: HardwareSamples,
  topology: Measurement<Topology>,
  now: number
): HardwareReply {
  const { inventory, sensors, pciNames, memoryModules, nvidia, ups } = samples
  const { reasons, orReason } = createReasons()
  const show = <T, U>(field: string, { value, reason }: Measurement<T>, describe: (value: T) => U): U | null =>
    orReason(field, value === null ? null : describe(value), reason)
  const sampled = <T>({ value, reason }: Readonly<Sample<T>>): Measurement<T> =>
    value === null ? unavailable(reason ?? 'not measured yet') : { value, reason: null }

  const board = partOf(inventory, (value) => value.board)
  const pci = partOf(inventory, (value) => value.pciDevices)
  const chips = partOf(sensors, (value) => value.chips)
  const bySlot = new Map((pci.value ?? []).map((device) => [device.slot, device]))
  const nameOf = (slot: string) => pciNames.value?.get(slot)
  const nvidiaOf = (slot: string) => ({ gpu: nvidia.value?.get(slot), missing: nvidia.reason })
  const { cores = null, threads = null } = topology.value ?? {}

  return {
    success: true,
    ...describeAge(inventory, now),
    system: show('system', board, (value) => part.describeBoard(value).system),
    motherboard: show('motherboard', board, (value) => part.describeBoard(value).motherboard),
    bios: show('bios', board, (value) => part.describeBoard(value).bios),
    cpu: show(
      'cpu',
      partOf(inventory, (value) => value.processor),
      (processor) => part.describeProcessor(processor, { cores, threads })
    ),
    memory_modules: show('memory_modules', sampled(memoryModules), (modules) => modules.map(part.describeModule)),
    pci_devices: show('pci_devices', pci, (devices) =>
      devices.map((device) => part.describePci(device, nameOf(device.slot), pciNames.reason))
    ),
    usb_devices: show(
      'usb_devices',
      partOf(inventory, (value) => value.usbDevices),
      (devices) => devices.map(part.describeUsb)
    ),
    gpus: show('gpus', sampled(sensors), ({ gpus }) =>
      gpus.map((gpu) => part.describeGpu(gpu, bySlot.get(gpu.slot), nameOf(gpu.slot), nvidiaOf(gpu.slot)))
    ),
    temperatures: show('temperatures', chips, ({ temperatures }) =>
      temperatures.map(({ name, chip, value, ...more }) => ({ name, adapter: chip, current: value, ...more }))
    ),
    fans: show('fans', chips, ({ fans }) => fans.map(part.describeFan)),
    voltages: show('voltages', chips, ({ voltages }) => voltages.map(part.describeVoltage)),
    power: show('power', chips, ({ powers }) => powers.map(part.describePower)),
    power_supplies: show('power_supplies', sampled(sensors), ({ powerSupplies }) =>
      powerSupplies.map(part.describePowerSupply)
    ),
    ups: show('ups', sampled(ups), (found) => found.map(part.describeUps)),
    sources: {
      inventory: describeAge(inventory, now),
      sensors: describeAge(sensors, now),
      pci_names: describeAge(pciNames, now),
      memory_modules: describeAge(memoryModules, now),
      nvidia: describeAge(nvidia, now),
      ups: describeAge(ups, now)
    },
    reasons
  }
}
