import fp from 'fastify-plugin'
import { AppError } from '../../lib/api/errors.ts'
import { unwrap } from '../../lib/auth/credential-check.ts'
import type { LogDownloads } from '../../lib/logs/download.ts'
import type { LogsOptions } from '../../lib/logs/logs.ts'
import type { LogDownloadQuery, LogsQuery, LogsReply } from '../../schemas/host/logs.ts'

declare module 'fastify' {
  interface FastifyInstance {
    journal: {
      /** `signal` stops reading when the client disconnects. */
      list(query: LogsQuery, signal: AbortSignal): Promise<LogsReply>
      download(query: LogDownloadQuery, signal: AbortSignal): Promise<NonNullable<Awaited<ReturnType<LogDownloads>>>>
    }
  }
}

export type JournalOptions = Partial<LogsOptions>

const DEFAULT_LIMIT = 100
const busy = () => new AppError('BUSY', { message: 'too many clients are reading logs at the moment', retryAfter: 5 })

/** The logs of this host, read for each request. Its modules are loaded with the first request. */
export default fp<JournalOptions>(
  async (app, options) => {
    const load = async () => {
      const [{ createLogs }, { createLogDownloads }, { readLogQuery }] = await Promise.all([
        import('../../lib/logs/logs.ts'),
        import('../../lib/logs/download.ts'),
        import('../../lib/logs/log-query.ts')
      ])
      const logs = createLogs({ now: app.clock, ...options })
      return { logs, download: createLogDownloads(logs, app.clock), readLogQuery }
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
        const reply = await logs.list(query, sent.limit ?? DEFAULT_LIMIT, signal)
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
