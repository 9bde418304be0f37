import { readdir, readlink } from 'node:fs/promises'
import type { ProcessReply } from '../../schemas/host/processes.ts'
import { formatElapsed } from '../host/uptime.ts'
import { type ReadAnswer, readNow } from './bounded-reads.ts'
import { describeProcess, IMPLAUSIBLE, type ListOptions, NO_IO, nameOf } from './process-list.ts'
import type { ProcessSnapshot } from './process-source.ts'
import { NO_PROGRAM, readProgram } from './program.ts'
import { readProc, readProcNow } from './read-proc.ts'
import type { ScannedProcess } from './scan.ts'
import { formatCommandLine, parseProcessIo, parseProcessStat } from './stat.ts'
import { parseCgroup, parseLimits, parseStatusNumbers } from './status.ts'

const TIMEOUT_MS = 1000
const MAX_CHILDREN = 100
const COMMAND_LINE_LENGTH = 8192

function childrenOf(pid: number, { processes }: ProcessSnapshot): ProcessReply['children'] {
  const children: ProcessReply['children'] = []
  for (const process of processes.values()) {
    if (process.ppid !== pid || children.length === MAX_CHILDREN) continue
    children.push({ pid: process.pid, command: process.name, name: nameOf(process) })
  }
  return children
}

/** Combines current values with the last scan. A process started after the scan has no rates. */
function merge(stat: NonNullable<ReturnType<typeof parseProcessStat>>, uid: number | null, scan: ProcessSnapshot) {
  const scanned = scan.processes.get(stat.pid)
  const same = stat.startTicks !== null && scanned?.startTicks === stat.startTicks ? scanned : undefined
  const noRates = {
    cpu: null,
    readBytes: null,
    writeBytes: null,
    readRate: null,
    writeRate: null,
    readAt: 0,
    uidKeeps: 0
  }
  return {
    ...noRates,
    commandLine: `[${stat.name}]`,
    program: NO_PROGRAM,
    ...same,
    ...stat,
    uid
  } satisfies ScannedProcess
}

