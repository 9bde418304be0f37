import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { actorOf } from '../../plugins/server/caller.ts'
import { MessageReplySchema } from '../../schemas/foundation/answer.ts'
import { PendingReplySchema } from '../../schemas/security/pending-change.ts'

// API tokens may call these routes, as all routes outside /api/auth (contract 7).
const access = { session: true, scope: 'full_admin' } as const

const pendingChangeRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const schema = (operationId: string, summary: string, description: string) => ({
    operationId,
    tags: ['security'],
    summary,
    description
  })

  app.get(
    '/confirm-change',
    {
      config: { access },
      schema: {
        ...schema(
          'getPendingChange',
          'The change that awaits confirmation, or null',
          'A change of TLS, trusted proxies or the caller’s own allow-list, made with `confirm_within`.'
        ),
        response: { 200: PendingReplySchema }
      }
    },
    async () => ({ success: true as const, pending: app.pendingChange.describe() })
  )

  app.post(
    '/confirm-change',
    {
      config: { access },
      schema: {
        ...schema(
          'confirmChange',
          'Confirm the pending change',
          'For the user who made it and users with `security.manage`. The request must arrive under the new setting: over a connection opened after the change, from an address that the new list allows.'
        ),
        response: { 200: MessageReplySchema }
      }
    },
    async (request) => {
      const { setting } = await app.pendingChange.confirm(request)
      app.auditLog.changeConfirmed({ ...actorOf(request), target: setting })
      return { success: true as const, message: 'change confirmed' }
    }
  )

  app.delete(
    '/confirm-change',
    {
      config: { access },
      schema: {
        ...schema('takeBackChange', 'Revert the pending change now', 'For all users who may confirm it.'),
        response: { 200: MessageReplySchema }
      }
    },
    async (request) => {
      const { setting } = await app.pendingChange.cancel(request)
      app.auditLog.changeTakenBack({ ...actorOf(request), target: setting })
      return { success: true as const, message: 'change taken back' }
    }
  )
}
export default pendingChangeRoutes
