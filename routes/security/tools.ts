import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { SecurityToolsReplySchema } from '../../schemas/security/tools.ts'

const securityToolRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/tools',
    {
      config: { access: { permission: 'security.view' } },
      schema: {
        operationId: 'getSecurityTools',
        tags: ['security'],
        summary: 'Security tools of this host',
        description:
          'Which tools are installed, and the result of the last Lynis audit. From files, at most a minute old; no program is started.',
        response: { 200: SecurityToolsReplySchema }
      }
    },
    async () => app.securityTools.describe()
  )
}
export default securityToolRoutes
