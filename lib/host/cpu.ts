import { type Measurement, ok, unavailable } from './measurement.ts'
import { countIn } from './plausible.ts'
import { toPercent } from './units.ts'

/** Time all CPUs together have spent since boot, in clock ticks (USER_HZ). */
export interface CpuTimes {
  user: number
  system: number
  idle: number
  /** Null where the kernel shows no plausible number: some hypervisors make it count backwards. */
  iowait: number | null
  steal: number | null
}

/** More ticks than any host has been up for. */
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
 * time is left aside because the kernel has already added it to user and nice. Without interrupts, waiting or stolen time
 * the others still say how busy the CPU is; without user, nice, system or idle time nothing does.
 */
export function parseStat(text: string): Measurement<CpuTimes> {
  // Only a whole line counts: in a cut one the last number may be half a number.
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

// The kernel lets iowait and idle run backwards now and then; such a step is no time at all.
const elapsed = (before: number | null, after: number | null): number =>
  before === null || after === null ? 0 : Math.max(0, after - before)

/**
 * CPU shares between two samples. `usage` is all that was neither idle nor waiting for disks. Stolen time counts as
 * used: the guest had work and did not get the processor, so a host that loses 90 % to its neighbours is not idle.
 */
export function measureCpu(before: CpuTimes, after: CpuTimes): Measurement<CpuShares> {
  const user = elapsed(before.user, after.user)
  const system = elapsed(before.system, after.system)
  const idle = elapsed(before.idle, after.idle)
  const iowait = elapsed(before.iowait, after.iowait)
  const steal = elapsed(before.steal, after.steal)
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
