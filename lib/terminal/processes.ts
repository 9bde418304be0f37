import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'

export interface TerminalProcesses {
  /** The shell's process id; it leads a session. */
  leader: number
  /** /dev/pts/N. */
  tty: string
  /** The value of PROXMENUX_TERMINAL_ID in their environment. */
  mark: string
}

const PATIENCE_MS = 3000
const LOOK_EVERY_MS = 50

/** The session of a process (proc(5), stat): what follows the name, which may hold anything. */
const sessionOf = (stat: string): number => Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3])

async function listSession(leader: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const stats = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '')))
  return pids.filter((_pid, i) => stats[i] !== '' && sessionOf(stats[i]!) === leader).map(Number)
}

/** Kills every process of the shell's session. */
export async function endProcesses({ leader }: TerminalProcesses): Promise<void> {
  for (const deadline = performance.now() + PATIENCE_MS; performance.now() < deadline; await wait(LOOK_EVERY_MS)) {
    const pids = await listSession(leader)
    if (pids.length === 0) return
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It is gone.
      }
    }
  }
}
