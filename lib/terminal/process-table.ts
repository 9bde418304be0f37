import { readdirSync, readFileSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'

/** A line of /proc/PID/stat (proc_pid_stat(5)). */
export interface Process {
  pid: number
  state: string
  parent: number
  group: number
  session: number
  /** The controlling terminal's device number; 0 without. */
  tty: number
  isKernelThread: boolean
  threads: number
  /** Clock ticks after the host's boot: with the pid, what tells a process from a later one of the same number. */
  start: number
}

const PF_KTHREAD = 0x200000
/** How long the event loop is kept from other work. */
const SLICE_MS = 3

/** Null for what is no such line. A process may have any name, with spaces and parentheses in it. */
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

/** Null when there is none. Reading this file never waits for the process. */
export function readProcess(pid: number | string): Process | null {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'latin1'))
  } catch {
    return null
  }
}

/** Has ended and waits for its parent. One whose first thread alone has ended looks the same, and runs. */
export const isDead = ({ state, threads }: Process): boolean => 'ZXx'.includes(state) && threads <= 1

/** A process and no later one of its number. */
export const keyOf = ({ pid, start }: Process): string => `${pid} ${start}`

/** Lets other work have its turn when this has had its own for 3 ms. */
export function createSlices() {
  let since = performance.now()
  return async (): Promise<void> => {
    if (performance.now() - since < SLICE_MS) return
    await nextTurn()
    since = performance.now()
  }
}

const AGAIN = 5

/** All that are alive. One that starts another and ends while they are listed must not hide that: so until no new one is there. */
export async function listProcesses(): Promise<Process[]> {
  const slice = createSlices()
  const seen = new Set<string>()
  const found: Process[] = []
  for (let look = 0; look < AGAIN; look++) {
    const names = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && !seen.has(name))
    if (names.length === 0) break
    for (const name of names) {
      seen.add(name)
      const process = readProcess(name)
      if (process && !process.isKernelThread) found.push(process)
      await slice()
    }
  }
  return found.filter((process) => !isDead(process))
}
