import { type Measurement, ok, unavailable } from './measurement.ts'
import { countIn } from './plausible.ts'
import { toPercent } from './units.ts'

/** Time spent by all CPUs since boot, in clock ticks (USER_HZ). */
export interface CpuTimes {
  user: number
  system: number
  idle: number
  /** Null if the number is implausible: under some hypervisors it counts backwards. */
  iowait: number | null
  steal: number | null
}

/** More ticks than any host can accumulate. */
const MAX_TICKS = 1e15
function ticksIn(text: string): number | null {
  const ticks = countIn(text)
  return ticks !== null && ticks < MAX_TICKS ? ticks : null
}

/** Shares of the time between two samples, in percent. */
export interface CpuShares {
  usage: number
  user: number
  system: number
  iowait: number | null
  steal: number | null
}

/**
 * Reads the `cpu` line of /proc/stat (proc_stat(5)): `user` includes nice, `system` includes irq and softirq. Guest
 * time is ignored because the kernel has already added it to user and nice. irq, softirq, iowait and steal are optional;
 * without user, nice, system or idle the usage cannot be computed.
 */
export function parseStat(text: string): Measurement<CpuTimes> {
  // Requires the whole line: in a truncated line the last number may be incomplete.
  const line = /^cpu +(\S+(?: \S+){7,})\n/.exec(text)
  if (!line) return unavailable('stat has no readable cpu line')
  const [user, nice, system, idle, iowait, irq, softirq, steal] = line[1]!.split(' ', 8).map(ticksIn)
  if (user == null || nice == null || system == null || idle == null)
    return unavailable('stat has an implausible number in its cpu line')
  return ok({
    user: user + nice,
    system: system + (irq ?? 0) + (softirq ?? 0),
    idle,
    iowait: iowait ?? null,
    steal: steal ?? null
  })
}

// iowait and idle sometimes run backwards; a negative step counts as 0.
const increase = (before: number | null, after: number | null): number =>
  before === null || after === null ? 0 : Math.max(0, after - before)

/**
 * CPU shares between two samples. `usage` is all time except idle and iowait. Stolen time counts as used: the guest had
 * work but did not get the processor, so a host that loses 90 % to its neighbours is not idle.
 */
export function measureCpu(before: CpuTimes, after: CpuTimes): Measurement<CpuShares> {
  const user = increase(before.user, after.user)
  const system = increase(before.system, after.system)
  const idle = increase(before.idle, after.idle)
  const iowait = increase(before.iowait, after.iowait)
  const steal = increase(before.steal, after.steal)
  const total = user + system + idle + iowait + steal
  if (total === 0) return unavailable('no CPU time has passed between two samples')
  return ok({
    usage: toPercent(total - idle - iowait, total),
    user: toPercent(user, total),
    system: toPercent(system, total),
    iowait: after.iowait === null ? null : toPercent(iowait, total),
    steal: after.steal === null ? null : toPercent(steal, total)
  })
}
