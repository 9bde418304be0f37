import { join } from 'node:path'
import { type Measurement, ok, unavailable } from '../measurement.ts'
import { isPlausibleTemperature } from '../temperature.ts'
import { linkOf, list, numberOf, textOf } from './sysfs.ts'

/** A reading of a hwmon chip (kernel documentation, hwmon/sysfs-interface). */
export interface ChipReading {
  /** Label of the sensor, else its name in /sys, such as `fan2`. */
  name: string
  /** Driver of the chip. */
  chip: string
  /** The device that the chip belongs to, such as a PCI slot; null if there is none. */
  device: string | null
  value: number
}
export interface Temperature extends ChipReading {
  /** °C. */
  high: number | null
  critical: number | null
}

/** Temperatures in °C, fans in revolutions per minute, voltages in V, power in W. */
export interface Chips {
  temperatures: Temperature[]
  fans: ChipReading[]
  voltages: ChipReading[]
  powers: ChipReading[]
}

/** Reading the sensor of a sleeping disk wakes it; SMART has the temperatures of disks. */
const ASKS_A_DISK = /^drivetemp$/
const CELSIUS = { factor: 0.001, low: -273, high: 1000 }

const plausible = (celsius: number | null) => (celsius !== null && isPlausibleTemperature(celsius) ? celsius : null)
const rounded = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits

/** A suspended device is not woken for a reading (kernel documentation, power/runtime_pm). */
export const isSuspended = async (folder: string): Promise<boolean> =>
  (await textOf(folder, 'power/runtime_status')) === 'suspended'

async function readChip(folder: string, chips: Chips): Promise<void> {
  const chip = await textOf(folder, 'name')
  if (chip === null || ASKS_A_DISK.test(chip) || (await isSuspended(join(folder, 'device')))) return
  const files = await list(folder)
  const device = await linkOf(folder, 'device')
  const names = (pattern: RegExp) => files.flatMap((file) => pattern.exec(file)?.[1] ?? [])
  const describe = async (name: string, value: number): Promise<ChipReading> => ({
    name: (await textOf(folder, `${name}_label`)) ?? name,
    chip,
    device,
    value
  })

  for (const name of names(/^(temp\d+)_input$/)) {
    const value = plausible(await numberOf(join(folder, `${name}_input`), CELSIUS))
    if (value === null) continue
    const limit = async (suffix: string) => plausible(await numberOf(join(folder, `${name}_${suffix}`), CELSIUS))
    const [high, critical] = [await limit('max'), await limit('crit')]
    chips.temperatures.push({ ...(await describe(name, rounded(value, 1))), high, critical })
  }
  for (const name of names(/^(fan\d+)_input$/)) {
    const value = await numberOf(join(folder, `${name}_input`), { high: 100_000 })
    if (value !== null) chips.fans.push(await describe(name, value))
  }
  for (const name of names(/^(in\d+)_input$/)) {
    const value = await numberOf(join(folder, `${name}_input`), { factor: 0.001, low: -1000, high: 1000 })
    if (value !== null) chips.voltages.push(await describe(name, value))
  }
  for (const name of new Set(names(/^(power\d+)_(?:input|average)$/))) {
    const kind = files.includes(`${name}_input`) ? 'input' : 'average'
    const value = await numberOf(join(folder, `${name}_${kind}`), { factor: 1e-6, high: 100_000 })
    if (value !== null) chips.powers.push(await describe(name, rounded(value, 2)))
  }
}

/** All sensors of this host but those of disks. */
export async function readChips(sysDir: string): Promise<Measurement<Chips>> {
  const root = join(sysDir, 'class/hwmon')
  const entries = await list(root)
  if (entries.length === 0) return unavailable('the kernel has found no sensor chip (no /sys/class/hwmon)')
  const chips: Chips = { temperatures: [], fans: [], voltages: [], powers: [] }
  for (const entry of entries) await readChip(join(root, entry), chips)
  return ok(chips)
}
