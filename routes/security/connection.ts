import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { AppError } from '../../lib/api/errors.ts'
import { ConnectionQuerySchema, ConnectionReplySchema } from '../../schemas/security/connection.ts'

const connectionRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/connection',
    {
      config: { access: { permission: 'security.manage' } },
      schema: {
        operationId: 'examineConnection',
        tags: ['security'],
        summary: 'The path of this request through proxies, and its faults',
        description:
          'The addresses from the peer outwards, which of them are trusted and by which rule, and each fault with the line that fixes it.',
        querystring: ConnectionQuerySchema,
        response: { 200: ConnectionReplySchema }
      }
    },
    async (request) => {
      // Loaded on demand: it is rarely used.
      const { describeTls, examine, parsePage } = await import('../../lib/net/doctor.ts')
      const { page: text } = request.query
      const page = text === undefined ? null : parsePage(text)
      if (text !== undefined && page === null)
        throw new AppError('VALIDATION', { message: 'page must be an origin and a base path' })
      const { httpVersion, socket } = request.raw
      const facts = {
        page,
        httpVersion,
        tls: describeTls(socket),
        port: app.config.port,
        ...app.trustedProxies.describe()
      }
      return { success: true as const, ...examine({ input: app.clientInput(request), ...facts }) }
    }
  )
}
export default connectionRoutes
