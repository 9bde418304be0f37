import { type Measurement, ok, unavailable } from './measurement.ts'
import { MAX_COUNT } from './plausible.ts'
import { toPercent } from './units.ts'

/** The result of statfs(2): sizes in blocks of `bsize` bytes. */
export interface Statfs {
  bsize: number
  blocks: number
  bfree: number
  bavail: number
}

/** Sizes in bytes, usage in percent; null if the file system reports an implausible number. */
export interface Filesystem {
  total: number | null
  used: number | null
  /** Space an unprivileged user can still write. */
  available: number | null
  usage: number | null
}

/** Calculates like df: blocks reserved for root are neither used nor available, and not part of the percentage. */
export function describeFilesystem({ bsize, blocks, bfree, bavail }: Statfs): Measurement<Filesystem> {
  const isSize = (count: number) => count >= 0 && count * bsize < MAX_COUNT
  // Also catches NaN.
  if (!(bsize > 0) || blocks === 0) return unavailable('the file system reports no size')
  const hasBlocks = isSize(blocks)
  const usedBlocks = hasBlocks && bfree >= 0 && bfree <= blocks ? blocks - bfree : null
  // If more blocks are reserved than free, some file systems report a negative number as unsigned: available is 0.
  const freeBlocks = !(bavail >= 0) ? null : hasBlocks && bavail > blocks ? 0 : isSize(bavail) ? bavail : null
  const bytes = (count: number | null) => (count === null ? null : count * bsize)
  return ok({
    total: hasBlocks ? blocks * bsize : null,
    used: bytes(usedBlocks),
    available: bytes(freeBlocks),
    usage:
      usedBlocks === null || freeBlocks === null || usedBlocks + freeBlocks === 0
        ? null
        : toPercent(usedBlocks, usedBlocks + freeBlocks)
  })
}
