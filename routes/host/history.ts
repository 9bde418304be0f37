import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { HistoryQuerySchema, HistoryReplySchema } from '../../schemas/host/history.ts'

const historyRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/metrics',
    {
      config: { access: { permission: 'system.view' }, unknownFields: 'drop' },
      schema: {
        operationId: 'getNodeMetrics',
        tags: ['system'],
        summary: 'Metrics of this host over time',
        description:
          'Similar to Proxmox’s round-robin data: a point every 10 s for an hour, 2 minutes for a day, 10 minutes for a week (the default), an hour for a month, 12 hours for a year. A step of the finest series appears once it is complete, other steps within a minute.',
        querystring: HistoryQuerySchema,
        response: { 200: HistoryReplySchema }
      }
    },
    async (request) => app.history.read(request.query)
  )
}
export default historyRoutes
