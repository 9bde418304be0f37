import type { ProcessesQuery, ProcessesReply, ProcessSort } from '../../schemas/host/processes.ts'
import type { Sample } from '../host/sampling.ts'
import { toPercent } from '../host/units.ts'
import type { ProcessSnapshot, ProcessSource } from './process-source.ts'
import type { ScannedProcess } from './scan.ts'

type Row = ProcessesReply['processes'][number]

/** The name for people. Kernel threads have brackets, as in `ps`. */
export const nameOf = ({ name, isKernelThread, program }: ScannedProcess): string =>
  isKernelThread ? `[${name}]` : (program.name ?? name)

const ioOf = (process: ScannedProcess) => (process.readRate ?? 0) + (process.writeRate ?? 0)
const byNumber = (measure: (process: ScannedProcess) => number) => (a: ScannedProcess, b: ScannedProcess) =>
  measure(b) - measure(a) || a.pid - b.pid
const byMemory = byNumber((process) => process.rss ?? 0)

const orders: Record<ProcessSort, (a: ScannedProcess, b: ScannedProcess) => number> = {
  cpu: byNumber((process) => process.cpu ?? 0),
  memory: byMemory,
  mem: byMemory,
  io: byNumber(ioOf),
  pid: (a, b) => a.pid - b.pid,
  // By code point: locale-aware sorting of ten thousand names would block the event loop.
  name: (a, b) => {
    const [first, second] = [nameOf(a), nameOf(b)]
    return first === second ? a.pid - b.pid : first < second ? -1 : 1
  }
}

export const NO_RATE_YET = 'a rate needs a second scan'
export const NO_IO = '/proc/<pid>/io cannot be read'
export const IMPLAUSIBLE = 'the kernel reports no plausible value'
const NO_SCRIPT = 'the program runs no script, or its command line could not be read'
export const NO_START = 'the start time does not match the uptime of the host'

export interface ListOptions {
  source: ProcessSource
  /** Bytes; null if unknown. */
  totalMemory: () => number | null
  now: () => number
}

/** A row of the list, also used for the detail. Adds a reason for each null to `reasons`, which all rows share. */
export function describeProcess(
  process: ScannedProcess,
  scan: ProcessSnapshot,
  { source, totalMemory }: Pick<ListOptions, 'source' | 'totalMemory'>,
  reasons: Record<string, string>
): Row {
  const total = totalMemory()
  const rss = process.rss === null ? null : process.rss * source.units.pageSize
  const startedAt = source.startOf(process)
  if (process.uid === null) reasons.user = 'the process ended during the scan'
  if (process.cpu === null) reasons.cpu = NO_RATE_YET
  if (total === null) reasons.mem = 'the total memory of this host is unknown'
  if (process.program.script === null) reasons.script = NO_SCRIPT
  if (startedAt === null) reasons.start_time = NO_START
  for (const field of ['ppid', 'rss', 'threads'] as const) if (process[field] === null) reasons[field] = IMPLAUSIBLE
  if (rss === null) reasons.rss_kb = reasons.mem = IMPLAUSIBLE
  for (const [field, value, rate] of [
    ['read_bytes_per_second', process.readBytes, process.readRate],
    ['write_bytes_per_second', process.writeBytes, process.writeRate]
  ] as const) {
    if (rate === null) reasons[field] = value === null ? (scan.ioReason ?? NO_IO) : NO_RATE_YET
  }
  return {
    pid: process.pid,
    ppid: process.ppid,
    command: process.isKernelThread ? `[${process.name}]` : process.name,
    name: nameOf(process),
    script: process.program.script,
    cmdline: process.commandLine,
    user: process.uid === null ? null : source.users.nameOf(process.uid),
    uid: process.uid,
    state: process.state,
    cpu: process.cpu,
    mem: total === null || rss === null ? null : toPercent(rss, total),
    rss,
    rss_kb: rss === null ? null : rss / 1024,
    threads: process.threads,
    start_time: startedAt === null ? null : new Date(startedAt).toISOString(),
    read_bytes_per_second: process.readRate,
    write_bytes_per_second: process.writeRate
  }
}

/** The answer of GET /api/processes. */
export function describeProcesses(
  sample: Readonly<Sample<ProcessSnapshot>>,
  { sort = 'cpu', limit = 50 }: ProcessesQuery,
  options: ListOptions
): ProcessesReply {
  const { value: scan, sampledAt, stale, reason } = sample
  const at = sampledAt ?? options.now()
  const reasons: Record<string, string> = {}
  if (reason !== null) reasons.processes = reason
  else if (scan?.isCut) reasons.total = `only the first ${scan.processes.size} processes were scanned`
  const rows = scan ? [...scan.processes.values()].sort(orders[sort]).slice(0, limit) : []
  return {
    success: true,
    processes: rows.map((process) => describeProcess(process, scan!, options, reasons)),
    total: scan ? scan.processes.size : null,
    sort,
    timestamp: new Date(at).toISOString(),
    captured_at: Math.floor(at / 1000),
    stale,
    age_seconds: sampledAt === null ? null : Math.max(0, Math.round((options.now() - sampledAt) / 1000)),
    reasons
  }
}
