import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { readAuditQuery } from '../../lib/audit/listing.ts'
import { unwrap } from '../../lib/auth/credential-check.ts'
import { AuditQuerySchema, AuditReplySchema } from '../../schemas/security/audit.ts'

const auditRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/audit',
    {
      config: { access: { permission: 'security.view' } },
      schema: {
        operationId: 'listAuditEvents',
        tags: ['security'],
        summary: 'Security events, newest first',
        description: 'The last million events. Pass `next_before` of a page as `before` of the next.',
        querystring: AuditQuerySchema,
        response: { 200: AuditReplySchema }
      }
    },
    async (request) => app.auditLog.list(unwrap(readAuditQuery(request.query)).query)
  )
}
export default auditRoutes
