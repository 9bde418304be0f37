import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { keyOf, type Process } from './process-table.ts'

/** The environment variable every process of a terminal inherits. Its value belongs to one terminal. */
export const MARK_VARIABLE = 'PROXMENUX_TERMINAL_ID'

const AT_ONCE = 16
const PATIENCE_MS = 500

// Whoever reads the environment of a process that hangs in the kernel may hang with it, and with it a thread of Node's
// few: only one for each such process.
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
 * Those that were started with the mark in their environment. `unclear` are those that show none now: they have ended, or
 * are just being started, or hang, or really have none.
 */
export async function findMarked(mark: string, processes: readonly Process[]) {
  const marked = new Set<Process>()
  const unclear = new Set(processes)
  const ask = async (process: Process) => {
    const environment = await readEnvironment(process)
    if (environment === null) return
    unclear.delete(process)
    if (`\0${environment}\0`.includes(`\0${MARK_VARIABLE}=${mark}\0`)) marked.add(process)
  }
  for (let i = 0; i < processes.length; i += AT_ONCE) {
    const patience = new AbortController()
    const late = sleep(PATIENCE_MS, undefined, patience).catch(() => {})
    await Promise.race([Promise.all(processes.slice(i, i + AT_ONCE).map(ask)), late])
    patience.abort()
  }
  return { marked, unclear }
}
