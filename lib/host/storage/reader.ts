import { join } from 'node:path'
import { type Measurement, ok, unavailable } from '../measurement.ts'
import { addCounters, createRateMeter } from '../rates.ts'
import type { Sample } from '../sampling.ts'
import { createPoolShare, createProcList } from '../source.ts'
import { type Disk, type DiskList, readDisks } from './disk.ts'
import { type DiskCounters, parseDiskstats } from './diskstats.ts'
import { createFilesystemReader, type FilesystemReaderOptions, type FilesystemState } from './filesystems.ts'
import { createSelfTests, type SelfTestType } from './self-tests.ts'
import { createSmartReader, type SmartReaderOptions, type SmartSamples } from './smart.ts'
import { createPoolReader, type Pool, type PoolReaderOptions } from './zpool.ts'

export interface DiskState extends Disk {
  counters: Measurement<DiskCounters>
  /** Increase of each counter per second. */
  rates: Measurement<DiskCounters>
}

export interface DisksState {
  disks: DiskState[]
  /** Names of the disks below each block device, by `major:minor` and by name. */
  below: DiskList['below']
  /** Sum over the physical disks: I/O of an array or a logical volume also passes them. */
  physical: { counters: Measurement<DiskCounters>; rates: Measurement<DiskCounters> }
}

/** The state of this host's storage, each part with its own age. */
export interface StorageState {
  disks: Readonly<Sample<DisksState>>
  filesystems: Readonly<Sample<FilesystemState[]>>
  smart: Readonly<Sample<SmartSamples>>
  pools: Readonly<Sample<Pool[]>>
}

export interface StorageReaderOptions extends Omit<FilesystemReaderOptions, 'now' | 'timeoutMs'> {
  sysDir?: string
  /** Milliseconds of the monotonic clock. */
  monotonicNow?: () => number
  /** Milliseconds one file system may take to answer. */
  statfsTimeoutMs?: number
  smartctl?: Omit<SmartReaderOptions, 'now'>
  zpool?: PoolReaderOptions
}

/** The list of disks is also read when a block device appears or disappears. */
const LIST_EVERY_MS = 60_000
const NO_DISK = 'no physical disk found'
const NOT_COUNTED = unavailable('the kernel keeps no counters for this disk')

/** Readers for the parts of this host's storage; one call of each at a time. They throw if a reading fails. */
export function createStorageReaders(options: StorageReaderOptions & { now: () => number }) {
  const { procDir = '/proc', sysDir = '/sys', now, monotonicNow = performance.now.bind(performance) } = options
  const { share = createPoolShare() } = options
  const diskstats = createProcList(join(procDir, 'diskstats'))
  const measureRates = createRateMeter<keyof DiskCounters>()
  const smart = createSmartReader({ ...options.smartctl, now })
  const selfTests = createSelfTests({ ...options.smartctl })
  const pools = createPoolReader({ procDir, ...options.zpool })
  let list: DiskList | null = null
  let listedNames = ''
  let listedAt = Number.NEGATIVE_INFINITY

  async function sampleDisks(): Promise<DisksState> {
    const text = await diskstats.read()
    const at = monotonicNow()
    const counters = text.value === null ? unavailable(text.reason) : parseDiskstats(text.value)
    if (counters.value === null) throw new Error(counters.reason)
    const names = [...counters.value.keys()].join(' ')
    if (list === null || names !== listedNames || monotonicNow() - listedAt >= LIST_EVERY_MS) {
      list = await readDisks(sysDir)
      smart.see(list.disks)
      listedNames = names
      listedAt = monotonicNow()
    }
    const rates = measureRates(counters.value, at)
    const disks = list.disks.map((disk): DiskState => {
      const counted = counters.value.get(disk.countedAs)
      return {
        ...disk,
        counters: counted ? ok(counted) : NOT_COUNTED,
        rates: rates.get(disk.countedAs) ?? NOT_COUNTED
      }
    })
    const physical = disks.filter((disk) => disk.isPhysical)
    return {
      disks,
      below: list.below,
      physical: {
        counters: addCounters(
          physical.map((disk) => disk.counters),
          NO_DISK
        ),
        rates: addCounters(
          physical.map((disk) => disk.rates),
          NO_DISK
        )
      }
    }
  }

  return {
    readDisks: (): Promise<DisksState> => share.readFiles(sampleDisks),

    readFilesystems: createFilesystemReader({ ...options, share, timeoutMs: options.statfsTimeoutMs, now }),

    async readSmart(signal: AbortSignal): Promise<Measurement<SmartSamples>> {
      return smart.read((list ?? (await share.readFiles(() => readDisks(sysDir)))).disks, signal)
    },

    readPools: pools.read,

    isTesting: smart.isTesting,

    /** Starts a self-test, and reads the disk again so that its sample shows the test. */
    async startSelfTest(disk: Disk, type: SelfTestType) {
      const outcome = await selfTests.start(disk, type)
      if (outcome.ok) await smart.readDisk(disk)
      return outcome
    },

    close(): void {
      diskstats.close()
      smart.close()
      selfTests.close()
      pools.close()
    }
  }
}
