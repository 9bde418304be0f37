import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { describeThresholdTree, readThresholdTree, resetOf } from '../../lib/health/threshold-sections.ts'
import { actorOf } from '../../plugins/server/caller.ts'
import {
  ThresholdResetQuerySchema,
  ThresholdTreeBodySchema,
  ThresholdTreeReplySchema
} from '../../schemas/host/thresholds.ts'

/** The thresholds as the Monitor's client reads and changes them; routes/host/health.ts has this daemon's own form. */
const thresholdRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const manage = { access: { permission: 'health.manage' } } as const

  app.get(
    '',
    {
      config: { access: { permission: 'system.view' } },
      schema: {
        operationId: 'getThresholds',
        tags: ['health'],
        summary: 'Thresholds of the health checks',
        description: 'In the sections of ProxMenux Monitor, and as `gauges` in the form of this daemon.',
        response: { 200: ThresholdTreeReplySchema }
      }
    },
    async () => describeThresholdTree(app.health.latest())
  )

  app.put(
    '',
    {
      config: manage,
      schema: {
        operationId: 'setThresholds',
        tags: ['health'],
        summary: 'Change some thresholds, in the sections of ProxMenux Monitor',
        description:
          'As PATCH, and with `host_storage`, `cpu_temperature` and `memory.swap_critical` for `filesystem`, `temperature` and `swap`. Absent thresholds stay. `swap_critical` below the warning for swap lowers that, too.',
        body: ThresholdTreeBodySchema,
        response: { 200: ThresholdTreeReplySchema }
      }
    },
    async (request) => {
      const changes = readThresholdTree(request.body, app.health.latest().thresholds)
      await app.health.changeThresholds(changes)
      app.auditLog.thresholdsChanged({ ...actorOf(request), target: JSON.stringify(changes) })
      return describeThresholdTree(app.health.latest())
    }
  )

  app.post(
    '/reset',
    {
      config: manage,
      schema: {
        operationId: 'resetThresholdSection',
        tags: ['health'],
        summary: 'Reset the thresholds of a section, or all, to their defaults',
        querystring: ThresholdResetQuerySchema,
        response: { 200: ThresholdTreeReplySchema }
      }
    },
    async (request) => {
      const { section } = request.query
      await (section === undefined ? app.health.resetThresholds() : app.health.changeThresholds(resetOf(section)))
      app.auditLog.thresholdsChanged({ ...actorOf(request), target: section ? `${section} to defaults` : 'defaults' })
      return describeThresholdTree(app.health.latest())
    }
  )
}
export default thresholdRoutes
