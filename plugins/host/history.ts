import { statSync } from 'node:fs'
import { join } from 'node:path'
import fp from 'fastify-plugin'
import { AppError } from '../../lib/api/errors.ts'
import { unwrap } from '../../lib/auth/credential-check.ts'
import type { Devices } from '../../lib/history/devices.ts'
import { historyNameOf, pickDisks, whyNotRecorded as whyDiskIsNot } from '../../lib/history/disks.ts'
import { pickInterfaces, whyNotRecorded as whyInterfaceIsNot } from '../../lib/history/interfaces.ts'
import { createRecorder } from '../../lib/history/recorder.ts'
import type { Values } from '../../lib/history/steps.ts'
import type { Sample } from '../../lib/host/sampling.ts'
import { nodeNameOf } from '../../lib/host/vitals.ts'
import { type DatabaseOptions, isDamaged, openDatabase, replaceDamaged } from '../../lib/storage/database.ts'
import { storageErrorOf } from '../../lib/storage/storage-error.ts'
import type { DiskHistoryReply } from '../../schemas/host/disk-history.ts'
import type { HistoryQuery, HistoryReply, Timeframe } from '../../schemas/host/history.ts'
import type { InterfaceHistoryReply } from '../../schemas/host/interface-history.ts'

declare module 'fastify' {
  interface FastifyInstance {
    history: {
      read(query: HistoryQuery): Promise<HistoryReply>
      /** Throws NOT_FOUND for an interface that this host does not have and of which nothing is recorded. */
      readInterface(name: string, timeframe?: Timeframe): Promise<InterfaceHistoryReply>
      /** Throws NOT_FOUND for an unknown disk. */
      readDisk(name: string, timeframe?: Timeframe): Promise<DiskHistoryReply>
      /** Present faults, for health. */
      faults(): string[]
    }
  }
}

/** Null for a stale sample: an old rate must not be repeated. */
const freshOf = <T>({ value, stale }: Readonly<Sample<T>>): T | null => (stale ? null : value)

const DEFAULT_TIMEFRAME = 'week'
/** How long health reports a damaged file that was replaced. */
const REPORT_DAMAGE_MS = 24 * 3_600_000

