import { readdir } from 'node:fs/promises'
import { setImmediate as breathe } from 'node:timers/promises'
import { type BoundedReads, createBoundedReads } from './bounded-reads.ts'
import { createCommandLines } from './command-lines.ts'
import type { KernelUnits } from './kernel-units.ts'
import { readProcNow } from './read-proc.ts'
import type { ProcessScan, ScannedProcess } from './scan.ts'
import { parseProcessIo, parseProcessStat } from './stat.ts'

export interface ScannerOptions {
  procDir: string
  units: KernelUnits
  /** Milliseconds of a clock that nobody sets. */
  monotonicNow: () => number
  readPatiently?: BoundedReads
}

export const MAX_PROCESSES = 10_000
/** How long a scan may hold the event loop at a time. */
const SLICE_MS = 2
const KEEP_UID = 12

const rate = (before: number | null, after: number | null, ms: number): number | null =>
  before === null || after === null || ms <= 0 || after < before ? null : Math.round(((after - before) * 1000) / ms)

/** Scans /proc; each scan's rates are since the one before. One at a time. */
export function createProcessScanner({
  procDir,
  units,
  monotonicNow,
  readPatiently = createBoundedReads()
}: ScannerOptions) {
  const commandLines = createCommandLines(procDir, readPatiently)
  let before = new Map<number, ScannedProcess>()

  function readUid(pid: number): number | null {
    const status = readProcNow(`${procDir}/${pid}/status`)
    // The effective one, as ps shows it.
    const match = 'text' in status ? /^Uid:\t\d+\t(\d+)/m.exec(status.text) : null
    return match ? Number(match[1]) : null
  }

  function read(pid: number, fault: (code: string) => void): ScannedProcess | null {
    const file = readProcNow(`${procDir}/${pid}/stat`)
    // Gone since the folder was listed.
    if ('code' in file) return null
    const stat = parseProcessStat(file.text)
    if (stat === null) return null
    const readAt = monotonicNow()
    const ioFile = readProcNow(`${procDir}/${pid}/io`)
    if ('code' in ioFile && ioFile.code !== 'ENOENT' && ioFile.code !== 'ESRCH') fault(ioFile.code)
    const io = 'text' in ioFile ? parseProcessIo(ioFile.text) : null
    const known = before.get(pid)
    // The same number with another start is another process.
    const same = known && stat.startTicks !== null && known.startTicks === stat.startTicks ? known : undefined
    const ms = same ? readAt - same.readAt : 0
    const ticks = !same ? 0 : stat.ticks === null || same.ticks === null ? null : stat.ticks - same.ticks
    const looksUp = !same || same.uidKeeps === 0
    return {
      ...stat,
      commandLine: same?.name === stat.name ? same.commandLine : `[${stat.name}]`,
      uid: looksUp ? readUid(pid) : same.uid,
      // A second look soon: a server drops its rights after it has bound its port.
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
        scan.ioReason = `/proc/<pid>/io of other users' processes cannot be read (${code}); the daemon is not root`
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
        await breathe()
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
