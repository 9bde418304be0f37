import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { actorOf } from '../../plugins/server/caller.ts'
import { MessageReplySchema } from '../../schemas/foundation/answer.ts'
import { PendingReplySchema } from '../../schemas/security/pending-change.ts'

// API tokens too, as everywhere outside /api/auth (contract 7).
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
          'The change that waits to be confirmed, or null',
          'A change of TLS, trusted proxies or one’s own allow-list that was made with `confirm_within`.'
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
          'Keep the change that waits to be confirmed',
          'By the user who made it, or one with `security.manage`, and under the new setting: over a connection made since, from an address the new list allows.'
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
        ...schema('takeBackChange', 'Take the waiting change back at once', 'Whoever may confirm it may take it back.'),
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
