import { createLazyProgramReader, type HostPrograms } from '../programs/lazy-program-reader.ts'
import type { ProgramOptions, Run } from '../programs/program.ts'
import { type Measurement, ok, unavailable } from './measurement.ts'
import type { NetworkReaderOptions } from './network/reader.ts'
import type { Sample, Sampling, Source } from './sampling.ts'
import type { PoolShare } from './source.ts'
import type { StorageReaderOptions } from './storage/reader.ts'

/** The inputs of the sources. */
export interface Host extends HostPrograms {
  share: PoolShare
  /** Milliseconds since the epoch. */
  now: () => number
  proxmoxVersion: () => Measurement<string>
  network?: NetworkReaderOptions
  storage?: StorageReaderOptions
}

interface State {
  /** Readings so far. */
  readings: number
  /** `look` was called within the last 20 s. */
  isWatched: boolean
}

/** One row of the list. Times are milliseconds. */
interface HostSource<T> {
  /** Names the source in the reason when it hangs. */
  what: string
  everyMs: number | ((state: State) => number)
  /** The interval while nobody uses the daemon; three times `everyMs` by default. */
  idleEveryMs?: number
  timeoutMs?: number
  /** The reason to skip this reading, or null. */
  skip?(state: State): string | null
  read(signal: AbortSignal): Promise<Measurement<T>>
  close(): Promise<void>
}

/** The newest sample of a source; none of these functions reads. */
export interface Watched<T> {
  latest(): Readonly<Sample<T>>
  /** As `latest`, and keeps a source fresh for a caller who asks again and again. */
  look(): Readonly<Sample<T>>
  /** Changes with what `latest` shows, and with its age while it is out of date. */
  revision(): number
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const MIB = 1024 * 1024
const LOOK_LASTS = 20 * SECOND
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
  return {
    network: {
      what: 'the network interfaces',
      everyMs: 5 * SECOND,
      read: async () => ok(await (await network.get()).read()),
      close: network.close
    },
    disks: {
      what: 'the disks',
      everyMs: 5 * SECOND,
      read: async () => ok(await (await storage.get()).readDisks()),
      close: storage.close
    },
    filesystems: {
      what: 'the file systems',
      everyMs: 30 * SECOND,
      // Each is bounded by itself; several may be slow together.
      timeoutMs: 30 * SECOND,
      read: async () => ok(await (await storage.get()).readFilesystems()),
      close: storage.close
    },
    smart: {
      what: 'SMART',
      everyMs: 10 * MINUTE,
      timeoutMs: 5 * MINUTE,
      read: async (signal: AbortSignal) => (await storage.get()).readSmart(signal),
      close: storage.close
    },
    pools: {
      what: 'the list of ZFS pools',
      everyMs: 2 * MINUTE,
      timeoutMs: 30 * SECOND,
      read: async () => (await storage.get()).readPools(),
      close: storage.close
    },
    proxmox: {
      what: 'Proxmox VE',
      // pvesh loads all of Proxmox's Perl, about a second of CPU each time: docs/decisions/0024.
      everyMs: ({ isWatched }: State) => (isWatched ? 15 * SECOND : MINUTE),
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
      what: 'apt',
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
    units: {
      what: 'systemd',
      everyMs: MINUTE,
      ...program(
        host,
        { file: programs.systemctl ?? 'systemctl', timeoutMs: 10 * SECOND, maxBytes: MIB },
        async (run) => (await import('./failed-units.ts')).createFailedUnits({ run, hostDir })
      )
    },
    timeSync: {
      what: 'the state of the clock',
      everyMs: 2 * MINUTE,
      idleEveryMs: 10 * MINUTE,
      ...program(
        host,
        { file: programs.timedatectl ?? 'timedatectl', timeoutMs: 10 * SECOND, maxBytes: 4096 },
        async (run) => (await import('./time-sync.ts')).createTimeSync({ run, hostDir })
      )
    }
  }
}

/** Adds one source to the background readings. `monotonicNow` is milliseconds of the monotonic clock. */
function watch<T>({ add }: Pick<Sampling, 'add'>, source: HostSource<T>, monotonicNow: () => number): Watched<T> {
  const { everyMs, skip, read, close, ...options } = source
  let lookedAt = Number.NEGATIVE_INFINITY
  const state = (): State => ({ readings: added.revision(), isWatched: monotonicNow() - lookedAt < LOOK_LASTS })
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
    revision: added.revision,
    look() {
      lookedAt = monotonicNow()
      return added.latest()
    }
  }
}

/** Reads the list in the background. `close` ends the programs that run; none is started after it. */
export function createHostSources(
  sampling: Pick<Sampling, 'add'>,
  host: Host,
  monotonicNow = performance.now.bind(performance)
) {
  const list = listSources(host)
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
      storage: { latest: () => storage, revision: () => parts.reduce((sum, part) => sum + part.revision(), 0) },
      proxmox: add(list.proxmox),
      updates: add(list.updates),
      units: add(list.units),
      timeSync: add(list.timeSync)
    },
    close: async () => void (await Promise.all(Object.values(list).map((source) => source.close())))
  }
}
export type HostSources = ReturnType<typeof createHostSources>['sources']
