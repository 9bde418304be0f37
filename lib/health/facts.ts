import type { Sample } from '../host/sampling.ts'
import type { Vitals } from '../host/vitals.ts'

type Source<T> = Readonly<Pick<Sample<T>, 'value' | 'reason' | 'stale'>>

export interface FilesystemFact {
  mount: string
  /** Percent; null where it cannot be told. */
  usage: number | null
  /** It should be writable and is not. */
  isReadOnly?: boolean
  /** It no longer answers: `usage` is from before. */
  isStale?: boolean
}
export interface DiskFact {
  name: string
  /** What SMART says of itself; null where it says nothing. */
  hasPassed: boolean | null
  /** °C. */
  temperature: number | null
  /** Sectors that could not be read. */
  errors: number | null
}
export interface PoolFact {
  name: string
  /** In ZFS's words. */
  state: string
  /** Percent. */
  usage: number | null
}
export interface InterfaceFact {
  name: string
  /** It is switched on and has no link. */
  isDown: boolean
  /** Errors and drops per second; null before the second sample. */
  errorsPerSecond: number | null
}

/** What the daemon says of its own parts: each a phrase that anyone may read. */
export interface Faults {
  audit_log: readonly string[]
  recordings: readonly string[]
  fail2ban: readonly string[]
  certificate: readonly string[]
  daemon: readonly string[]
}

/**
 * What the checks go by. All but the first two are left out where nothing gathers them; one whose value is null is what
 * this host does not have, and its reason says so.
 */
export interface Facts {
  vitals: Readonly<Vitals>
  faults: Faults
  /** When the certificate that is served ends, milliseconds since the epoch; null without HTTPS. */
  certificateEnds?: number | null
  filesystems?: Source<readonly FilesystemFact[]>
  disks?: Source<readonly DiskFact[]>
  pools?: Source<readonly PoolFact[]>
  interfaces?: Source<readonly InterfaceFact[]>
  /** Names of units that failed. */
  failedUnits?: Source<readonly string[]>
  timeSync?: Source<{ isSynchronised: boolean }>
  updates?: Source<{ pending: number; security: number | null }>
}
