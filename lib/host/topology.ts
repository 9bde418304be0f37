import { type Measurement, ok, unavailable } from './measurement.ts'

export interface Topology {
  /** Physical cores; null if neither sysfs nor cpuinfo reports which threads share a core. */
  cores: number | null
  /** Online logical processors. */
  threads: number
}

// The largest CONFIG_NR_CPUS of any architecture.
const MAX_CPUS = 8192

/** Expands a kernel CPU list such as `0-3,8-11` (/sys/devices/system/cpu/online). */
export function parseCpuList(text: string): Measurement<number[]> {
  const numbers: number[] = []
  for (const range of text.trim().split(',')) {
    const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(range)
    if (!match) return unavailable('the CPU list is not readable')
    const first = Number(match[1])
    const last = Number(match[2] ?? match[1])
    if (last < first || last >= MAX_CPUS) return unavailable('the CPU list is not readable')
    for (let number = first; number <= last; number++) numbers.push(number)
  }
  return ok(numbers)
}

/** Counts cores by each processor's `topology/thread_siblings_list`: threads of one core have the same list. */
export const countCores = (siblingLists: readonly string[]): number => new Set(siblingLists.map((l) => l.trim())).size

/** Reads the text of /proc/cpuinfo, the fallback if /sys is not mounted. ARM kernels list no core ids in it. */
export function parseCpuinfo(text: string): Measurement<Topology> {
  const cores = new Set<string>()
  let threads = 0
  let withCoreId = 0
  for (const block of text.split('\n\n')) {
    if (!/^processor[\t ]*:[\t ]*\S*$/m.test(block)) continue
    threads++
    const core = /^core id\s*: (\d+)$/m.exec(block)
    if (!core) continue
    withCoreId++
    cores.add(`${/^physical id\s*: (\d+)$/m.exec(block)?.[1] ?? 0}/${core[1]}`)
  }
  if (threads === 0) return unavailable('cpuinfo lists no processor')
  return ok({ cores: withCoreId === threads ? cores.size : null, threads })
}
