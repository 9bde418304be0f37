import { join } from 'node:path'
import { type Measurement, ok, unavailable } from '../measurement.ts'
import { readText } from '../source.ts'
import { cleanText, list, numberOf, textOf } from './sysfs.ts'

export interface Processor {
  model: string | null
  vendor: string | null
  sockets: number | null
  /** MHz. */
  minMhz: number | null
  maxMhz: number | null
  governor: string | null
  microcode: string | null
  /** The extension for virtual machines: `VT-x` or `AMD-V`; null if the kernel lists none. */
  virtualization: string | null
  /** Of the first core; size in bytes. */
  caches: { level: number; type: string; size: number }[]
}

const KHZ = { factor: 0.001, low: 1, high: 100_000 }
const UNITS: Readonly<Record<string, number>> = { K: 1024, M: 1024 ** 2 }

/** A field of /proc/cpuinfo. */
const fieldIn = (text: string, name: string): string | null =>
  cleanText(new RegExp(`^${name}[\\t ]*:[\\t ]*(.*)$`, 'm').exec(text)?.[1])

async function readCaches(folder: string): Promise<Processor['caches']> {
  const caches: Processor['caches'] = []
  for (const entry of (await list(folder)).filter((name) => /^index\d+$/.test(name))) {
    const level = await numberOf(join(folder, entry, 'level'), { low: 1, high: 9 })
    const type = await textOf(folder, entry, 'type')
    const [, size, unit] = /^(\d{1,9})([KM])$/.exec((await textOf(folder, entry, 'size')) ?? '') ?? []
    if (level !== null && type !== null && size && unit) caches.push({ level, type, size: Number(size) * UNITS[unit]! })
  }
  return caches
}

/** Reads the model and features of the processors. Cores and threads are part of the vital signs. */
export async function readProcessor(sysDir: string, procDir: string): Promise<Measurement<Processor>> {
  const cpuinfo = await readText(join(procDir, 'cpuinfo'))
  if (cpuinfo.value === null) return unavailable(cpuinfo.reason)
  const text = cpuinfo.value
  const folder = join(sysDir, 'devices/system/cpu/cpu0')
  const sockets = new Set([...text.matchAll(/^physical id\s*: (\d+)$/gm)].map(([, id]) => id))
  const flags = ` ${/^flags\s*:(.*)$/m.exec(text)?.[1] ?? ''} `
  return ok({
    // ARM: the board's model is in the last lines, and processors have no name.
    model: fieldIn(text, 'model name') ?? fieldIn(text, 'Hardware'),
    vendor: fieldIn(text, 'vendor_id'),
    sockets: sockets.size || null,
    minMhz: await numberOf(join(folder, 'cpufreq/cpuinfo_min_freq'), KHZ),
    maxMhz: await numberOf(join(folder, 'cpufreq/cpuinfo_max_freq'), KHZ),
    governor: await textOf(folder, 'cpufreq/scaling_governor'),
    microcode: fieldIn(text, 'microcode'),
    virtualization: flags.includes(' vmx ') ? 'VT-x' : flags.includes(' svm ') ? 'AMD-V' : null,
    caches: await readCaches(join(folder, 'cache'))
  })
}
