import { readdir } from 'node:fs/promises'
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { type BoundedReads, createBoundedReads } from './bounded-reads.ts'
import { createCommandLines } from './command-lines.ts'
import type { KernelUnits } from './kernel-units.ts'
import { NO_PROGRAM } from './program.ts'
import { readProcNow } from './read-proc.ts'
import type { ProcessScan, ScannedProcess } from './scan.ts'
import { parseProcessIo, parseProcessStat } from './stat.ts'

export interface ScannerOptions {
  procDir: string
  units: KernelUnits
  /** Milliseconds of the monotonic clock. */
  monotonicNow: () => number
  readBounded?: BoundedReads
}

export const MAX_PROCESSES = 10_000
/** Milliseconds a scan may block the event loop. */
const SLICE_MS = 2
const KEEP_UID = 12

const rate = (before: number | null, after: number | null, ms: number): number | null =>
  before === null || after === null || ms <= 0 || after < before ? null : Math.round(((after - before) * 1000) / ms)

/** Scans /proc; rates are since the last scan. One call at a time. Rejects if /proc cannot be read or is aborted. */
export function createProcessScanner({
  procDir,
  units,
  monotonicNow,
  readBounded = createBoundedReads()
}: ScannerOptions) {
  const commandLines = createCommandLines(procDir, readBounded)
  let before = new Map<number, ScannedProcess>()

  function readUid(pid: number): number | null {
    const status = readProcNow(`${procDir}/${pid}/status`)
    // The effective uid, as in ps.
    const match = 'text' in status ? /^Uid:\t\d+\t(\d+)/m.exec(status.text) : null
    return match ? Number(match[1]) : null
  }

  function read(pid: number, fault: (code: string) => void): ScannedProcess | null {
    const file = readProcNow(`${procDir}/${pid}/stat`)
    // The process has ended since the folder was listed.
    if ('code' in file) return null
    const stat = parseProcessStat(file.text)
    if (stat === null) return null
    const readAt = monotonicNow()
    const ioFile = readProcNow(`${procDir}/${pid}/io`)
    if ('code' in ioFile && ioFile.code !== 'ENOENT' && ioFile.code !== 'ESRCH') fault(ioFile.code)
    const io = 'text' in ioFile ? parseProcessIo(ioFile.text) : null
    const known = before.get(pid)
    // A reused pid has another start time.
    const same = known && stat.startTicks !== null && known.startTicks === stat.startTicks ? known : undefined
    const ms = same ? readAt - same.readAt : 0
    const ticks = !same ? 0 : stat.ticks === null || same.ticks === null ? null : stat.ticks - same.ticks
    // A new name means that the process has executed another program.
    const runsOn = same?.name === stat.name
    const looksUp = !same || same.uidKeeps === 0
    return {
      ...stat,
      commandLine: runsOn ? same.commandLine : `[${stat.name}]`,
      program: runsOn ? same.program : NO_PROGRAM,
      uid: looksUp ? readUid(pid) : same.uid,
      // Read again in the next scan: a server drops privileges after it has bound its port.
      uidKeeps: looksUp ? (same ? KEEP_UID : 0) : same.uidKeeps - 1,
      cpu:
        ms > 0 && ticks !== null && ticks >= 0 ? Math.round((ticks * 1_000_000) / (units.clockTicks * ms)) / 10 : null,
      readBytes: io?.readBytes ?? null,
      writeBytes: io?.writeBytes ?? null,
      readRate: rate(same?.readBytes ?? null, io?.readBytes ?? null, ms),
      writeRate: rate(same?.writeBytes ?? null, io?.writeBytes ?? null, ms),
      readAt
    }
  }

  return {
    async scan(signal?: AbortSignal): Promise<ProcessScan> {
      const pids = (await readdir(procDir)).filter((name) => /^[1-9]\d{0,6}$/.test(name)).map(Number)
      const processes = new Map<number, ScannedProcess>()
      const scan: ProcessScan = {
        processes,
        isCut: pids.length > MAX_PROCESSES,
        ioReason: null,
        slices: 1,
        longestSlice: 0
      }
      const onIoFault = (code: string) => {
        scan.ioReason = `/proc/<pid>/io of other users' processes cannot be read (${code}); run the daemon as root to read it`
      }
      let begun = monotonicNow()
      const endSlice = () => {
        scan.longestSlice = Math.max(scan.longestSlice, monotonicNow() - begun)
      }
      for (const pid of pids.slice(0, MAX_PROCESSES)) {
        const found = read(pid, onIoFault)
        if (found) processes.set(pid, found)
        if (monotonicNow() - begun < SLICE_MS) continue
        endSlice()
        signal?.throwIfAborted()
        await yieldToEventLoop()
        scan.slices++
        begun = monotonicNow()
      }
      endSlice()
      await commandLines.fill(processes, before, signal)
      before = processes
      return scan
    }
  }
}
export type ProcessScanner = ReturnType<typeof createProcessScanner>
