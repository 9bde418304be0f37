import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { describeUpdates } from '../../lib/updates/describe.ts'
import { UpdatesReplySchema } from '../../schemas/host/updates.ts'

const updateRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/updates',
    {
      config: { access: { permission: 'system.view' } },
      schema: {
        operationId: 'listUpdates',
        tags: ['system'],
        summary: 'Available package updates, and of the Monitor itself',
        description:
          'From apt’s local package lists; nothing is downloaded. Refreshed a few minutes after packages or lists change.',
        response: { 200: UpdatesReplySchema }
      }
    },
    async () => describeUpdates(app.sources.updates.latest(), app.sources.ownPackage.latest(), app.clock())
  )
}
export default updateRoutes
