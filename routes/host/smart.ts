import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { AppError } from '../../lib/api/errors.ts'
import { unwrap } from '../../lib/auth/credential-check.ts'
import { describeSmart, findDisk } from '../../lib/host/storage/describe-smart.ts'
import { actorOf } from '../../plugins/server/caller.ts'
import { DiskParamsSchema, SelfTestBodySchema, SmartReplySchema } from '../../schemas/host/smart.ts'

const smartRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { latest, ready } = app.sources.storage
  const find = async (name: string) => {
    await ready()
    return unwrap(findDisk(latest(), name)).disk
  }

  app.get(
    '/:disk',
    {
      config: { access: { permission: 'system.view' }, refuses: ['NOT_FOUND'] },
      schema: {
        operationId: 'getSmart',
        tags: ['system'],
        summary: 'SMART data of a disk: attributes, and its self-tests',
        description:
          'From the latest background reading: every ten minutes, and every minute while a self-test runs. A sleeping disk is not woken. 404 for an unknown disk.',
        params: DiskParamsSchema,
        response: { 200: SmartReplySchema }
      }
    },
    async (request) => describeSmart(await find(request.params.disk), latest(), app.clock())
  )

  app.post(
    '/:disk/test',
    {
      config: {
        access: { permission: 'health.manage' },
        requiredMessage: 'type is required',
        refuses: ['NOT_FOUND', 'CONFLICT']
      },
      schema: {
        operationId: 'startSelfTest',
        tags: ['system'],
        summary: 'Start a self-test of a disk',
        description:
          'Waits until the disk has begun. The disk stays usable, and is slower. 404 for an unknown disk; 409 if it has no self-tests, runs one already, or smartctl is not installed; 503 if it does not answer.',
        params: DiskParamsSchema,
        body: SelfTestBodySchema,
        response: { 200: SmartReplySchema }
      }
    },
    async (request) => {
      const type = request.body.type ?? request.body.test_type
      if (type === undefined) throw new AppError('VALIDATION', { message: 'type is required: short or long' })
      const disk = await find(request.params.disk)
      unwrap(await app.sources.storage.startSelfTest(disk, type))
      app.auditLog.selfTestStarted({ ...actorOf(request), target: `${disk.name} ${type}` })
      return describeSmart(disk, latest(), app.clock())
    }
  )
}
export default smartRoutes
