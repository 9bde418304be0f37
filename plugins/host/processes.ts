import fp from 'fastify-plugin'
import { AppError } from '../../lib/api/errors.ts'
import type { ProcessSourceOptions } from '../../lib/processes/process-source.ts'
import type { ProcessesQuery, ProcessesReply, ProcessReply } from '../../schemas/host/processes.ts'

declare module 'fastify' {
  interface FastifyInstance {
    processes: {
      list(query: ProcessesQuery): Promise<ProcessesReply>
      get(pid: number): Promise<ProcessReply>
    }
  }
}

export type ProcessesOptions = Partial<ProcessSourceOptions>

const EVERY_MS = 5000
const TIMEOUT_MS = 10_000

/** Loads and scans with the first request, then every five seconds while requests come in. */
export default fp<ProcessesOptions>(
  async (app, options) => {
    const load = async () => {
      const { createProcessSource } = await import('../../lib/processes/process-source.ts')
      const source = createProcessSource({ now: app.clock, ...options })
      return { source, totalMemory: () => app.vitals.latest().memory.value?.total ?? null, now: app.clock }
    }
    let loading: ReturnType<typeof load> | undefined
    const loaded = () => {
      loading ??= load()
      return loading
    }
    const scans = app.sampling.add({
      name: '/proc',
      everyMs: EVERY_MS,
      timeoutMs: TIMEOUT_MS,
      onDemand: true,
      read: async ({ signal }) => (await loaded()).source.read(signal)
    })

    app.decorate('processes', {
      async list(query) {
        const { describeProcesses } = await import('../../lib/processes/process-list.ts')
        return describeProcesses(await scans.fresh(EVERY_MS), query, await loaded())
      },
      async get(pid) {
        const { readProcess } = await import('../../lib/processes/process-detail.ts')
        const { value, stale, reason } = await scans.fresh(EVERY_MS)
        if (value === null) throw new AppError('BUSY', { message: reason ?? undefined, retryAfter: 5 })
        const process = await readProcess(pid, { value, stale }, await loaded())
        if (process === null) throw new AppError('NOT_FOUND', { message: 'there is no such process, or it has ended' })
        return process
      }
    })
  },
  { name: 'processes', dependencies: ['clock', 'sampling', 'vitals'] }
)
