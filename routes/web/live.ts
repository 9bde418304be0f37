import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { TICKET_TTL_S } from '../../lib/auth/tickets.ts'
import { LIVE_V1, MAX_MESSAGE } from '../../lib/live/limits.ts'
import { requirePrincipal } from '../../plugins/server/caller.ts'
import { TicketReplySchema } from '../../schemas/security/connection.ts'

/** The live stream (docs/live-protocol.md). */
const liveRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    '/api/live/ticket',
    {
      config: { access: { permission: 'system.view', scope: 'session' } },
      schema: {
        operationId: 'getLiveTicket',
        tags: ['system'],
        summary: 'A ticket for one handshake of /ws/live',
        description:
          'For sessions, and for every caller on a host without a password. API tokens poll the routes instead.',
        response: { 200: TicketReplySchema }
      }
    },
    async (request) => {
      const ticket = await app.tickets.issue('live', requirePrincipal(request).session?.sid ?? null)
      return { success: true as const, ticket, ttl_seconds: TICKET_TTL_S }
    }
  )
}

export const liveSocket: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/ws/live',
    {
      websocket: true,
      exposeHeadRoute: false,
      config: {
        access: { ticket: 'live', permission: 'system.view' },
        sameOrigin: true,
        webSocket: { maxPayload: MAX_MESSAGE, protocol: LIVE_V1 }
      },
      preHandler: async () => void (await app.live.load())
    },
    (socket, request) => {
      const principal = requirePrincipal(request)
      const { session, account } = principal
      app.live.serve(socket, { principal, session, userId: account?.id ?? 0, address: request.clientIp })
    }
  )
}
export default liveRoutes
