import { readdirSync, readFileSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'

/** A line of /proc/PID/stat (proc_pid_stat(5)). */
export interface Process {
  pid: number
  state: string
  parent: number
  group: number
  session: number
  /** Device number of the controlling terminal; 0 without one. */
  tty: number
  isKernelThread: boolean
  threads: number
  /** Start time in clock ticks since boot. With the pid it identifies a process, since pids are reused. */
  start: number
}

const PF_KTHREAD = 0x200000
/** Longest time in which the event loop is blocked. */
const SLICE_MS = 3

/** Parses a line of /proc/PID/stat; null if it is malformed. A process name can contain spaces and parentheses. */
export function parseStat(line: string): Process | null {
  const nameEnd = line.lastIndexOf(')')
  const pid = Number.parseInt(line, 10)
  const fields = line.slice(nameEnd + 2).split(' ')
  if (nameEnd < 0 || fields.length < 20 || Number.isNaN(pid)) return null
  const field = (number: number) => Number(fields[number - 3])
  return {
    pid,
    state: fields[0]!,
    parent: field(4),
    group: field(5),
    session: field(6),
    tty: field(7),
    isKernelThread: (field(9) & PF_KTHREAD) !== 0,
    threads: field(20),
    start: field(22)
  }
}

/** Reads one process; null if it does not exist. Reading this file never waits for the process. */
export function readProcess(pid: number | string): Process | null {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'latin1'))
  } catch {
    return null
  }
}

/** True for a zombie. A process whose main thread alone has ended has the same state but still has threads. */
export const isDead = ({ state, threads }: Process): boolean => 'ZXx'.includes(state) && threads <= 1

/** A key that differs between processes with the same pid. */
export const keyOf = ({ pid, start }: Process): string => `${pid} ${start}`

/** A function that yields to the event loop once 3 ms have passed since it last did. */
export function createYielder() {
  let since = performance.now()
  return async (): Promise<void> => {
    if (performance.now() - since < SLICE_MS) return
    await nextTurn()
    since = performance.now()
  }
}

const MAX_PASSES = 5

/** Lists the living processes. A process can fork and end during a pass, so passes repeat until no new pid appears. */
export async function listProcesses(): Promise<Process[]> {
  const yieldIfDue = createYielder()
  const seen = new Set<string>()
  const found: Process[] = []
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const names = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && !seen.has(name))
    if (names.length === 0) break
    for (const name of names) {
      seen.add(name)
      const process = readProcess(name)
      if (process && !process.isKernelThread) found.push(process)
      await yieldIfDue()
    }
  }
  return found.filter((process) => !isDead(process))
}
