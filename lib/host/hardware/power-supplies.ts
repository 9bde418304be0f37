import { join } from 'node:path'
import { list, numberOf, textOf } from './sysfs.ts'

export interface PowerSupply {
  name: string
  /** `Battery`, `Mains`, `UPS` or `USB`. */
  type: string
  status: string | null
  isOnline: boolean | null
  /** Percent. */
  capacity: number | null
  /** V and W. */
  voltage: number | null
  power: number | null
  manufacturer: string | null
  model: string | null
  /** It supplies a peripheral, such as a mouse, not this host. */
  isPeripheral: boolean
}

/** Batteries and adapters (kernel documentation, ABI/testing/sysfs-class-power). */
export async function readPowerSupplies(sysDir: string): Promise<PowerSupply[]> {
  const root = join(sysDir, 'class/power_supply')
  const supplies: PowerSupply[] = []
  for (const name of await list(root)) {
    const folder = join(root, name)
    const type = await textOf(folder, 'type')
    if (type === null) continue
    const online = await numberOf(join(folder, 'online'), { high: 2 })
    const power = await numberOf(join(folder, 'power_now'), { factor: 1e-6, low: -10_000, high: 10_000 })
    supplies.push({
      name,
      type,
      status: await textOf(folder, 'status'),
      isOnline: online === null ? null : online > 0,
      capacity: await numberOf(join(folder, 'capacity'), { high: 100 }),
      voltage: await numberOf(join(folder, 'voltage_now'), { factor: 1e-6, low: -1000, high: 1000 }),
      power: power === null ? null : Math.abs(power),
      manufacturer: await textOf(folder, 'manufacturer'),
      model: await textOf(folder, 'model_name'),
      isPeripheral: (await textOf(folder, 'scope')) === 'Device'
    })
  }
  return supplies
}
