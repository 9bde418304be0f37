import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { AppError } from '../../lib/api/errors.ts'
import { unwrap } from '../../lib/auth/credential-check.ts'
import { actorOf } from '../../plugins/server/caller.ts'
import {
  NewResellerBodySchema,
  ResellerChangesBodySchema,
  ResellerParamsSchema,
  ResellerReplySchema,
  ResellersReplySchema
} from '../../schemas/auth/reseller.ts'
import { MessageReplySchema } from '../../schemas/foundation/answer.ts'

const access = { permission: 'resellers.manage', account: true, notOfReseller: true } as const
const reading = { access } as const
const changing = { access: { ...access, scope: 'session' }, stepUp: true } as const

const resellerRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const schema = (operationId: string, summary: string) => ({ operationId, tags: ['resellers'], summary })

  app.get(
    '',
    {
      config: reading,
      schema: { ...schema('listResellers', 'List all resellers'), response: { 200: ResellersReplySchema } }
    },
    async () => ({ success: true as const, resellers: await app.resellers.list() })
  )

  app.post(
    '',
    {
      config: { ...changing, requiredMessage: 'name is required' },
      schema: {
        ...schema('createReseller', 'Create a reseller'),
        body: NewResellerBodySchema,
        response: { 201: ResellerReplySchema }
      }
    },
    async (request, reply) => {
      const { reseller } = unwrap(await app.resellers.create(request.body))
      app.auditLog.resellerCreated({ ...actorOf(request), target: reseller.name })
      return reply.code(201).send({ success: true, reseller })
    }
  )

  app.get(
    '/:id',
    {
      config: reading,
      schema: {
        ...schema('getReseller', 'One reseller'),
        params: ResellerParamsSchema,
        response: { 200: ResellerReplySchema }
      }
    },
    async (request) => {
      const reseller = await app.resellers.find(request.params.id)
      if (!reseller) throw new AppError('NOT_FOUND', { message: 'there is no such reseller' })
      return { success: true as const, reseller }
    }
  )

  app.patch(
    '/:id',
    {
      config: changing,
      schema: {
        ...schema('changeReseller', 'Change a reseller'),
        description:
          '`is_active: false` suspends it: the sessions of its users end, and their API tokens are refused until it is active again.',
        params: ResellerParamsSchema,
        body: ResellerChangesBodySchema,
        response: { 200: ResellerReplySchema }
      }
    },
    async (request) => {
      const { reseller } = unwrap(await app.resellers.change(request.params.id, request.body))
      const event = { ...actorOf(request), target: reseller.name }
      if (request.body.is_active === false) app.auditLog.resellerSuspended(event)
      else app.auditLog.resellerChanged(event)
      return { success: true as const, reseller }
    }
  )

  app.delete(
    '/:id',
    {
      config: changing,
      schema: {
        ...schema('removeReseller', 'Remove a reseller that has no users'),
        params: ResellerParamsSchema,
        response: { 200: MessageReplySchema }
      }
    },
    async (request) => {
      const { reseller } = unwrap(await app.resellers.remove(request.params.id))
      app.auditLog.resellerRemoved({ ...actorOf(request), target: reseller.name })
      return { success: true, message: 'reseller removed' } as const
    }
  )
}
export default resellerRoutes
