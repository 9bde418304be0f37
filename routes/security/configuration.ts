import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { describeConfiguration } from '../../lib/startup/describe-configuration.ts'
import { ConfigurationReplySchema } from '../../schemas/security/configuration.ts'

const configurationRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const configuration = describeConfiguration(app.config)

  app.get(
    '/configuration',
    {
      config: { access: { permission: 'security.view' } },
      schema: {
        operationId: 'getConfiguration',
        tags: ['security'],
        summary: 'Environment variables this daemon was started with',
        description: 'Without those that hold a secret. A change takes a restart of the daemon.',
        response: { 200: ConfigurationReplySchema }
      }
    },
    async () => configuration
  )
}
export default configurationRoutes
