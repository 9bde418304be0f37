import { readFileSync } from 'node:fs'

/** Units of the kernel: clock ticks per second, and bytes per page. */
export interface KernelUnits {
  clockTicks: number
  pageSize: number
}

const AT_PAGESZ = 6n
const AT_CLKTCK = 17n

/** Reads the auxiliary vector (getauxval(3)), pairs of 64-bit words. Missing values default to 100 ticks and 4 KiB. */
export function parseAuxiliaryVector(vector: Buffer): KernelUnits {
  const units = { clockTicks: 100, pageSize: 4096 }
  for (let at = 0; at + 16 <= vector.length; at += 16) {
    const type = vector.readBigUInt64LE(at)
    const value = Number(vector.readBigUInt64LE(at + 8))
    if (type === AT_PAGESZ && value >= 4096) units.pageSize = value
    if (type === AT_CLKTCK && value > 0) units.clockTicks = value
  }
  return units
}

export function readKernelUnits(): KernelUnits {
  try {
    return parseAuxiliaryVector(readFileSync('/proc/self/auxv'))
  } catch {
    return parseAuxiliaryVector(Buffer.alloc(0))
  }
}