/** The answer of GET /api/processes/:pid; null if the process does not exist. Its environment is never read. */
export async function readProcess(
  pid: number,
  { value: scan, stale }: { value: ProcessSnapshot; stale: boolean },
  options: ListOptions
): Promise<ProcessReply | null> {
  const { source, now } = options
  const folder = `${source.procDir}/${pid}`
  const statFile = readProcNow(`${folder}/stat`)
  const statusFile = readProcNow(`${folder}/status`)
  if ('code' in statFile || 'code' in statusFile) return null
  const stat = parseProcessStat(statFile.text)
  const status = parseStatusNumbers(statusFile.text)
  // Thread ids have a folder too, although listings of /proc omit it.
  if (stat === null || (status.Tgid ?? pid) !== pid) return null

  const fromNow = (name: string, length: number) => readNow(name, readProc(`${folder}/${name}`, length))
  const withTimeout = (name: string, length: number) =>
    source.readBounded(name, TIMEOUT_MS, () => readProc(`${folder}/${name}`, length))
  const [commandLine, rollup, exe, cwd, cgroup, limits, fds, oomScore, oomScoreAdj] = await Promise.all([
    withTimeout('cmdline', COMMAND_LINE_LENGTH * 2),
    withTimeout('smaps_rollup', 4096),
    readNow('exe', readlink(`${folder}/exe`)),
    readNow('cwd', readlink(`${folder}/cwd`)),
    fromNow('cgroup', 4096),
    fromNow('limits', 4096),
    readNow(
      'fd',
      readdir(`${folder}/fd`).then(({ length }) => String(length))
    ),
    fromNow('oom_score', 32),
    fromNow('oom_score_adj', 32)
  ])
  const ioFile = readProcNow(`${folder}/io`)
  const io = 'text' in ioFile ? parseProcessIo(ioFile.text) : null

  const reasons: Record<string, string> = {}
  const process = merge(stat, status.Uid ?? null, scan)
  if (commandLine.text !== null) process.program = readProgram(commandLine.text)
  const row = describeProcess(process, scan, options, reasons)
  const { command: _, user, ...shown } = row
  const noteNull = (field: string, value: unknown, reason: string | null) => {
    if (value === null) reasons[field] = reason ?? 'not available for this process'
  }
  const number = (field: string, { text, reason }: ReadAnswer): number | null => {
    const value = text !== null && /^-?\d+\s*$/.test(text) ? Number(text) : null
    noteNull(field, value, reason)
    return value
  }
  const text = (field: string, answer: ReadAnswer): string | null => {
    const value = answer.text === null || answer.text === '' ? null : answer.text.trim()
    noteNull(field, value, answer.reason)
    return value
  }
  const kilobytes = (field: string, value: number | undefined): number | null => {
    noteNull(field, value ?? null, 'kernel threads and zombies have no memory')
    return value ?? null
  }
  const pss = parseStatusNumbers(rollup.text ?? '').Pss
  noteNull('pss', pss ?? null, rollup.reason)
  noteNull('io_read_bytes', io?.readBytes ?? null, io === null ? (scan.ioReason ?? NO_IO) : IMPLAUSIBLE)
  noteNull('io_write_bytes', io?.writeBytes ?? null, io === null ? (scan.ioReason ?? NO_IO) : IMPLAUSIBLE)
  noteNull('nice', stat.nice, IMPLAUSIBLE)
  if (commandLine.text === null) reasons.cmdline = commandLine.reason!
  const elapsedMs = row.start_time === null ? null : Math.max(0, now() - Date.parse(row.start_time))
  noteNull('elapsed', elapsedMs, reasons.start_time ?? null)
  const voluntary = status.voluntary_ctxt_switches ?? null
  const involuntary = status.nonvoluntary_ctxt_switches ?? null
  noteNull('voluntary_switches', voluntary, 'not reported by this kernel')
  noteNull('involuntary_switches', involuntary, 'not reported by this kernel')
  const gid = status.Gid ?? null
  noteNull('gid', gid, 'not reported in /proc/<pid>/status')
  noteNull('group', gid, 'not reported in /proc/<pid>/status')
  const parent = stat.ppid === null ? undefined : scan.processes.get(stat.ppid)
  noteNull(
    'parent_name',
    parent ?? null,
    stat.ppid === 0 ? 'started by the kernel' : 'the parent process was not found'
  )
  const parsedLimits = parseLimits(limits.text ?? '')
  if (parsedLimits.length === 0) reasons.limits = limits.reason ?? '/proc/<pid>/limits has an unexpected format'

  return {
    success: true,
    ...shown,
    comm: row.command,
    cmdline:
      commandLine.text === null ? row.cmdline : formatCommandLine(commandLine.text, stat.name, COMMAND_LINE_LENGTH),
    user,
    group: gid === null ? null : source.groups.nameOf(gid),
    gid,
    exe: text('exe', exe),
    cwd: text('cwd', cwd),
    parent_name: parent === undefined ? null : nameOf(parent),
    nice: stat.nice,
    elapsed: elapsedMs === null ? null : formatElapsed(elapsedMs / 1000),
    vm_rss_kb: kilobytes('vm_rss_kb', status.VmRSS),
    vm_size_kb: kilobytes('vm_size_kb', status.VmSize),
    vm_swap_kb: kilobytes('vm_swap_kb', status.VmSwap),
    pss: pss === undefined ? null : pss * 1024,
    io_read_bytes: io?.readBytes ?? null,
    io_write_bytes: io?.writeBytes ?? null,
    fd_count: number('fd_count', fds),
    cgroup: text('cgroup', { ...cgroup, text: cgroup.text === null ? null : parseCgroup(cgroup.text) }),
    oom_score: number('oom_score', oomScore),
    oom_score_adj: number('oom_score_adj', oomScoreAdj),
    voluntary_switches: voluntary,
    involuntary_switches: involuntary,
    limits: parsedLimits,
    children: childrenOf(pid, scan),
    timestamp: new Date(now()).toISOString(),
    captured_at: Math.floor(now() / 1000),
    stale,
    reasons
  }
}
