import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { AppError } from '../../lib/api/errors.ts'
import { unwrap } from '../../lib/auth/credential-check.ts'
import { describeFullHealth, describeHealth, describeThresholds } from '../../lib/health/describe.ts'
import { describeVerdict, monitorCategoryOf } from '../../lib/health/monitor-health.ts'
import { readAcknowledgeWish } from '../../lib/health/settings.ts'
import { actorOf } from '../../plugins/server/caller.ts'
import { MessageReplySchema } from '../../schemas/foundation/answer.ts'
import {
  AcknowledgeBodySchema,
  AcknowledgeReplySchema,
  FullHealthReplySchema,
  HealthReplySchema,
  ThresholdsBodySchema,
  ThresholdsReplySchema,
  WithdrawBodySchema
} from '../../schemas/host/health.ts'
import { HealthDetailsReplySchema } from '../../schemas/host/monitor-health.ts'

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

  app.get(
    '/details',
    {
      config: view,
      schema: {
        operationId: 'getHealthDetails',
        tags: ['health'],
        summary: 'Health in the categories and states of ProxMenux Monitor',
        description: 'From memory, at most five seconds old. GET /api/health/full has the same as `health`.',
        response: { 200: HealthDetailsReplySchema }
      }
    },
    async () => ({ success: true as const, ...describeVerdict(app.health.latest()) })
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
      config: { ...manage, requiredMessage: 'check and duration are required', refuses: ['NOT_FOUND', 'CONFLICT'] },
      schema: {
        operationId: 'acknowledgeHealth',
        tags: ['health'],
        summary: 'Acknowledge a problem for a time',
        description:
          'The problem is ignored for this long, even if it disappears and returns, unless it gets worse than now. 404 for an unknown check, 409 for a check without a problem.',
        body: AcknowledgeBodySchema,
        response: { 200: AcknowledgeReplySchema }
      }
    },
    async (request) => {
      const { wish } = unwrap(readAcknowledgeWish(request.body))
      const { check, duration } = wish
      const found = await app.health.acknowledge(wish, actorOf(request).user)
      app.auditLog.healthAcknowledged({ ...actorOf(request), target: check })
      const original_severity = found.status === 'critical' ? ('CRITICAL' as const) : ('WARNING' as const)
      return {
        success: true as const,
        message: `${check} is ignored for ${duration} s`,
        result: {
          error_key: check,
          category: monitorCategoryOf(found),
          original_severity,
          suppression_hours: duration / 3600
        }
      }
    }
  )

  app.post(
    '/un-acknowledge',
    {
      config: { ...manage, refuses: ['NOT_FOUND'] },
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
      const { error_key, check = error_key } = request.body
      if (check === undefined) throw new AppError('VALIDATION', { message: 'check is required' })
      await app.health.withdraw(check)
      app.auditLog.healthUnacknowledged({ ...actorOf(request), target: check })
      return { success: true as const, message: `${check} is no longer acknowledged` }
    }
  )
}
export default healthRoutes
