import type { BoundedReads } from './bounded-reads.ts'
import { readProgram } from './program.ts'
import { readProc } from './read-proc.ts'
import type { ScannedProcess } from './scan.ts'
import { formatCommandLine } from './stat.ts'

const LENGTH = 512
const TIMEOUT_MS = 250
/** Scans after which a command line is read again: some programs show their state in it. */
const KEEP_SCANS = 12

/**
 * Reads the command line of each process once, and again after some scans. If a read hangs, the process is shown by its
 * name, and its command line is not read again until that read has ended.
 */
export function createCommandLines(procDir: string, readBounded: BoundedReads) {
  const stuck = new Set<number>()
  let scans = 0

  async function read(process: ScannedProcess): Promise<void> {
    const { pid, name } = process
    const begin = () => {
      stuck.add(pid)
      return readProc(`${procDir}/${pid}/cmdline`, LENGTH * 4).finally(() => stuck.delete(pid))
    }
    const { text } = await readBounded('cmdline', TIMEOUT_MS, begin)
    if (text === null) return
    process.commandLine = formatCommandLine(text, name, LENGTH)
    process.program = readProgram(text)
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
        // A new name means that the process has executed another program.
        const isKnown = startTicks !== null && known?.startTicks === startTicks && known.name === name
        if (!isKnown || (pid + scans) % KEEP_SCANS === 0) await read(process)
      }
    }
  }
}
