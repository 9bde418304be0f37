import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { type Measurement, ok } from '../host/measurement.ts'
import { parseUptime } from '../host/uptime.ts'
import { createBoundedReads } from './bounded-reads.ts'
import { type KernelUnits, readKernelUnits } from './kernel-units.ts'
import { createNames } from './names.ts'
import type { ProcessScan, ScannedProcess } from './scan.ts'
import { createProcessScanner } from './scanner.ts'

export interface ProcessSourceOptions {
  procDir?: string | undefined
  etcDir?: string | undefined
  units?: KernelUnits | undefined
  monotonicNow?: (() => number) | undefined
  /** Milliseconds since the epoch. */
  now: () => number
  /** Milliseconds between the two scans of which the first rates are made. */
  pauseMs?: number | undefined
}

export interface ProcessSnapshot extends ProcessScan {
  /** Milliseconds since the epoch at which the machine was started; null where /proc does not tell. */
  bootedAt: number | null
}

/** Rates over longer than this say nothing about now: the scan begins anew. */
const RATES_LAST_MS = 30_000

/** What is read while somebody asks for processes. */
export function createProcessSource({
  procDir = '/proc',
  etcDir = '/etc',
  units = readKernelUnits(),
  monotonicNow = performance.now.bind(performance),
  now,
  pauseMs = 500
}: ProcessSourceOptions) {
  const readPatiently = createBoundedReads()
  const scanner = createProcessScanner({ procDir, units, monotonicNow, readPatiently })
  const users = createNames(`${etcDir}/passwd`)
  const groups = createNames(`${etcDir}/group`)
  let scannedAt = Number.NEGATIVE_INFINITY
  let bootedAt: number | null = null

  async function findBoot(): Promise<void> {
    const uptime = parseUptime(await readFile(`${procDir}/uptime`, 'utf8').catch(() => ''))
    if (uptime.value === null) return
    const found = now() - uptime.value * 1000
    // Both clocks are read a little apart; only a clock that was set moves what is shown.
    if (bootedAt === null || Math.abs(found - bootedAt) > 1000) bootedAt = found
  }

  return {
    procDir,
    units,
    users,
    groups,
    readPatiently,
    async read(signal: AbortSignal): Promise<Measurement<ProcessSnapshot>> {
      await Promise.all([users.refresh(), groups.refresh(), findBoot()])
      if (monotonicNow() - scannedAt > RATES_LAST_MS) {
        await scanner.scan(signal)
        await wait(pauseMs, undefined, { signal })
      }
      const scan = await scanner.scan(signal)
      scannedAt = monotonicNow()
      return ok({ ...scan, bootedAt })
    },
    /** Milliseconds since the epoch; null where it is not known or lies in the future, as in a container with a clock of its own. */
    startOf({ startTicks }: Pick<ScannedProcess, 'startTicks'>): number | null {
      const at = bootedAt === null || startTicks === null ? null : bootedAt + (startTicks / units.clockTicks) * 1000
      return at === null || at > now() + 2000 ? null : at
    }
  }
}
export type ProcessSource = ReturnType<typeof createProcessSource>
