import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { type Measurement, ok } from '../host/measurement.ts'
import { parseUptime } from '../host/uptime.ts'
import { createBoundedReads } from './bounded-reads.ts'
import { type KernelUnits, readKernelUnits } from './kernel-units.ts'
import { createNames } from './names.ts'
import { createProcessScanner, type ProcessScan, type ScannedProcess } from './scanner.ts'

export interface ProcessSourceOptions {
  procDir?: string | undefined
  etcDir?: string | undefined
  units?: KernelUnits | undefined
  monotonicNow?: (() => number) | undefined
  /** Milliseconds since the epoch. */
  now: () => number
  /** Milliseconds between the first two scans, which rates need. */
  pauseMs?: number | undefined
}

export interface ProcessSnapshot extends ProcessScan {
  /** Boot time, milliseconds since the epoch; null if /proc/uptime cannot be read. */
  bootedAt: number | null
}

/** Rates over a longer time are not current: scanning starts with two new scans. */
const MAX_RATE_SPAN_MS = 30_000

/** Reads the processes of this host, on demand. `read` rejects if /proc cannot be read or `signal` is aborted. */
export function createProcessSource({
  procDir = '/proc',
  etcDir = '/etc',
  units = readKernelUnits(),
  monotonicNow = performance.now.bind(performance),
  now,
  pauseMs = 500
}: ProcessSourceOptions) {
  const readBounded = createBoundedReads()
  const scanner = createProcessScanner({ procDir, units, monotonicNow, readBounded })
  const users = createNames(`${etcDir}/passwd`)
  const groups = createNames(`${etcDir}/group`)
  let scannedAt = Number.NEGATIVE_INFINITY
  let bootedAt: number | null = null

  async function findBoot(): Promise<void> {
    const uptime = parseUptime(await readFile(`${procDir}/uptime`, 'utf8').catch(() => ''))
    if (uptime.value === null) return
    const found = now() - uptime.value * 1000
    // The clocks are not read at the same moment: a small difference is ignored, so that start times stay stable.
    if (bootedAt === null || Math.abs(found - bootedAt) > 1000) bootedAt = found
  }

  return {
    procDir,
    units,
    users,
    groups,
    readBounded,
    async read(signal: AbortSignal): Promise<Measurement<ProcessSnapshot>> {
      await Promise.all([users.refresh(), groups.refresh(), findBoot()])
      if (monotonicNow() - scannedAt > MAX_RATE_SPAN_MS) {
        await scanner.scan(signal)
        await wait(pauseMs, undefined, { signal })
      }
      const scan = await scanner.scan(signal)
      scannedAt = monotonicNow()
      return ok({ ...scan, bootedAt })
    },
    /** Start time, milliseconds since the epoch; null if unknown or in the future, as in a container with its own clock. */
    startOf({ startTicks }: Pick<ScannedProcess, 'startTicks'>): number | null {
      const at = bootedAt === null || startTicks === null ? null : bootedAt + (startTicks / units.clockTicks) * 1000
      return at === null || at > now() + 2000 ? null : at
    }
  }
}
export type ProcessSource = ReturnType<typeof createProcessSource>
