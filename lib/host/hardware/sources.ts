import { createLazyProgramReader, type HostPrograms } from '../../programs/lazy-program-reader.ts'
import type { ProgramOptions, Run } from '../../programs/program.ts'
import { type Measurement, ok, unavailable } from '../measurement.ts'
import type { Sampling, Source } from '../sampling.ts'
import type { PoolShare } from '../source.ts'
import type { Board } from './board.ts'
import type { Chips } from './chips.ts'
import type { PciDevice, UsbDevice } from './devices.ts'
import type { GpuReading } from './gpus.ts'
import type { MemoryModule } from './memory-modules.ts'
import type { NvidiaGpu } from './nvidia.ts'
import type { PciNames } from './pci-names.ts'
import type { PowerSupply } from './power-supplies.ts'
import type { Processor } from './processor.ts'
import type { Ups } from './ups.ts'

export interface HardwareOptions {
  programs?: HostPrograms['programs']
  sysDir?: string
  procDir?: string
}

/** What changes with the hardware. */
export interface Inventory {
  board: Measurement<Board>
  processor: Measurement<Processor>
  pciDevices: Measurement<PciDevice[]>
  usbDevices: Measurement<UsbDevice[]>
}
/** What changes all the time. */
export interface Sensors {
  chips: Measurement<Chips>
  gpus: GpuReading[]
  powerSupplies: PowerSupply[]
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const MIB = 1024 ** 2
/** A program that took too long is dead within this time. */
const KILLED_WITHIN = 2 * SECOND
/** Longer than the interval of usual scrapes, so that each finds recent values. */
const SCRAPES_MS = 5 * MINUTE

export const INVENTORY_MAX_AGE_MS = MINUTE
/** A request reads older ones again. Between requests, as those of a scrape, once a minute is enough. */
export const SENSORS_MAX_AGE_MS = 5 * SECOND

const isNvidia = ({ driver }: GpuReading) => driver === 'nvidia'

/**
 * The hardware of this host: files of /sys, and programs for everything else. All of it is read on demand
 * only. No request waits for a program: `want` marks the demand, and the next tick reads.
 */
export function createHardwareSources(
  { add }: Pick<Sampling, 'add'>,
  share: PoolShare,
  { programs = {}, sysDir = '/sys', procDir = '/proc' }: HardwareOptions
) {
  const closing: (() => Promise<void>)[] = []

  /** A program that is run on demand, soon again if it had no result. */
  function addProgram<T>(
    name: string,
    { timeoutMs: limit, ...options }: ProgramOptions,
    everyMs: number,
    load: (run: Run) => Promise<{ read(): Promise<Measurement<T>> }>,
    skip: () => string | null = () => null
  ): Source<T> {
    const timeoutMs = programs.timeoutMs ?? limit
    const { read, close } = createLazyProgramReader({ ...options, timeoutMs }, load)
    closing.push(close)
    const pause = () => (source.latest().value === null ? Math.min(everyMs, 5 * MINUTE) : everyMs)
    const source: Source<T> = add({
      name,
      everyMs: pause,
      idleEveryMs: everyMs,
      timeoutMs: timeoutMs + KILLED_WITHIN,
      onDemand: true,
      demandLastsMs: SCRAPES_MS,
      read: async () => {
        const reason = skip()
        return reason === null ? read() : unavailable(reason)
      }
    })
    return source
  }

  const inventory = add<Inventory>({
    name: 'the hardware',
    everyMs: INVENTORY_MAX_AGE_MS,
    onDemand: true,
    read: () =>
      share.readFiles(async () => {
        const [{ readBoard }, { readProcessor }, { readPciDevices, readUsbDevices }] = await Promise.all([
          import('./board.ts'),
          import('./processor.ts'),
          import('./devices.ts')
        ])
        return ok({
          board: await readBoard(sysDir, procDir),
          processor: await readProcessor(sysDir, procDir),
          pciDevices: await readPciDevices(sysDir),
          usbDevices: await readUsbDevices(sysDir)
        })
      })
  })
  const sensors = add<Sensors>({
    name: 'the sensors',
    everyMs: MINUTE,
    onDemand: true,
    read: () =>
      share.readFiles(async () => {
        const [{ readChips }, { readGpus }, { readPowerSupplies }] = await Promise.all([
          import('./chips.ts'),
          import('./gpus.ts'),
          import('./power-supplies.ts')
        ])
        return ok({
          chips: await readChips(sysDir),
          gpus: await readGpus(sysDir, inventory.latest().value?.pciDevices.value ?? []),
          powerSupplies: await readPowerSupplies(sysDir)
        })
      })
  })
  const pciNames = addProgram<Map<string, PciNames>>(
    'lspci',
    { file: programs.lspci ?? 'lspci', timeoutMs: 10 * SECOND, maxBytes: MIB },
    HOUR,
    async (run) => (await import('./pci-names.ts')).createPciNames({ run }),
    () => inventory.latest().value?.pciDevices.reason ?? null
  )
  const memoryModules = addProgram<MemoryModule[]>(
    'dmidecode',
    { file: programs.dmidecode ?? 'dmidecode', timeoutMs: 10 * SECOND, maxBytes: MIB },
    HOUR,
    async (run) => (await import('./memory-modules.ts')).createMemoryModules({ run })
  )
  const nvidia = addProgram<Map<string, NvidiaGpu>>(
    'nvidia-smi',
    { file: programs.nvidiaSmi ?? 'nvidia-smi', timeoutMs: 15 * SECOND, maxBytes: 64 * 1024, niceness: 10 },
    30 * SECOND,
    async (run) => (await import('./nvidia.ts')).createNvidia({ run }),
    // Without its driver nvidia-smi only fails, and without persistence it wakes the GPU: it is run for this driver alone.
    () => (sensors.latest().value?.gpus.some(isNvidia) ? null : 'no GPU has the driver nvidia')
  )
  const ups = addProgram<Ups[]>(
    'upsc',
    { file: programs.upsc ?? 'upsc', timeoutMs: 10 * SECOND, maxBytes: 64 * 1024 },
    30 * SECOND,
    async (run) => (await import('./ups.ts')).createUps({ run })
  )

  return {
    sources: { inventory, sensors, pciNames, memoryModules, nvidia, ups },
    close: async () => void (await Promise.all(closing.map((close) => close())))
  }
}
export type HardwareSources = ReturnType<typeof createHardwareSources>['sources']
/** The newest sample of each source. */
export type HardwareSamples = { [name in keyof HardwareSources]: ReturnType<HardwareSources[name]['latest']> }
