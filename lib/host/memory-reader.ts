import { join } from 'node:path'
import { isContainer } from './container.ts'
import type { Measurement } from './measurement.ts'
import { type Memory, parseArcstats, parseMeminfo } from './memory.ts'
import { createProcFile, createProcList } from './source.ts'

/** ZFS may be loaded later; until then its file is looked for in every so many readings. */
const LOOK_AGAIN_AFTER = 30

/** Reads this host's memory. In a container ZFS's cache is that of the host around it and does not count. */
export function createMemoryReader(procDir: string, runDir: string) {
  const meminfo = createProcFile(join(procDir, 'meminfo'))
  const arcstats = createProcList(join(procDir, 'spl/kstat/zfs/arcstats'))
  let wait = 0
  let hostsOwnArc: boolean | undefined

  async function readReclaimable(): Promise<number> {
    if (hostsOwnArc === false || wait-- > 0) return 0
    const text = await arcstats.read()
    if (text.value === null) {
      wait = LOOK_AGAIN_AFTER
      return 0
    }
    wait = 0
    hostsOwnArc ??= !(await isContainer(procDir, runDir))
    return hostsOwnArc ? parseArcstats(text.value) : 0
  }

  return {
    async read(): Promise<Measurement<Memory>> {
      const text = await meminfo.read()
      return text.value === null ? text : parseMeminfo(text.value, await readReclaimable())
    },
    close(): void {
      meminfo.close()
      arcstats.close()
    }
  }
}
