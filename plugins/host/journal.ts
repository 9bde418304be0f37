import fp from 'fastify-plugin'
import { AppError } from '../../lib/api/errors.ts'
import { unwrap } from '../../lib/auth/credential-check.ts'
import type { LogDownloads } from '../../lib/logs/download.ts'
import type { LogsOptions } from '../../lib/logs/logs.ts'
import type { LogCountsQuery, LogCountsReply, LogDownloadQuery, LogsQuery, LogsReply } from '../../schemas/host/logs.ts'

declare module 'fastify' {
  interface FastifyInstance {
    journal: {
      /** `signal` stops reading when the client disconnects. */
      list(query: LogsQuery, signal: AbortSignal): Promise<LogsReply>
      count(query: LogCountsQuery, signal: AbortSignal): Promise<LogCountsReply>
      download(query: LogDownloadQuery, signal: AbortSignal): Promise<NonNullable<Awaited<ReturnType<LogDownloads>>>>
    }
  }
}

export type JournalOptions = Partial<LogsOptions>

const DEFAULT_LIMIT = 100
/** For `since_days`: the Monitor's client sends no limit, and counts the entries of the answer. */
const LIMIT_OF_DAYS = 10_000
const busy = () => new AppError('BUSY', { message: 'too many clients are reading logs at the moment', retryAfter: 5 })

/** The logs of this host, read for each request. Its modules are loaded with the first request. */
export default fp<JournalOptions>(
  async (app, options) => {
    const load = async () => {
      const [{ createLogs }, { createLogCounts }, { createLogDownloads }, { readLogQuery }] = await Promise.all([
        import('../../lib/logs/logs.ts'),
        import('../../lib/logs/count.ts'),
        import('../../lib/logs/download.ts'),
        import('../../lib/logs/log-query.ts')
      ])
      const logs = createLogs({ now: app.clock, ...options })
      return { logs, count: createLogCounts(logs), download: createLogDownloads(logs, app.clock), readLogQuery }
    }
    let loading: ReturnType<typeof load> | undefined
    const loaded = () => {
      loading ??= load()
      return loading
    }

    app.decorate('journal', {
      async list(sent, signal) {
        const { logs, readLogQuery } = await loaded()
        const { query } = unwrap(readLogQuery(sent, app.clock()))
        const reply = await logs.list(
          query,
          sent.limit ?? (sent.since_days === undefined ? DEFAULT_LIMIT : LIMIT_OF_DAYS),
          signal
        )
        if (reply === null) throw busy()
        return reply
      },
      async count(sent, signal) {
        const { count, readLogQuery } = await loaded()
        const isTimed = [sent.since, sent.since_days, sent.boot].some((value) => value !== undefined)
        const { query } = unwrap(readLogQuery(isTimed ? sent : { ...sent, since_days: 1 }, app.clock()))
        const reply = await count(query, signal, app.clock())
        if (reply === null) throw busy()
        return reply
      },
      async download(sent, signal) {
        const { download, readLogQuery } = await loaded()
        const file = await download(unwrap(readLogQuery(sent, app.clock())).query, sent, signal)
        if (file === null) throw busy()
        return file
      }
    })

    app.addHook('preClose', async () => {
      const { logs } = (await loading) ?? {}
      logs?.close()
    })
  },
  { name: 'journal', dependencies: ['clock'] }
)
