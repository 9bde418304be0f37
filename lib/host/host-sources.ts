import { createLazyProgramReader, type HostPrograms } from '../programs/lazy-program-reader.ts'
import type { ProgramOptions, Run } from '../programs/program.ts'
import type { RunningProgram } from '../updates/own-package.ts'
import { type Measurement, ok, unavailable } from './measurement.ts'
import type { NetworkReaderOptions } from './network/reader.ts'
import type { Sample, Sampling, Source } from './sampling.ts'
import type { PoolShare } from './source.ts'
import type { Disk } from './storage/disk.ts'
import type { StorageReaderOptions } from './storage/reader.ts'
import type { SelfTestType } from './storage/self-tests.ts'

/** The inputs of the sources. */
export interface Host extends HostPrograms {
  share: PoolShare
  /** Milliseconds since the epoch. */
  now: () => number
  proxmoxVersion: () => Measurement<string>
  network?: NetworkReaderOptions
  storage?: StorageReaderOptions
  running: RunningProgram
}

interface State {
  /** Readings so far. */
  readings: number
  /** `want` was called within the last 20 s. */
  isWanted: boolean
}

/** One row of the list. Times are milliseconds. */
interface HostSource<T> {
  /** Used in the reason if the source hangs: "… does not answer". */
  name: string
  everyMs: number | ((state: State) => number)
  /** The interval without viewers; three times `everyMs` by default. */
  idleEveryMs?: number
  timeoutMs?: number
  /** The reason to skip this reading, or null. */
  skip?(state: State): string | null
  read(signal: AbortSignal): Promise<Measurement<T>>
  close(): Promise<void>
}

