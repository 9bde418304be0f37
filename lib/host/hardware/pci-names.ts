import { outputOf, type Run } from '../../programs/program.ts'
import { type Measurement, ok, unavailable } from '../measurement.ts'
import { cleanText, MAX_ITEMS } from './sysfs.ts'

/** Names from pci.ids. */
export interface PciNames {
  class: string | null
  vendor: string | null
  device: string | null
  subsystem: string | null
}

/** `lspci -Dvmm`: a record per device, `Tag:<tab>value` per line, and an empty line after each (lspci(8)). */
export function parsePciNames(text: string): Map<string, PciNames> {
  const devices = new Map<string, PciNames>()
  for (const record of text.split(/\n\n+/).slice(0, MAX_ITEMS)) {
    const fields = new Map(
      record.split('\n').flatMap((line): [string, string][] => {
        const [, tag, value] = /^(\w+):\t(.*)$/.exec(line) ?? []
        return tag ? [[tag, value!]] : []
      })
    )
    const slot = fields.get('Slot')
    if (slot === undefined) continue
    // Without a name lspci prints the number.
    const name = (tag: string) => {
      const value = cleanText(fields.get(tag))
      return value === null || /^(?:Class|Vendor|Device) \[?[0-9a-f]{4}\]?$/.test(value) ? null : value
    }
    const [vendor, model] = [name('SVendor'), name('SDevice')]
    devices.set(slot, {
      class: name('Class')?.replace(/ \[[0-9a-f]{4}\]$/, '') ?? null,
      vendor: name('Vendor'),
      device: name('Device'),
      subsystem: [vendor, model].filter(Boolean).join(' ') || null
    })
  }
  return devices
}

/** Names of the PCI devices by slot, from lspci. */
export const createPciNames = ({ run }: { run: Run }) => ({
  async read(): Promise<Measurement<Map<string, PciNames>>> {
    const ending = await run(['-Dvmm'])
    if (ending.kind === 'missing') return unavailable('lspci is not installed; to install it: apt install pciutils')
    const names = parsePciNames(outputOf(ending, 'lspci'))
    return names.size > 0 ? ok(names) : unavailable('lspci lists no device')
  }
})
