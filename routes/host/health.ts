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
        summary: 'The verdict on this host, and on each part of it',
        description: 'From memory, at most five seconds old. Problems that somebody has acknowledged do not count.',
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
        description: 'From memory, at most five seconds old; acknowledged problems and thresholds too.',
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
          'What is not named stays; null resets to the default. `critical` must be above `warning`, and below it for `certificate`, which counts days left. They stand in settings.json.',
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
        summary: 'Let a problem not count for a time',
        description:
          'Until then it does not count in the verdict, also when it goes and comes again, unless it gets worse than it is now. 404 for an unknown check, 409 for one without a problem.',
        body: AcknowledgeBodySchema,
        response: { 200: MessageReplySchema }
      }
    },
    async (request) => {
      await app.health.acknowledge(request.body, actorOf(request).user)
      app.auditLog.healthAcknowledged({ ...actorOf(request), target: request.body.check })
      return { success: true as const, message: `${request.body.check} does not count for ${request.body.duration} s` }
    }
  )

  app.post(
    '/un-acknowledge',
    {
      config: { ...manage, requiredMessage: 'check is required' },
      schema: {
        operationId: 'unacknowledgeHealth',
        tags: ['health'],
        summary: 'Let an acknowledged problem count again',
        description: '404 where it is not acknowledged.',
        body: WithdrawBodySchema,
        response: { 200: MessageReplySchema }
      }
    },
    async (request) => {
      await app.health.withdraw(request.body.check)
      app.auditLog.healthUnacknowledged({ ...actorOf(request), target: request.body.check })
      return { success: true as const, message: `${request.body.check} counts again` }
    }
  )
}
export default healthRoutes
