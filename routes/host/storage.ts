import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { describeStorage, summarizeStorage } from '../../lib/host/storage/describe.ts'
import { StorageReplySchema, StorageSummaryReplySchema } from '../../schemas/host/storage.ts'

const storageRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const storage = () => describeStorage(app.sources.storage.latest(), app.clock())
  app.live.addTopic({
    name: 'storage',
    permission: 'system.view',
    snapshot: storage,
    revision: app.sources.storage.revision
  })

  app.get(
    '/storage',
    {
      config: { access: { permission: 'system.view' } },
      schema: {
        operationId: 'getStorage',
        tags: ['system'],
        summary: 'Disks, file systems and ZFS pools of this host',
        description:
          'From the latest background samples: disks every 5 s, file systems every 30 s, pools and SMART every few minutes. One that does not answer is stale, and only that one.',
        response: { 200: StorageReplySchema }
      }
    },
    async () => storage()
  )

  app.get(
    '/storage/summary',
    {
      config: { access: { permission: 'system.view' } },
      schema: {
        operationId: 'getStorageSummary',
        tags: ['system'],
        summary: 'How full this host is',
        description: 'Its own file systems and ZFS pools together; network ones do not count.',
        response: { 200: StorageSummaryReplySchema }
      }
    },
    async () => summarizeStorage(app.sources.storage.latest(), app.clock())
  )
}
export default storageRoutes
