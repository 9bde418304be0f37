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
          'Scanned at most every five seconds, and only while somebody asks; the first answer takes half a second, to have rates. `cmdline` may hold what users wrote into it, secrets too.',
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
        description: 'Read now; `cpu` and the I/O rates are of the latest scan. 404 for one that has ended.',
        params: ProcessParamsSchema,
        response: { 200: ProcessReplySchema }
      }
    },
    async (request) => app.processes.get(Number(request.params.pid))
  )
}
export default processRoutes
