import { join } from 'node:path'
import { type Measurement, ok, unavailable } from '../measurement.ts'
import { list, textOf } from './sysfs.ts'

/** The machine as its firmware names it; null where the firmware names nothing. Serial numbers are not read. */
export interface Board {
  system: { manufacturer: string | null; model: string | null; version: string | null; chassis: string | null }
  motherboard: { manufacturer: string | null; model: string | null; version: string | null }
  bios: { vendor: string | null; version: string | null; date: string | null }
}

/** Types of chassis (SMBIOS 3.7, table 17). */
const CHASSIS: Readonly<Record<string, string>> = {
  3: 'Desktop',
  4: 'Low Profile Desktop',
  5: 'Pizza Box',
  6: 'Mini Tower',
  7: 'Tower',
  8: 'Portable',
  9: 'Laptop',
  10: 'Notebook',
  13: 'All in One',
  14: 'Sub Notebook',
  15: 'Space-saving',
  17: 'Main Server Chassis',
  22: 'RAID Chassis',
  23: 'Rack Mount Chassis',
  24: 'Sealed-case PC',
  25: 'Multi-system Chassis',
  28: 'Blade',
  29: 'Blade Enclosure',
  31: 'Convertible',
  33: 'IoT Gateway',
  34: 'Embedded PC',
  35: 'Mini PC',
  36: 'Stick PC'
}

/** `05/28/2024`, as SMBIOS writes dates, as `2024-05-28`; another text as it is. */
const isoDate = (text: string | null): string | null => text?.replace(/^(\d\d)\/(\d\d)\/(\d{4})$/, '$3-$1-$2') ?? null

export const NO_FIRMWARE = 'the firmware describes no board (no /sys/class/dmi/id)'

/** Reads the kernel's copy of the SMBIOS tables, or the device tree of a board without SMBIOS. */
export async function readBoard(sysDir: string, procDir: string): Promise<Measurement<Board>> {
  const folder = join(sysDir, 'class/dmi/id')
  if ((await list(folder)).length === 0) {
    const model = await textOf(procDir, 'device-tree/model')
    if (model === null) return unavailable(NO_FIRMWARE)
    const unknown = { manufacturer: null, model: null, version: null }
    return ok({
      system: { ...unknown, model, chassis: null },
      motherboard: unknown,
      bios: { vendor: null, version: null, date: null }
    })
  }
  const read = (name: string) => textOf(folder, name)
  return ok({
    system: {
      manufacturer: await read('sys_vendor'),
      model: await read('product_name'),
      version: await read('product_version'),
      chassis: CHASSIS[(await read('chassis_type')) ?? ''] ?? null
    },
    motherboard: {
      manufacturer: await read('board_vendor'),
      model: await read('board_name'),
      version: await read('board_version')
    },
    bios: {
      vendor: await read('bios_vendor'),
      version: await read('bios_version'),
      date: isoDate(await read('bios_date'))
    }
  })
}
