import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  ProcessesQuerySchema,
  ProcessesReplySchema,
  ProcessParamsSchema,
  ProcessReplySchema
} from '../../schemas/host/processes.ts'

const processRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '',
    {
      config: { access: { permission: 'system.view' }, unknownFields: 'drop' },
      schema: {
        operationId: 'listProcesses',
        tags: ['system'],
        summary: 'Processes of this host',
        description:
          'Scanned at most every five seconds, and only while requests come in. The first answer takes half a second to measure rates. `cmdline` may contain secrets.',
        querystring: ProcessesQuerySchema,
        response: { 200: ProcessesReplySchema }
      }
    },
    async (request) => app.processes.list(request.query)
  )

  app.get(
    '/:pid',
    {
      config: { access: { permission: 'system.view' } },
      schema: {
        operationId: 'getProcess',
        tags: ['system'],
        summary: 'One process in detail',
        description: 'Read on request; `cpu` and the I/O rates are from the latest scan. 404 if the process has ended.',
        params: ProcessParamsSchema,
        response: { 200: ProcessReplySchema }
      }
    },
    async (request) => app.processes.get(request.params.pid)
  )
}
export default processRoutes
