import type { Program } from './program.ts'
import type { ProcessStat } from './stat.ts'

/** A process in a scan. Rates are since the last scan; null in the first scan of the process. */
export interface ScannedProcess extends ProcessStat {
  commandLine: string
  program: Program
  uid: number | null
  /** Percent of one processor, as in top: four busy threads are 400. */
  cpu: number | null
  /** Bytes; null if reading them is not permitted. */
  readBytes: number | null
  writeBytes: number | null
  /** Bytes per second. */
  readRate: number | null
  writeRate: number | null
  /** Milliseconds of the scanner's clock. */
  readAt: number
  /** Scans until the user is read again: programs change it after their start. */
  uidKeeps: number
}

export interface ProcessScan {
  processes: Map<number, ScannedProcess>
  /** There were more than MAX_PROCESSES. */
  isCut: boolean
  /** Why I/O counters are null. */
  ioReason: string | null
  slices: number
  /** Longest time the event loop was blocked, milliseconds. */
  longestSlice: number
}
