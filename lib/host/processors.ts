import { join } from 'node:path'
import { type Measurement, ok } from './measurement.ts'
import { readText } from './source.ts'
import { countCores, parseCpuinfo, parseCpuList, type Topology } from './topology.ts'

/** Counts cores and threads. The result is cached until a processor goes online or offline. */
export function createProcessorCount(sysDir: string, procDir: string) {
  let counted: { online: string; topology: Measurement<Topology> } | null = null

  return async (): Promise<Measurement<Topology>> => {
    const online = await readText(join(sysDir, 'devices/system/cpu/online'))
    if (counted && counted.online === online.value) return counted.topology
    const numbers = online.value === null ? online : parseCpuList(online.value)
    const siblings: string[] = []
    for (const number of numbers.value ?? []) {
      const list = await readText(join(sysDir, `devices/system/cpu/cpu${number}/topology/thread_siblings_list`))
      if (list.value === null) break
      siblings.push(list.value)
    }

    if (online.value === null || numbers.value === null || siblings.length < numbers.value.length) {
      const cpuinfo = await readText(join(procDir, 'cpuinfo'))
      return cpuinfo.value === null ? cpuinfo : parseCpuinfo(cpuinfo.value)
    }
    counted = {
      online: online.value,
      topology: ok({ cores: countCores(siblings), threads: numbers.value.length })
    }
    return counted.topology
  }
}
