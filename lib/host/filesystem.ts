import { absent, present, type Reading } from './reading.ts'
import { toPercent } from './units.ts'

/** What statfs(2) tells: sizes in blocks of `bsize` bytes. */
export interface Statfs {
  bsize: number
  blocks: number
  bfree: number
  bavail: number
}

/** Sizes in bytes. */
export interface Filesystem {
  total: number
  used: number
  /** What an ordinary user may still write. */
  available: number
  usage: number
}

/** Reckons as df does: blocks reserved for root are neither used nor available, and not part of the percentage. */
export function describeFilesystem({ bsize, blocks, bfree, bavail }: Statfs): Reading<Filesystem> {
  const used = (blocks - bfree) * bsize
  const available = bavail * bsize
  // Also catches NaN.
  if (!(used >= 0 && available >= 0 && used + available > 0)) return absent('the file system reports no size')
  return present({ total: blocks * bsize, used, available, usage: toPercent(used, used + available) })
}
