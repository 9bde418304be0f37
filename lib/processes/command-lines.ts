import type { BoundedReads } from './bounded-reads.ts'
import { readProc } from './read-proc.ts'
import type { ScannedProcess } from './scan.ts'
import { formatCommandLine } from './stat.ts'

const LENGTH = 512
const PATIENCE_MS = 250
/** A command line is read again after so many scans: some programs show their state in it. */
const KEEP_SCANS = 12

/**
 * Reads command lines once a process and then now and then. One that never answers is shown by its name, and not asked
 * again before that read has ended.
 */
export function createCommandLines(procDir: string, readPatiently: BoundedReads) {
  const stuck = new Set<number>()
  let scans = 0

  async function read(process: ScannedProcess): Promise<void> {
    const { pid, name } = process
    const begin = () => {
      stuck.add(pid)
      return readProc(`${procDir}/${pid}/cmdline`, LENGTH * 4).finally(() => stuck.delete(pid))
    }
    const { text } = await readPatiently('cmdline', PATIENCE_MS, begin)
    if (text !== null) process.commandLine = formatCommandLine(text, name, LENGTH)
  }

  return {
    async fill(
      processes: ReadonlyMap<number, ScannedProcess>,
      before: ReadonlyMap<number, ScannedProcess>,
      signal?: AbortSignal
    ): Promise<void> {
      scans++
      for (const process of processes.values()) {
        if (signal?.aborted) return
        const { pid, name, startTicks, isKernelThread } = process
        if (isKernelThread || stuck.has(pid)) continue
        const known = before.get(pid)
        // Another name means another program in the same process.
        const isKnown = startTicks !== null && known?.startTicks === startTicks && known.name === name
        if (!isKnown || (pid + scans) % KEEP_SCANS === 0) await read(process)
      }
    }
  }
}
