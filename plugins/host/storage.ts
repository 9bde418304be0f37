import fp from 'fastify-plugin'
import { ok } from '../../lib/host/measurement.ts'
import type { StorageReaderOptions, StorageState } from '../../lib/host/storage/reader.ts'

declare module 'fastify' {
  interface FastifyInstance {
    storage: {
      /** The newest samples of this host's disks and file systems. Reads nothing. */
      latest(): Readonly<StorageState>
      /** Differs where what `latest` shows, or its age while it is out of date, is another. */
      revision(): number
    }
  }
}

export type StorageOptions = StorageReaderOptions

const DISKS_EVERY_MS = 5000
const FILESYSTEMS_EVERY_MS = 30_000
const POOLS_EVERY_MS = 120_000
const SMART_EVERY_MS = 600_000

export default fp<StorageOptions>(
  async (app, options) => {
    const { share } = app.sampling
    const load = async () =>
      (await import('../../lib/host/storage/reader.ts')).createStorageReaders({ share, ...options, now: app.clock })
    let loading: ReturnType<typeof load> | undefined
    const readers = () => {
      loading ??= load()
      return loading
    }
    const disks = app.sampling.add({
      what: 'the disks',
      everyMs: DISKS_EVERY_MS,
      read: async () => ok(await (await readers()).readDisks())
    })
    const filesystems = app.sampling.add({
      what: 'the file systems',
      everyMs: FILESYSTEMS_EVERY_MS,
      // Each is bounded by itself; some may be slow together.
      timeoutMs: FILESYSTEMS_EVERY_MS,
      read: async () => ok(await (await readers()).readFilesystems())
    })
    const smart = app.sampling.add({
      what: 'SMART',
      everyMs: SMART_EVERY_MS,
      timeoutMs: SMART_EVERY_MS / 2,
      read: async ({ signal }) => (await readers()).readSmart(signal)
    })
    const pools = app.sampling.add({
      what: 'the list of ZFS pools',
      everyMs: POOLS_EVERY_MS,
      timeoutMs: POOLS_EVERY_MS / 4,
      read: async () => (await readers()).readPools()
    })
    const latest = {
      disks: disks.latest(),
      filesystems: filesystems.latest(),
      smart: smart.latest(),
      pools: pools.latest()
    }
    const revision = () => disks.revision() + filesystems.revision() + smart.revision() + pools.revision()
    app.decorate('storage', { latest: () => latest, revision })
    app.addHook('onClose', async () => (await loading)?.close())
  },
  { name: 'storage', dependencies: ['clock', 'sampling'] }
)
