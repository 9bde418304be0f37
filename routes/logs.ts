import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { LogDownloadQuerySchema, LogFileSchema, LogsQuerySchema, LogsReplySchema } from '../schemas/logs.ts'

const logRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '',
    {
      config: { access: { permission: 'logs.view' }, unknownFields: 'drop' },
      schema: {
        operationId: 'listLogs',
        tags: ['system'],
        summary: 'Logs of this host, the newest first',
        description:
          "systemd's journal, or syslog's file where there is none. `next` of one page is `before` of the next. A search that takes longer than two seconds answers with what it has found.",
        querystring: LogsQuerySchema,
        response: { 200: LogsReplySchema }
      }
    },
    async (request) => app.journal.list(request.query)
  )

  app.get(
    '/download',
    {
      config: { access: { permission: 'logs.view' }, unknownFields: 'drop' },
      schema: {
        operationId: 'downloadLogs',
        tags: ['system'],
        summary: 'Logs of this host as a file',
        description: 'At most 100,000 entries. Two downloads at a time; 503 for a third.',
        querystring: LogDownloadQuerySchema,
        response: { 200: LogFileSchema }
      }
    },
    async (request, reply) => {
      const { stream, type, fileName } = await app.journal.download(request.query)
      reply.header('content-disposition', `attachment; filename="${fileName}"`)
      return reply.type(type).send(stream as never)
    }
  )
}
export default logRoutes
