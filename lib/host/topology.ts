import { type Measurement, ok, unavailable } from './measurement.ts'

export interface Topology {
  /** Physical cores; null where neither sysfs nor cpuinfo tells threads of one core apart. */
  cores: number | null
  /** Logical processors that are online. */
  threads: number
}

// CONFIG_NR_CPUS goes no further on any architecture.
const MAX_CPUS = 8192

/** Processor numbers of a kernel CPU list such as `0-3,8-11` (/sys/devices/system/cpu/online). */
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

/** Cores behind the `topology/thread_siblings_list` of each processor: threads of one core carry the same list. */
export const countCores = (siblingLists: readonly string[]): number => new Set(siblingLists.map((l) => l.trim())).size

/** Reads the text of /proc/cpuinfo: what is left where /sys is not mounted. ARM kernels name no cores in it. */
export function parseCpuinfo(text: string): Measurement<Topology> {
  const cores = new Set<string>()
  let threads = 0
  let named = 0
  for (const block of text.split('\n\n')) {
    if (!/^processor[\t ]*:[\t ]*\S*$/m.test(block)) continue
    threads++
    const core = /^core id\s*: (\d+)$/m.exec(block)
    if (!core) continue
    named++
    cores.add(`${/^physical id\s*: (\d+)$/m.exec(block)?.[1] ?? 0}/${core[1]}`)
  }
  if (threads === 0) return unavailable('cpuinfo names no processor')
  return ok({ cores: named === threads ? cores.size : null, threads })
}
