import type { ProcessStat } from './stat.ts'

/** A process as a scan found it. Rates are since the scan before; null in the first that saw it. */
export interface ScannedProcess extends ProcessStat {
  commandLine: string
  uid: number | null
  /** Percent of one processor: a process of four busy threads has 400, as in top. */
  cpu: number | null
  /** Bytes; null where the kernel does not let us read them. */
  readBytes: number | null
  writeBytes: number | null
  /** Bytes a second. */
  readRate: number | null
  writeRate: number | null
  /** Milliseconds of the scanner's clock. */
  readAt: number
  /** Scans until its user is looked up again: programs change it after their start. */
  uidKeeps: number
}

export interface ProcessScan {
  processes: Map<number, ScannedProcess>
  /** There were more than are looked at. */
  isCut: boolean
  /** Why I/O is null where it is. */
  ioReason: string | null
  slices: number
  /** Milliseconds of the longest time the event loop was held. */
  longestSlice: number
}
