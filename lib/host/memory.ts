import { absent, present, type Reading } from './reading.ts'
import { toPercent } from './units.ts'

/** Sizes in bytes, shares in percent. */
export interface Memory {
  total: number
  available: number
  /** Total less what the kernel could hand out without swapping: `free`'s "used". */
  used: number
  usage: number
  /** Page cache, buffers and reclaimable slab: `free`'s "buff/cache". */
  cached: number
  swapTotal: number
  swapUsed: number
  /** Null on a host without swap. */
  swapUsage: number | null
}

const FIELDS = {
  MemTotal: /^MemTotal: +(\d{1,15}) kB$/m,
  MemAvailable: /^MemAvailable: +(\d{1,15}) kB$/m,
  Buffers: /^Buffers: +(\d{1,15}) kB$/m,
  Cached: /^Cached: +(\d{1,15}) kB$/m,
  SReclaimable: /^SReclaimable: +(\d{1,15}) kB$/m,
  SwapTotal: /^SwapTotal: +(\d{1,15}) kB$/m,
  SwapFree: /^SwapFree: +(\d{1,15}) kB$/m
}
type Field = keyof typeof FIELDS

/** Reads the text of /proc/meminfo (proc_meminfo(5)), whose "kB" are KiB. Linux before 3.14 had no MemAvailable. */
export function parseMeminfo(text: string): Reading<Memory> {
  const bytes = {} as Record<Field, number>
  for (const [field, pattern] of Object.entries(FIELDS)) {
    const match = pattern.exec(text)
    if (!match) return absent(`meminfo has no readable ${field}`)
    bytes[field as Field] = Number(match[1]) * 1024
  }
  const { MemTotal: total, MemAvailable: available, SwapTotal: swapTotal, SwapFree: swapFree } = bytes
  if (total === 0 || available > total || swapFree > swapTotal) return absent('meminfo contradicts itself')

  const used = total - available
  const swapUsed = swapTotal - swapFree
  return present({
    total,
    available,
    used,
    usage: toPercent(used, total),
    cached: bytes.Cached + bytes.SReclaimable + bytes.Buffers,
    swapTotal,
    swapUsed,
    swapUsage: swapTotal === 0 ? null : toPercent(swapUsed, swapTotal)
  })
}
