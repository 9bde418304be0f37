import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { describeFullHealth, describeHealth, describeThresholds } from '../../lib/health/describe.ts'
import { actorOf } from '../../plugins/server/caller.ts'
import { MessageReplySchema } from '../../schemas/foundation/answer.ts'
import {
  AcknowledgeBodySchema,
  FullHealthReplySchema,
  HealthReplySchema,
  ThresholdsBodySchema,
  ThresholdsReplySchema,
  WithdrawBodySchema
} from '../../schemas/host/health.ts'

const healthRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const health = () => describeHealth(app.health.latest())
  app.live.addTopic({ name: 'health', permission: 'system.view', snapshot: health })

  const view = { access: { permission: 'system.view' } } as const
  const manage = { access: { permission: 'health.manage' } } as const

  app.get(
    '',
    {
      config: view,
      schema: {
        operationId: 'getHealth',
        tags: ['health'],
        summary: 'Health of this host and of each category',
        description: 'From memory, at most five seconds old. Acknowledged problems are ignored.',
        response: { 200: HealthReplySchema }
      }
    },
    async () => health()
  )

  app.get(
    '/full',
    {
      config: view,
      schema: {
        operationId: 'getFullHealth',
        tags: ['health'],
        summary: 'Every check with its value, thresholds and age',
        description: 'From memory, at most five seconds old; includes acknowledged problems and thresholds.',
        response: { 200: FullHealthReplySchema }
      }
    },
    async () => describeFullHealth(app.health.latest())
  )

  app.patch(
    '/thresholds',
    {
      config: manage,
      schema: {
        operationId: 'changeThresholds',
        tags: ['health'],
        summary: 'Change some thresholds',
        description:
          'Absent thresholds stay; null resets one to its default. `critical` must be above `warning`, but below it for `certificate`, which counts remaining days. Stored in settings.json.',
        body: ThresholdsBodySchema,
        response: { 200: ThresholdsReplySchema }
      }
    },
    async (request) => {
      await app.health.changeThresholds(request.body)
      app.auditLog.thresholdsChanged({ ...actorOf(request), target: JSON.stringify(request.body) })
      return describeThresholds(app.health.latest())
    }
  )

  app.delete(
    '/thresholds',
    {
      config: manage,
      schema: {
        operationId: 'resetThresholds',
        tags: ['health'],
        summary: 'Reset every threshold to its default',
        response: { 200: ThresholdsReplySchema }
      }
    },
    async (request) => {
      await app.health.resetThresholds()
      app.auditLog.thresholdsChanged({ ...actorOf(request), target: 'defaults' })
      return describeThresholds(app.health.latest())
    }
  )

  app.post(
    '/acknowledge',
    {
      config: { ...manage, requiredMessage: 'check and duration are required' },
      schema: {
        operationId: 'acknowledgeHealth',
        tags: ['health'],
        summary: 'Acknowledge a problem for a time',
        description:
          'The problem is ignored for this long, even if it disappears and returns, unless it gets worse than now. 404 for an unknown check, 409 for a check without a problem.',
        body: AcknowledgeBodySchema,
        response: { 200: MessageReplySchema }
      }
    },
    async (request) => {
      await app.health.acknowledge(request.body, actorOf(request).user)
      app.auditLog.healthAcknowledged({ ...actorOf(request), target: request.body.check })
      return { success: true as const, message: `${request.body.check} is ignored for ${request.body.duration} s` }
    }
  )

  app.post(
    '/un-acknowledge',
    {
      config: { ...manage, requiredMessage: 'check is required' },
      schema: {
        operationId: 'unacknowledgeHealth',
        tags: ['health'],
        summary: 'Remove an acknowledgement',
        description: '404 if the check is not acknowledged.',
        body: WithdrawBodySchema,
        response: { 200: MessageReplySchema }
      }
    },
    async (request) => {
      await app.health.withdraw(request.body.check)
      app.auditLog.healthUnacknowledged({ ...actorOf(request), target: request.body.check })
      return { success: true as const, message: `${request.body.check} is no longer acknowledged` }
    }
  )
}
export default healthRoutes
