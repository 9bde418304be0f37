import { type Measurement, ok, unavailable } from './measurement.ts'
import { countIn } from './plausible.ts'
import { toPercent } from './units.ts'

/** Sizes in bytes, shares in percent. A figure that meminfo lacks is null, with an entry in `reasons`. */
export interface Memory {
  total: number | null
  /** Memory programs can allocate without swapping: MemAvailable plus the reclaimable part of the ZFS cache. */
  available: number | null
  /** Total minus available: "used" in `free`, without the ZFS cache. */
  used: number | null
  usage: number | null
  /** Page cache, buffers, reclaimable slab ("buff/cache" in `free`) and the reclaimable part of the ZFS cache. */
  cached: number | null
  swapTotal: number | null
  swapUsed: number | null
  /** Null on a host without swap. */
  swapUsage: number | null
  reasons: Partial<Record<MemoryFigure, string>>
}
export type MemoryFigure = Exclude<keyof Memory, 'reasons'>

/** More than any host has: a larger number is a negative number printed as unsigned. */
const MAX_KIB = 1e15

/** The bytes of a field of /proc/meminfo (proc_meminfo(5)), whose "kB" are KiB. */
function readField(text: string, field: string): Measurement<number> {
  const printed = new RegExp(`^${field}: +(\\S+) kB$`, 'm').exec(text)?.[1]
  const kib = countIn(printed)
  if (kib !== null && kib < MAX_KIB) return ok(kib * 1024)
  if (printed === undefined) return unavailable(`meminfo has no readable ${field}`)
  return unavailable(`meminfo has an implausible ${field}`)
}

/**
 * Bytes of the ZFS cache (ARC) that are released under memory pressure, from /proc/spl/kstat/zfs/arcstats: `size` minus
 * `c_min`. The kernel counts the ARC as used. 0 if the text lacks either value.
 */
export function parseArcstats(text: string): number {
  const read = (name: string) => countIn(new RegExp(`^${name} +\\S+ +(\\d+)$`, 'm').exec(text)?.[1])
  const size = read('size')
  const minimum = read('c_min')
  return size === null || minimum === null ? 0 : Math.max(0, size - minimum)
}

/** Applies `read` to the values of the parts, or returns the first missing part with its reason. */
function combine(
  parts: readonly Measurement<number>[],
  read: (...values: number[]) => Measurement<number>
): Measurement<number> {
  const missing = parts.find(({ value }) => value === null)
  return missing ?? read(...parts.map(({ value }) => value!))
}

const NO_SWAP = unavailable('this host has no swap')
const share = (part: number, whole: number) => ok(toPercent(part, whole))
const sum = (...parts: number[]) => ok(parts.reduce((a, b) => a + b, 0))

/**
 * Reads the text of /proc/meminfo, each figure independently. `reclaimable` is memory in bytes that the kernel can
 * reclaim but does not include in MemAvailable. Linux before 3.14 has no MemAvailable.
 */
export function parseMeminfo(text: string, reclaimable = 0): Measurement<Memory> {
  if (text !== '' && !text.endsWith('\n')) return unavailable('meminfo ends in the middle of a line')
  const field = (name: string) => readField(text, name)
  const total = combine([field('MemTotal')], (size) =>
    size > 0 ? ok(size) : unavailable('meminfo has an implausible MemTotal')
  )
  const listed = field('MemAvailable')
  const available =
    total.value === null
      ? listed
      : combine([listed, total], (free, size) =>
          free > size
            ? unavailable('meminfo has a MemAvailable above MemTotal')
            : ok(Math.min(size, free + Math.min(reclaimable, size)))
        )
  const used = combine([total, available], (size, free) => ok(size - free))
  const cached = combine([field('Cached'), field('SReclaimable'), field('Buffers')], sum)
  const swapTotal = field('SwapTotal')
  // Without swap, SwapFree is ignored: containers print a negative value.
  const swapUsed =
    swapTotal.value === 0
      ? swapTotal
      : combine([swapTotal, field('SwapFree')], (size, free) =>
          free > size ? unavailable('meminfo has a SwapFree above SwapTotal') : ok(size - free)
        )
  const figures: Record<MemoryFigure, Measurement<number>> = {
    total,
    available,
    used,
    usage: combine([used, total], share),
    cached: combine([cached], (size) => ok(Math.min(size + reclaimable, total.value ?? Number.POSITIVE_INFINITY))),
    swapTotal,
    swapUsed,
    swapUsage: swapTotal.value === 0 ? NO_SWAP : combine([swapUsed, swapTotal], share)
  }
  if (total.value === null && listed.value === null && swapTotal.value === null && cached.value === null)
    return total as Measurement<never>
  const memory: Memory = { reasons: {} } as Memory
  for (const [name, { value, reason }] of Object.entries(figures) as [MemoryFigure, Measurement<number>][]) {
    memory[name] = value
    if (reason !== null) memory.reasons[name] = reason
  }
  return ok(memory)
}

/** One memory figure, or the reason why it is missing. */
export function memoryFigure(memory: Measurement<Memory>, figure: MemoryFigure): Measurement<number> {
  if (memory.value === null) return memory
  const value = memory.value[figure]
  return value === null ? unavailable(memory.value.reasons[figure] ?? 'unknown') : ok(value)
}
