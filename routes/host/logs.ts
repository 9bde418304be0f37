import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import {
  LogCountsQuerySchema,
  LogCountsReplySchema,
  LogDownloadQuerySchema,
  LogFileSchema,
  LogsQuerySchema,
  LogsReplySchema
} from '../../schemas/host/logs.ts'

/** Aborts when the connection closes, after the answer or before it. */
function untilGone(reply: FastifyReply): AbortSignal {
  const closed = new AbortController()
  reply.raw.once('close', () => closed.abort())
  return closed.signal
}

const logRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '',
    {
      config: { access: { permission: 'logs.view' }, unknownFields: 'drop' },
      schema: {
        operationId: 'listLogs',
        tags: ['system'],
        summary: 'Logs of this host, newest first',
        description:
          "From systemd's journal, or syslog's file on a host without a journal. Pass `next` of a page as `before` of the next. A search that takes longer than two seconds or reads more than 64 MiB returns the entries found so far.",
        querystring: LogsQuerySchema,
        response: { 200: LogsReplySchema }
      }
    },
    async (request, reply) => app.journal.list(request.query, untilGone(reply))
  )

  app.get(
    '/counts',
    {
      config: { access: { permission: 'logs.view' }, unknownFields: 'drop' },
      schema: {
        operationId: 'countLogs',
        tags: ['system'],
        summary: 'Number of log entries by priority',
        description:
          'Of the last day unless a time is given. Counting that takes longer than two seconds or reads more than 64 MiB stops there: the answer then counts the newest entries and says from which time on.',
        querystring: LogCountsQuerySchema,
        response: { 200: LogCountsReplySchema }
      }
    },
    async (request, reply) => app.journal.count(request.query, untilGone(reply))
  )

  app.get(
    '/download',
    {
      config: { access: { permission: 'logs.view' }, unknownFields: 'drop' },
      schema: {
        operationId: 'downloadLogs',
        tags: ['system'],
        summary: 'Logs of this host as a file',
        description: 'At most 100,000 entries. One download at a time; 503 for a second.',
        querystring: LogDownloadQuerySchema,
        response: { 200: LogFileSchema }
      }
    },
    async (request, reply) => {
      const { stream, type, fileName } = await app.journal.download(request.query, untilGone(reply))
      reply.header('content-disposition', `attachment; filename="${fileName}"`)
      return reply.type(type).send(stream)
    }
  )
}
export default logRoutes
