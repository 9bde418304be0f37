import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { MetricsTextSchema } from '../../schemas/host/metrics.ts'

const prometheusRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/prometheus',
    {
      config: { access: { permission: 'system.view' } },
      schema: {
        operationId: 'getMetrics',
        tags: ['system'],
        summary: 'Metrics of the host and of this daemon for Prometheus',
        description: 'Metrics of the host are `proxmox_*` with the label `node`. Unavailable metrics are omitted.',
        response: { 200: MetricsTextSchema }
      }
    },
    async (request, reply) => {
      const { contentType, text } = await app.metrics.scrape(request.headers.accept)
      return reply.type(contentType).send(text)
    }
  )
}
export default prometheusRoutes
