import type { Sample } from '../host/sampling.ts'
import type { Vitals } from '../host/vitals.ts'

type Source<T> = Readonly<Pick<Sample<T>, 'value' | 'reason' | 'stale'>>

export interface FilesystemFact {
  mount: string
  /** Percent; null if unknown. */
  usage: number | null
  /** Mounted read-write, but the kernel made it read-only. */
  isReadOnly?: boolean
  /** It does not answer: `usage` is an older value. */
  isStale?: boolean
}
export interface DiskFact {
  name: string
  /** SMART's overall assessment; null if unknown. */
  hasPassed: boolean | null
  /** °C. */
  temperature: number | null
  /** Unreadable sectors and media errors. */
  errors: number | null
}
export interface PoolFact {
  name: string
  /** The state that ZFS reports. */
  state: string
  /** Percent. */
  usage: number | null
}
export interface InterfaceFact {
  name: string
  /** Enabled, in use and without a link. */
  isDown: boolean
  /** Errors and drops per second; null before the second sample. */
  errorsPerSecond: number | null
}

/** Faults of the daemon's own parts. The phrases are public: no numbers, paths, names or versions. */
export interface Faults {
  audit_log: readonly string[]
  recordings: readonly string[]
  fail2ban: readonly string[]
  certificate: readonly string[]
  alerts: readonly string[]
  daemon: readonly string[]
}

/**
 * The input of the checks. Optional facts are missing if they are not collected. A source whose value is null does not
 * exist on this host, and its reason says why.
 */
export interface Facts {
  vitals: Readonly<Vitals>
  faults: Faults
  /** The alert channels; `fault` says why a channel cannot deliver. */
  alertChannels?: readonly { id: string; name: string; fault: string | null }[]
  /** When the served certificate expires, milliseconds since the epoch; null without HTTPS. */
  certificateEnds?: number | null
  filesystems?: Source<readonly FilesystemFact[]>
  disks?: Source<readonly DiskFact[]>
  pools?: Source<readonly PoolFact[]>
  interfaces?: Source<readonly InterfaceFact[]>
  /** Names of failed units. */
  failedUnits?: Source<readonly string[]>
  timeSync?: Source<{ isSynchronised: boolean }>
  updates?: Source<{ pending: number; security: number | null }>
}
