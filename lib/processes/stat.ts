import { countIn } from '../host/plausible.ts'

/** A process from /proc/<pid>/stat (proc_pid_stat(5)). Times in clock ticks, `rss` in pages; null if implausible. */
export interface ProcessStat {
  pid: number
  /** At most 15 bytes, set by the process or the kernel; may contain any character. */
  name: string
  state: string
  ppid: number | null
  /** CPU time in user and kernel mode. */
  ticks: number | null
  nice: number | null
  threads: number | null
  /** Ticks from boot to its start. Together with the pid it identifies the process. */
  startTicks: number | null
  rss: number | null
  isKernelThread: boolean
}

const PF_KTHREAD = 0x0020_0000

/** Null if the line is incomplete. The name may contain spaces, parentheses and line breaks: it ends at the last `)`. */
export function parseProcessStat(text: string): ProcessStat | null {
  const open = text.indexOf('(')
  const close = text.lastIndexOf(')')
  if (open < 2 || close < open) return null
  const fields = text.slice(close + 2).split(' ')
  if (fields.length < 22) return null
  // `fields` starts at field 3 of the manual page, the state.
  const number = (field: number): number | null => {
    const value = Number(fields[field - 3] || Number.NaN)
    return Number.isSafeInteger(value) ? value : null
  }
  const count = (field: number): number | null => {
    const value = number(field)
    return value !== null && value >= 0 ? value : null
  }
  const [userTicks, systemTicks, nice] = [count(14), count(15), number(19)]
  const stat = {
    pid: Number(text.slice(0, open)),
    name: text.slice(open + 1, close),
    state: /^\S$/.test(fields[0]!) ? fields[0]! : '?',
    ppid: count(4),
    ticks: userTicks === null || systemTicks === null ? null : userTicks + systemTicks,
    nice: nice !== null && Math.abs(nice) <= 20 ? nice : null,
    threads: count(20),
    startTicks: count(22),
    rss: count(24),
    isKernelThread: ((number(9) ?? 0) & PF_KTHREAD) !== 0
  }
  return Number.isSafeInteger(stat.pid) ? stat : null
}

/** Bytes the process caused to be read from and written to disks, from /proc/<pid>/io; null if implausible. */
export function parseProcessIo(text: string): { readBytes: number | null; writeBytes: number | null } {
  const read = (name: string) => countIn(new RegExp(`^${name}: (\\S+)$`, 'm').exec(text)?.[1])
  return { readBytes: read('read_bytes'), writeBytes: read('write_bytes') }
}

/** Formats the arguments from /proc/<pid>/cmdline as one line of at most `length` characters. */
export function formatCommandLine(raw: string, name: string, length: number): string {
  const line = raw
    .replace(/\0+$/, '')
    .replaceAll(/[\0\n\r]/g, ' ')
    .trim()
  // Kernel threads and zombies have no command line; ps shows them in brackets too.
  if (line === '') return `[${name}]`
  return line.length > length ? `${line.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…` : line
}
