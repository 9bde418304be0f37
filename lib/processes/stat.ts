/** One process out of /proc/<pid>/stat (proc_pid_stat(5)). Times are in clock ticks, `rss` in pages. */
export interface ProcessStat {
  pid: number
  /** At most 15 bytes, as the process or the kernel named it; any character may stand in it. */
  name: string
  state: string
  ppid: number
  /** Time on a processor, in user and kernel mode. */
  ticks: number
  nice: number
  threads: number
  /** Ticks from boot to its start: with the pid, what tells it from a later one of the same number. */
  startTicks: number
  rss: number
  isKernelThread: boolean
}

const PF_KTHREAD = 0x0020_0000

/** Null for what is no whole line. The name may hold spaces, parentheses and line ends: it reaches to the last `)`. */
export function parseProcessStat(text: string): ProcessStat | null {
  const open = text.indexOf('(')
  const close = text.lastIndexOf(')')
  if (open < 2 || close < open) return null
  const fields = text.slice(close + 2).split(' ')
  if (fields.length < 22) return null
  // Counted from field 3 of the manual page, the state.
  const number = (field: number): number => Number(fields[field - 3])
  const stat = {
    pid: Number(text.slice(0, open)),
    name: text.slice(open + 1, close),
    state: fields[0]!,
    ppid: number(4),
    ticks: number(14) + number(15),
    nice: number(19),
    threads: number(20),
    startTicks: number(22),
    rss: number(24),
    isKernelThread: (number(9) & PF_KTHREAD) !== 0
  }
  const { pid, ppid, ticks, nice, threads, startTicks, rss } = stat
  const isWhole = [pid, ppid, ticks, nice, threads, startTicks, rss].every(Number.isSafeInteger)
  return isWhole && /^\S$/.test(stat.state) ? stat : null
}

/** Bytes this process made the disks read and write, out of /proc/<pid>/io; null where they do not stand there. */
export function parseProcessIo(text: string): { readBytes: number; writeBytes: number } | null {
  const match = /^read_bytes: (\d{1,16})\nwrite_bytes: (\d{1,16})$/m.exec(text)
  return match ? { readBytes: Number(match[1]), writeBytes: Number(match[2]) } : null
}

/** The arguments out of /proc/<pid>/cmdline, each on the same line; at most `length` characters. */
export function formatCommandLine(raw: string, name: string, length: number): string {
  const line = raw
    .replace(/\0+$/, '')
    .replaceAll(/[\0\n\r]/g, ' ')
    .trim()
  // Kernel threads and zombies have none; ps writes them so too.
  if (line === '') return `[${name}]`
  return line.length > length ? `${line.slice(0, length - 1)}…` : line
}
