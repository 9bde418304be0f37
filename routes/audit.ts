import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { readAuditQuery } from '../lib/audit/listing.ts'
import { orThrow } from '../lib/proof.ts'
import { AuditQuerySchema, AuditReplySchema } from '../schemas/audit.ts'

const auditRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/audit',
    {
      config: { access: { permission: 'security.view' } },
      schema: {
        operationId: 'listAuditEvents',
        tags: ['security'],
        summary: 'Security events, the newest first',
        description: 'The last million. `next_before` of one page is `before` of the next.',
        querystring: AuditQuerySchema,
        response: { 200: AuditReplySchema }
      }
    },
    async (request) => app.auditLog.list(orThrow(readAuditQuery(request.query)).query)
  )
}
export default auditRoutes
