import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { OWNER_ID } from '../../lib/auth/accounts.ts'
import { actorOf, requireAccount } from '../../plugins/server/caller.ts'
import { MessageReplySchema } from '../../schemas/foundation/answer.ts'
import { AlertHistoryQuerySchema, AlertHistoryReplySchema, TestReplySchema } from '../../schemas/host/alert-messages.ts'
import {
  ChannelChangesBodySchema,
  ChannelParamsSchema,
  ChannelReplySchema,
  ChannelsReplySchema,
  NewChannelBodySchema
} from '../../schemas/host/alerts.ts'

const DEFAULT_LIMIT = 50
const reading = { access: { permission: 'alerts.manage' } } as const
const changing = { access: { permission: 'alerts.manage', account: true, scope: 'session' }, stepUp: true } as const

const isOwner = (request: FastifyRequest): boolean => requireAccount(request).id === OWNER_ID

const alertRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const schema = (operationId: string, summary: string) => ({ operationId, tags: ['alerts'], summary })

  app.get(
    '/channels',
    {
      config: reading,
      schema: { ...schema('listAlertChannels', 'List all alert channels'), response: { 200: ChannelsReplySchema } }
    },
    async () => ({ success: true as const, channels: app.alerts.list() })
  )

  app.post(
    '/channels',
    {
      config: {
        ...changing,
        refuses: ['CONFLICT', 'PERMISSION'],
        requiredMessage: 'name, type and settings are required'
      },
      schema: {
        ...schema('createAlertChannel', 'Create an alert channel'),
        description: 'No answer contains its secrets. Loopback and link-local addresses are for the owner.',
        body: NewChannelBodySchema,
        response: { 201: ChannelReplySchema }
      }
    },
    async (request, reply) => {
      const channel = await app.alerts.create(request.body, isOwner(request))
      app.auditLog.alertChannelCreated({ ...actorOf(request), target: channel.name })
      return reply.code(201).send({ success: true, channel })
    }
  )

  app.patch(
    '/channels/:id',
    {
      config: { ...changing, refuses: ['CONFLICT', 'PERMISSION'] },
      schema: {
        ...schema('changeAlertChannel', 'Change an alert channel'),
        description: 'Absent fields stay. Messages that wait are tried again at once.',
        params: ChannelParamsSchema,
        body: ChannelChangesBodySchema,
        response: { 200: ChannelReplySchema }
      }
    },
    async (request) => {
      const channel = await app.alerts.change(request.params.id, request.body, isOwner(request))
      app.auditLog.alertChannelChanged({ ...actorOf(request), target: channel.name })
      return { success: true as const, channel }
    }
  )

  app.delete(
    '/channels/:id',
    {
      config: changing,
      schema: {
        ...schema('removeAlertChannel', 'Remove an alert channel'),
        description: 'Messages that wait for it are dropped; the history keeps them.',
        params: ChannelParamsSchema,
        response: { 200: MessageReplySchema }
      }
    },
    async (request) => {
      const name = await app.alerts.remove(request.params.id)
      app.auditLog.alertChannelRemoved({ ...actorOf(request), target: name })
      return { success: true, message: 'channel removed' } as const
    }
  )

  app.post(
    '/channels/:id/test',
    {
      config: { ...changing, refuses: ['BUSY'] },
      schema: {
        ...schema('testAlertChannel', 'Send a test message'),
        description: 'Answers with the result, after 20 seconds at most. Also for a channel that is turned off.',
        params: ChannelParamsSchema,
        response: { 200: TestReplySchema }
      }
    },
    async (request) => {
      const { name, outcome } = await app.alerts.test(request.params.id)
      app.auditLog.alertChannelTested({ ...actorOf(request), target: name })
      const { isDelivered, status, reason } = outcome
      return { success: true as const, is_delivered: isDelivered, status, message: reason ?? 'delivered' }
    }
  )

  app.get(
    '/history',
    {
      config: reading,
      schema: {
        ...schema('getAlertHistory', 'The messages that were sent, and those that wait'),
        querystring: AlertHistoryQuerySchema,
        response: { 200: AlertHistoryReplySchema }
      }
    },
    async ({ query: { limit = DEFAULT_LIMIT, before } }) => ({
      success: true as const,
      ...(await app.alerts.history(limit, before))
    })
  )
}
export default alertRoutes
