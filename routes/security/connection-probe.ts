import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { TICKET_TTL_S } from '../../lib/auth/tickets.ts'
import { requireSession } from '../../plugins/server/caller.ts'
import { TicketReplySchema } from '../../schemas/security/connection.ts'

const MAX_MESSAGE = 1024
const MAX_UNREAD = 64 * 1024
const LIFE_MS = 600_000

/** Tests WebSockets on this path, which only a browser behind the same proxies can do. */
const connectionProbeRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    '/api/security/connection/ticket',
    {
      config: { access: { permission: 'security.manage', account: true, scope: 'session' } },
      schema: {
        operationId: 'getConnectionTicket',
        tags: ['security'],
        summary: 'A ticket for one handshake of /ws/connection',
        response: { 200: TicketReplySchema }
      }
    },
    async (request) => {
      const ticket = await app.tickets.issue('connection', requireSession(request).sid)
      return { success: true as const, ticket, ttl_seconds: TICKET_TTL_S }
    }
  )
}

/** Echoes each message. */
export const connectionSocket: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/ws/connection',
    {
      websocket: true,
      exposeHeadRoute: false,
      config: {
        access: { ticket: 'connection', permission: 'security.manage' },
        sameOrigin: true,
        webSocket: { maxPayload: MAX_MESSAGE }
      }
    },
    (socket) => {
      const end = setTimeout(() => socket.close(1000, 'tried long enough'), LIFE_MS)
      socket.on('close', () => clearTimeout(end))
      socket.on('message', (data, binary) => {
        if (socket.bufferedAmount > MAX_UNREAD) socket.terminate()
        else socket.send(data, { binary })
      })
    }
  )
}
export default connectionProbeRoutes
