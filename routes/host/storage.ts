import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { describeStorage, summarizeStorage } from '../../lib/host/storage/describe.ts'
import { DiskHistoryQuerySchema, DiskHistoryReplySchema } from '../../schemas/host/disk-history.ts'
import { DiskParamsSchema } from '../../schemas/host/smart.ts'
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
          'From the latest background samples: disks every 5 s, file systems every 30 s, pools and SMART every few minutes. A device that does not respond is marked stale; the others are not affected.',
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
        summary: 'Disk usage of this host',
        description: 'Total of the local file systems and ZFS pools, without network file systems.',
        response: { 200: StorageSummaryReplySchema }
      }
    },
    async () => summarizeStorage(app.sources.storage.latest(), app.clock())
  )

  app.get(
    '/storage/disks/:disk/history',
    {
      config: { access: { permission: 'system.view' }, refuses: ['NOT_FOUND'] },
      schema: {
        operationId: 'getDiskHistory',
        tags: ['system'],
        summary: 'I/O and temperature of a disk over time',
        description:
          'In the steps of GET /api/node/metrics, a week by default. Up to 32 disks are recorded, physical ones first. The history follows the serial number, so it stays with the disk when the kernel renames it. 404 for an unknown disk.',
        params: DiskParamsSchema,
        querystring: DiskHistoryQuerySchema,
        response: { 200: DiskHistoryReplySchema }
      }
    },
    async (request) => app.history.readDisk(request.params.disk, request.query.timeframe)
  )
}
export default storageRoutes
