import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { keyOf, type Process } from './process-table.ts'

/** The environment variable that every process of a terminal inherits. Its value is unique for each terminal. */
export const MARK_VARIABLE = 'PROXMENUX_TERMINAL_ID'

const CONCURRENT_READS = 16
const READ_TIMEOUT_MS = 500

// Reading the environment of a process that hangs in the kernel can hang too, and block a thread of Node's small pool:
// at most one read for each process runs at a time.
const reading = new Set<string>()

async function readEnvironment(process: Process): Promise<string | null> {
  const key = keyOf(process)
  if (process.state === 'D' || reading.has(key)) return null
  reading.add(key)
  const text = await readFile(`/proc/${process.pid}/environ`, 'latin1').catch(() => '')
  reading.delete(key)
  return text === '' ? null : text
}

/**
 * Finds the processes with the mark in their environment. `unreadable` processes showed no environment: they have
 * ended, are just starting, hang, or have an empty one.
 */
export async function findMarked(mark: string, processes: readonly Process[]) {
  const marked = new Set<Process>()
  const unreadable = new Set(processes)
  const check = async (process: Process) => {
    const environment = await readEnvironment(process)
    if (environment === null) return
    unreadable.delete(process)
    if (`\0${environment}\0`.includes(`\0${MARK_VARIABLE}=${mark}\0`)) marked.add(process)
  }
  for (let i = 0; i < processes.length; i += CONCURRENT_READS) {
    const cancelTimeout = new AbortController()
    const timeout = sleep(READ_TIMEOUT_MS, undefined, cancelTimeout).catch(() => {})
    await Promise.race([Promise.all(processes.slice(i, i + CONCURRENT_READS).map(check)), timeout])
    cancelTimeout.abort()
  }
  return { marked, unreadable }
}
