import { outputOf, type Run } from '../../programs/program.ts'
import { type Measurement, ok, unavailable } from '../measurement.ts'
import { cleanText, MAX_ITEMS } from './sysfs.ts'

/** A memory slot and its module (SMBIOS 3.7, structure 17). Serial numbers are left out. */
export interface MemoryModule {
  /** Locator of the slot, as printed on the board. */
  slot: string | null
  bank: string | null
  /** Bytes; null if the slot is empty. */
  size: number | null
  /** `DDR4`, `DDR5`, … */
  type: string | null
  formFactor: string | null
  /** MT/s: the rated speed, and the configured one. */
  speed: number | null
  configuredSpeed: number | null
  manufacturer: string | null
  partNumber: string | null
  rank: number | null
}

const UNITS: Readonly<Record<string, number>> = { kB: 1024, MB: 1024 ** 2, GB: 1024 ** 3, TB: 1024 ** 4 }

function sizeIn(text: string | undefined): number | null {
  const [, count, unit] = /^(\d{1,9}) ([kMGT]B)$/.exec(text ?? '') ?? []
  return count && Number(count) > 0 ? Number(count) * UNITS[unit!]! : null
}

function numberIn(text: string | undefined, pattern: RegExp): number | null {
  const [, count] = pattern.exec(text ?? '') ?? []
  return count ? Number(count) : null
}
/** Before SMBIOS 3.1 the unit was MHz, though transfers were meant. */
const SPEED = /^(\d{1,6}) (?:MT\/s|MHz)$/

/** `dmidecode -t 17`: a block per slot, with fields indented by a tab (dmidecode(8)). Null if the text has no block. */
export function parseMemoryModules(text: string): MemoryModule[] | null {
  const blocks = text.split(/\n(?=Handle 0x)/).filter((block) => /, DMI type 17, .*\nMemory Device\n/.test(block))
  if (blocks.length === 0) return null
  return blocks.slice(0, MAX_ITEMS).map((block) => {
    const fields = new Map(
      block.split('\n').flatMap((line): [string, string][] => {
        const [, name, value] = /^\t([^:\t]+): (.*)$/.exec(line) ?? []
        return name ? [[name, value!.trim()]] : []
      })
    )
    const field = (name: string) => cleanText(fields.get(name))
    return {
      slot: field('Locator'),
      bank: field('Bank Locator'),
      size: sizeIn(fields.get('Size')),
      type: field('Type'),
      formFactor: field('Form Factor'),
      speed: numberIn(fields.get('Speed'), SPEED),
      configuredSpeed: numberIn(fields.get('Configured Memory Speed') ?? fields.get('Configured Clock Speed'), SPEED),
      manufacturer: field('Manufacturer'),
      partNumber: field('Part Number'),
      rank: numberIn(fields.get('Rank'), /^(\d{1,3})$/)
    }
  })
}

/** The memory slots of this host, from dmidecode. */
export const createMemoryModules = ({ run }: { run: Run }) => ({
  async read(): Promise<Measurement<MemoryModule[]>> {
    const ending = await run(['-t', '17'])
    if (ending.kind === 'missing')
      return unavailable('dmidecode is not installed; to install it: apt install dmidecode')
    if (ending.kind === 'ended' && /Permission denied/.test(ending.stderr))
      return unavailable('permission denied: only root may read the firmware tables')
    // It prints `No SMBIOS nor DMI entry point found, sorry.` with code 0 or 1, depending on its version.
    const text = ending.kind === 'ended' ? ending.stdout : outputOf(ending, 'dmidecode')
    const modules = parseMemoryModules(text)
    return modules === null ? unavailable('the firmware tables list no memory slot') : ok(modules)
  }
})
