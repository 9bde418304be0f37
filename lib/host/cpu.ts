import { absent, present, type Reading } from './reading.ts'
import { toPercent } from './units.ts'

/** Time all CPUs together have spent since boot, in clock ticks (USER_HZ). */
export interface CpuTimes {
  user: number
  system: number
  idle: number
  iowait: number
  steal: number
}

/** Shares of the time between two samples, in percent. */
export interface CpuShares {
  usage: number
  user: number
  system: number
  iowait: number
  steal: number
}

/**
 * Reads the `cpu` line of /proc/stat (proc_stat(5)): `user` includes nice, `system` includes irq and softirq. Guest
 * time is left aside because the kernel has already added it to user and nice.
 */
export function parseStat(text: string): Reading<CpuTimes> {
  // Only a whole line counts: in a cut one the last number may be half a number.
  const line = /^cpu +(\d{1,15}(?: \d{1,15}){7,})\n/.exec(text)
  if (!line) return absent('stat has no readable cpu line')
  const [user, nice, system, idle, iowait, irq, softirq, steal] = line[1]!.split(' ', 8).map(Number)
  return present({
    user: user! + nice!,
    system: system! + irq! + softirq!,
    idle: idle!,
    iowait: iowait!,
    steal: steal!
  })
}

// The kernel lets iowait and idle run backwards now and then; such a step is no time at all.
const elapsed = (before: number, after: number): number => Math.max(0, after - before)

/**
 * CPU shares between two samples. `usage` is all that was neither idle nor waiting for disks. Stolen time counts as
 * used: the guest had work and did not get the processor, so a host that loses 90 % to its neighbours is not idle.
 */
export function measureCpu(before: CpuTimes, after: CpuTimes): Reading<CpuShares> {
  const user = elapsed(before.user, after.user)
  const system = elapsed(before.system, after.system)
  const idle = elapsed(before.idle, after.idle)
  const iowait = elapsed(before.iowait, after.iowait)
  const steal = elapsed(before.steal, after.steal)
  const total = user + system + idle + iowait + steal
  if (total === 0) return absent('no CPU time has passed between two samples')
  return present({
    usage: toPercent(total - idle - iowait, total),
    user: toPercent(user, total),
    system: toPercent(system, total),
    iowait: toPercent(iowait, total),
    steal: toPercent(steal, total)
  })
}