/** The metrics of this host over time, in a separate database whose loss affects nothing else. */
export default fp(
  async (app) => {
    const path = join(app.config.stateDir, 'history.sqlite')

    /** Collects the values to record. An unavailable value is null, a gap in its series. */
    const collect = (): Values => {
      const { cpu, memory, loadAverage, temperature } = app.vitals.latest()
      const { value: network = null } = freshOf(app.sources.network.latest())?.physical.rates ?? {}
      const { value: disks = null } = freshOf(app.sources.storage.latest().disks)?.physical.rates ?? {}
      const share = (percent: number | null | undefined) => (percent == null ? null : percent / 100)
      return {
        cpu: share(cpu.value?.usage),
        cpuuser: share(cpu.value?.user),
        cpusystem: share(cpu.value?.system),
        iowait: share(cpu.value?.iowait),
        loadavg: loadAverage.value?.[0] ?? null,
        loadavg5: loadAverage.value?.[1] ?? null,
        loadavg15: loadAverage.value?.[2] ?? null,
        memtotal: memory.value?.total ?? null,
        memused: memory.value?.used ?? null,
        memcached: memory.value?.cached ?? null,
        swaptotal: memory.value?.swapTotal ?? null,
        swapused: memory.value?.swapUsed ?? null,
        temperature: temperature.value,
        netin: network?.rxBytes ?? null,
        netout: network?.txBytes ?? null,
        diskread: disks?.readBytes ?? null,
        diskwrite: disks?.writeBytes ?? null
      }
    }

    const collectDevices = (): Devices => {
      const { disks, smart } = app.sources.storage.latest()
      const temperatures = freshOf(smart)
      const temperatureOf = (name: string) => {
        const sample = temperatures?.get(name)
        return (sample && freshOf(sample)?.temperature) ?? null
      }
      return {
        interface: pickInterfaces(freshOf(app.sources.network.latest())?.interfaces ?? []),
        disk: pickDisks(freshOf(disks)?.disks ?? [], temperatureOf)
      }
    }

    let file: number | null = null
    let replacedAt = Number.NEGATIVE_INFINITY
    const onSetAside = (to: string, rows: number) => {
      replacedAt = app.clock()
      app.log.error({ file: path, to, rows }, 'the metric history was damaged; a new file holds the readable rows')
    }
    const inodeNow = () => statSync(path, { throwIfNoEntry: false })?.ino ?? null
    const recorder = createRecorder({
      async open(isFileDamaged) {
        const { createHistoryStore } = await import('../../lib/storage/history-store.ts')
        const { historyMigrations: migrations } = await import('../../lib/history/tables.ts')
        const options: DatabaseOptions = { path, migrations, now: app.clock, onSetAside, waitMs: 0 }
        const store = createHistoryStore(isFileDamaged ? replaceDamaged(options) : openDatabase(options))
        file = inodeNow()
        return store
      },
      isInPlace: () => inodeNow() === file,
      isDamaged,
      collect,
      collectDevices,
      now: app.clock,
      onTrouble(err) {
        if (err) app.log.error({ err, file: path }, 'the metric history cannot be written')
        else app.log.warn({ file: path }, 'the metric history is written again')
      }
    })

    const unreadable = (error: unknown): never => {
      throw storageErrorOf(error, path, 'read') ?? error
    }

    app.decorate('history', {
      async read({ timeframe = DEFAULT_TIMEFRAME, series }) {
        const { describeHistory, readSeries } = await import('../../lib/history/describe.ts')
        const question = { timeframe, series: readSeries(series) }
        const rows = await recorder.read(timeframe, question.series).catch(unreadable)
        return describeHistory(question, rows, nodeNameOf(app.vitals.latest()), app.clock())
      },
      async readInterface(name, timeframe = DEFAULT_TIMEFRAME) {
        const { describeInterfaceHistory } = await import('../../lib/history/describe.ts')
        const rows = await recorder.readDevice(timeframe, 'interface', name).catch(unreadable)
        await app.sources.network.ready()
        const { value: network, reason: why } = app.sources.network.latest()
        const interfaces = network?.interfaces ?? []
        if (network === null && rows.length === 0)
          throw new AppError('BUSY', { message: `the network interfaces: ${why}`, retryAfter: 5 })
        if (rows.length === 0 && !interfaces.some((each) => each.name === name))
          throw new AppError('NOT_FOUND', { message: 'there is no such interface, and nothing of it is recorded' })
        const reason = whyInterfaceIsNot(name, interfaces)
        return describeInterfaceHistory(name, timeframe, { rows, reason }, app.clock())
      },
      async readDisk(name, timeframe = DEFAULT_TIMEFRAME) {
        const { describeDiskHistory } = await import('../../lib/history/describe.ts')
        const { findDisk } = await import('../../lib/host/storage/describe-smart.ts')
        await app.sources.storage.ready()
        const state = app.sources.storage.latest()
        const { disk } = unwrap(findDisk(state, name))
        const { disks } = state.disks.value!
        const rows = await recorder.readDevice(timeframe, 'disk', historyNameOf(disk, disks)).catch(unreadable)
        return describeDiskHistory(name, timeframe, { rows, reason: whyDiskIsNot(name, disks) }, app.clock())
      },
      faults: () => [
        ...(recorder.isFaulty() ? ['Metric history cannot be written'] : []),
        ...(app.clock() - replacedAt < REPORT_DAMAGE_MS ? ['Metric history was damaged and has been replaced'] : [])
      ]
    })
    app.addHook('onReady', async () => app.sampling.onTick(recorder.tick))
    app.addHook('onClose', () => recorder.close())
  },
  { name: 'history', dependencies: ['clock', 'config', 'sampling', 'sources', 'vitals'] }
)
