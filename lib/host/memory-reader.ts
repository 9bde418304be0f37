import { join } from 'node:path'
import { isContainer } from './container.ts'
import type { Measurement } from './measurement.ts'
import { type Memory, parseArcstats, parseMeminfo } from './memory.ts'
import { createProcFile, createProcList } from './source.ts'

/** Readings between two checks for ZFS, whose module may be loaded later. */
const RETRY_AFTER_READINGS = 30

/** Reads this host's memory. In a container the ZFS cache belongs to the container's host and is ignored. */
export function createMemoryReader(procDir: string, runDir: string) {
  const meminfo = createProcFile(join(procDir, 'meminfo'))
  const arcstats = createProcList(join(procDir, 'spl/kstat/zfs/arcstats'))
  let readingsUntilRetry = 0
  let isOwnArc: boolean | undefined

  async function readReclaimable(): Promise<number> {
    if (isOwnArc === false || readingsUntilRetry-- > 0) return 0
    const text = await arcstats.read()
    if (text.value === null) {
      readingsUntilRetry = RETRY_AFTER_READINGS
      return 0
    }
    readingsUntilRetry = 0
    isOwnArc ??= !(await isContainer(procDir, runDir))
    return isOwnArc ? parseArcstats(text.value) : 0
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