/** The newest sample of a source; only `fresh` reads. */
export interface Watched<T> {
  latest(): Readonly<Sample<T>>
  /** As `latest`, and reads the source at its full rate for the next 20 s. */
  want(): Readonly<Sample<T>>
  /** As `want`, and resolves to a sample no older than `maxAgeMs`, or to an older one if the reading times out. */
  fresh(maxAgeMs: number): Promise<Readonly<Sample<T>>>
  /** Resolves when the first reading is done or timed out. */
  ready(): Promise<void>
  /** Changes with what `latest` shows, and with its age while it is out of date. */
  revision(): number
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const MIB = 1024 * 1024
const WANT_LASTS = 20 * SECOND
/** A program that took too long is dead within this time. */
const KILLED_WITHIN = 2 * SECOND

/** Loads a reader of files for its first reading. */
function lazy<R extends { close(): void }>(load: () => Promise<R>) {
  let loading: Promise<R> | undefined
  return {
    get: () => {
      loading ??= load()
      return loading
    },
    close: async () => (await loading)?.close()
  }
}

function program<T>(
  { programs }: Host,
  { timeoutMs: limit, ...options }: ProgramOptions,
  load: (run: Run) => Promise<{ read(): Promise<Measurement<T>> }>
) {
  const timeoutMs = programs?.timeoutMs ?? limit
  const { read, close } = createLazyProgramReader({ ...options, timeoutMs }, load)
  return { timeoutMs: timeoutMs + KILLED_WITHIN, read: () => read(), close }
}

/** The background sources of this host, besides the vital signs. */
const listSources = (host: Host) => {
  const { programs = {}, hostDir, share, now } = host
  const network = lazy(async () =>
    (await import('./network/reader.ts')).createNetworkReader({ share, ...host.network })
  )
  const storage = lazy(async () =>
    (await import('./storage/reader.ts')).createStorageReaders({ share, ...host.storage, now })
  )
  let isTesting = () => false
  const list = {
    network: {
      name: 'the network interfaces',
      everyMs: 5 * SECOND,
      read: async () => ok(await (await network.get()).read()),
      close: network.close
    },
    disks: {
      name: 'the disks',
      everyMs: 5 * SECOND,
      read: async () => ok(await (await storage.get()).readDisks()),
      close: storage.close
    },
    filesystems: {
      name: 'the file systems',
      everyMs: 30 * SECOND,
      // Each is bounded by itself; several may be slow together.
      timeoutMs: 30 * SECOND,
      read: async () => ok(await (await storage.get()).readFilesystems()),
      close: storage.close
    },
    smart: {
      name: 'SMART',
      // The progress of a running self-test is worth a reading a minute.
      everyMs: () => (isTesting() ? MINUTE : 10 * MINUTE),
      timeoutMs: 5 * MINUTE,
      read: async (signal: AbortSignal) => {
        const readers = await storage.get()
        isTesting = readers.isTesting
        return readers.readSmart(signal)
      },
      close: storage.close
    },
    pools: {
      name: 'the list of ZFS pools',
      everyMs: 2 * MINUTE,
      timeoutMs: 30 * SECOND,
      read: async () => (await storage.get()).readPools(),
      close: storage.close
    },
    proxmox: {
      name: 'Proxmox VE',
      // pvesh loads all of Proxmox's Perl, about a second of CPU each time: docs/decisions/0024.
      everyMs: ({ isWanted }: State) => (isWanted ? 15 * SECOND : MINUTE),
      idleEveryMs: 5 * MINUTE,
      skip: () => host.proxmoxVersion().reason,
      // A guest takes half a kilobyte.
      ...program(
        host,
        { file: programs.pvesh ?? 'pvesh', timeoutMs: 20 * SECOND, maxBytes: 4 * MIB, niceness: 10 },
        async (run) => (await import('../proxmox/client.ts')).createProxmox({ run })
      )
    },
    updates: {
      name: 'apt',
      // apt reads for some seconds, and a host that boots has more urgent work.
      everyMs: ({ readings }: State) => (readings < 2 ? 30 * SECOND : 5 * MINUTE),
      idleEveryMs: 15 * MINUTE,
      skip: ({ readings }: State) => (readings === 0 ? 'pending package updates are not counted yet' : null),
      // 2 to 3 s of CPU, which niceness stretches to minutes on a busy host. An upgrade of 5,000 packages prints 0.5 MB.
      ...program(
        host,
        { file: programs.aptGet ?? 'apt-get', timeoutMs: 2 * MINUTE, maxBytes: 4 * MIB, niceness: 10 },
        async (run) => (await import('../updates/apt.ts')).createUpdates({ run, hostDir })
      )
    },
    ownPackage: {
      name: 'apt-cache',
      // Starts a program only on a host that runs the Monitor's Debian package, and only after dpkg or apt changed.
      everyMs: ({ readings }: State) => (readings < 2 ? 30 * SECOND : 5 * MINUTE),
      idleEveryMs: 15 * MINUTE,
      skip: ({ readings }: State) => (readings === 0 ? 'apt has not been asked yet' : null),
      ...program(
        host,
        { file: programs.aptCache ?? 'apt-cache', timeoutMs: MINUTE, maxBytes: 64 * 1024, niceness: 10 },
        async (run) => (await import('../updates/own-package.ts')).createOwnPackage({ run, hostDir, ...host.running })
      )
    },
    units: {
      name: 'systemd',
      everyMs: MINUTE,
      ...program(
        host,
        { file: programs.systemctl ?? 'systemctl', timeoutMs: 10 * SECOND, maxBytes: MIB },
        async (run) => (await import('./failed-units.ts')).createFailedUnits({ run, hostDir })
      )
    },
    timeSync: {
      name: 'the state of the clock',
      everyMs: 2 * MINUTE,
      idleEveryMs: 10 * MINUTE,
      ...program(
        host,
        { file: programs.timedatectl ?? 'timedatectl', timeoutMs: 10 * SECOND, maxBytes: 4096 },
        async (run) => (await import('./time-sync.ts')).createTimeSync({ run, hostDir })
      )
    }
  }
  const startSelfTest = async (disk: Disk, type: SelfTestType) => (await storage.get()).startSelfTest(disk, type)
  return { list, startSelfTest }
}

/** Adds one source to the background readings. `monotonicNow` is milliseconds of the monotonic clock. */
function watch<T>({ add }: Pick<Sampling, 'add'>, source: HostSource<T>, monotonicNow: () => number): Watched<T> {
  const { everyMs, skip, read, close, ...options } = source
  let wantedAt = Number.NEGATIVE_INFINITY
  const state = (): State => ({ readings: added.revision(), isWanted: monotonicNow() - wantedAt < WANT_LASTS })
  const added: Source<T> = add({
    ...options,
    everyMs: typeof everyMs === 'number' ? everyMs : () => everyMs(state()),
    async read({ signal }) {
      const reason = skip?.(state()) ?? null
      return reason === null ? read(signal) : unavailable(reason)
    }
  })
  return {
    latest: added.latest,
    ready: added.ready,
    revision: added.revision,
    want() {
      wantedAt = monotonicNow()
      return added.latest()
    },
    fresh(maxAgeMs) {
      wantedAt = monotonicNow()
      return added.fresh(maxAgeMs)
    }
  }
}

/** Reads the list in the background. `close` ends the programs that run; none is started after it. */
export function createHostSources(
  sampling: Pick<Sampling, 'add'>,
  host: Host,
  monotonicNow = performance.now.bind(performance)
) {
  const { list, startSelfTest } = listSources(host)
  const add = <T>(source: HostSource<T>) => watch(sampling, source, monotonicNow)
  const [disks, filesystems, smart, pools] = [add(list.disks), add(list.filesystems), add(list.smart), add(list.pools)]
  const parts = [disks, filesystems, smart, pools]
  const storage = {
    disks: disks.latest(),
    filesystems: filesystems.latest(),
    smart: smart.latest(),
    pools: pools.latest()
  }
  return {
    sources: {
      network: add(list.network),
      /** Four samples, each read at its own rate. */
      storage: {
        latest: () => storage,
        /** Resolves when the disks were listed. */
        ready: disks.ready,
        revision: () => parts.reduce((sum, part) => sum + part.revision(), 0),
        /** Starts a self-test of one of the disks in `latest`. Waits for smartctl. */
        startSelfTest
      },
      proxmox: add(list.proxmox),
      updates: add(list.updates),
      ownPackage: add(list.ownPackage),
      units: add(list.units),
      timeSync: add(list.timeSync)
    },
    close: async () => void (await Promise.all(Object.values(list).map((source) => source.close())))
  }
}
export type HostSources = ReturnType<typeof createHostSources>['sources']
