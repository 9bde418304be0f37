import { readProc } from './read-proc.ts'
import type { ScannedProcess } from './scanner.ts'
import { formatCommandLine } from './stat.ts'

const LENGTH = 512
const PATIENCE_MS = 250
/** Reads that may hang at the same time: libuv's pool has four threads, and others need them. */
const MAX_STUCK = 1
/** A command line is read again after so many scans: some programs show their state in it. */
const KEEP_SCANS = 12

/**
 * Reads command lines once a process and then now and then. A process whose memory is locked, say by a dead network file
 * system, never answers: it is given up after a moment, shown by its name, and not asked again before that read has ended.
 */
export function createCommandLines(procDir: string) {
  const stuck = new Set<number>()
  let scans = 0

  async function read(process: ScannedProcess): Promise<void> {
    const { pid, name } = process
    let timer: NodeJS.Timeout | undefined
    const reading = readProc(`${procDir}/${pid}/cmdline`, LENGTH * 4).then(
      (raw) => {
        process.commandLine = formatCommandLine(raw, name, LENGTH)
      },
      () => {}
    )
    const tooLong = new Promise<'late'>((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS, 'late')
    })
    if ((await Promise.race([reading, tooLong])) === 'late') {
      stuck.add(pid)
      void reading.then(() => stuck.delete(pid))
    }
    clearTimeout(timer)
  }

  return {
    async fill(
      processes: ReadonlyMap<number, ScannedProcess>,
      before: ReadonlyMap<number, ScannedProcess>,
      signal?: AbortSignal
    ): Promise<void> {
      scans++
      for (const process of processes.values()) {
        if (stuck.size > MAX_STUCK || signal?.aborted) return
        const { pid, name, startTicks, isKernelThread } = process
        if (isKernelThread || stuck.has(pid)) continue
        const known = before.get(pid)
        // Another name means another program in the same process.
        const isKnown = known?.startTicks === startTicks && known.name === name
        if (!isKnown || (pid + scans) % KEEP_SCANS === 0) await read(process)
      }
    }
  }
}
