import { MAX_COUNT } from './plausible.ts'
import { absent, present, type Reading } from './reading.ts'
import { toPercent } from './units.ts'

/** What statfs(2) tells: sizes in blocks of `bsize` bytes. */
export interface Statfs {
  bsize: number
  blocks: number
  bfree: number
  bavail: number
}

/** Sizes in bytes; null where the file system reports none that is plausible. */
export interface Filesystem {
  total: number | null
  used: number | null
  /** What an ordinary user may still write. */
  available: number | null
  usage: number | null
}

/** Reckons as df does: blocks reserved for root are neither used nor available, and not part of the percentage. */
export function describeFilesystem({ bsize, blocks, bfree, bavail }: Statfs): Reading<Filesystem> {
  const bytes = (count: number) => (count >= 0 && count <= blocks ? count * bsize : null)
  // Also catches NaN.
  if (!(bsize > 0 && blocks > 0 && blocks * bsize < MAX_COUNT)) return absent('the file system reports no size')
  const used = bytes(blocks - bfree)
  // With more reserved than free some report a negative number without its sign: nothing is available then.
  const available = bavail > blocks ? 0 : bytes(bavail)
  const usage = used === null || available === null || used + available === 0 ? null : toPercent(used, used + available)
  return present({ total: blocks * bsize, used, available, usage })
}
