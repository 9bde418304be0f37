import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { AppError } from '../../lib/api/errors.ts'
import { hasPermission } from '../../lib/auth/authenticate.ts'
import { offersProtocol, TICKET_TTL_S } from '../../lib/auth/tickets.ts'
import { MAX_MESSAGE, TERMINAL_V1 } from '../../lib/terminal/limits.ts'
import { actorOf, requirePrincipal } from '../../plugins/server/caller.ts'
import { MessageReplySchema } from '../../schemas/foundation/answer.ts'
import { TicketReplySchema } from '../../schemas/security/connection.ts'
import { TerminalParamsSchema, TerminalQuerySchema, TerminalsReplySchema } from '../../schemas/terminal/terminal.ts'

const callerOf = (request: FastifyRequest) => {
  const principal = requirePrincipal(request)
  const { address, user: username } = actorOf(request)
  return { principal, session: principal.session, userId: principal.account?.id ?? 0, username, address }
}

/** Shells in the browser (docs/terminal-protocol.md). */
const terminalRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    '/api/terminal/ticket',
    {
      config: { access: { permission: ['terminal.open', 'terminal.watch'], account: 'terminal' } },
      schema: {
        operationId: 'getTerminalTicket',
        tags: ['terminal'],
        summary: 'A ticket for one handshake of /ws/terminal',
        response: { 200: TicketReplySchema }
      }
    },
    async (request) => {
      const ticket = await app.tickets.issue('terminal', requirePrincipal(request).session?.sid ?? null)
      return { success: true as const, ticket, ttl_seconds: TICKET_TTL_S }
    }
  )

  app.get(
    '/api/terminal/sessions',
    {
      config: { access: { permission: ['terminal.open', 'terminal.watch'], account: 'terminal' } },
      schema: {
        operationId: 'listTerminals',
        tags: ['terminal'],
        summary: 'The caller’s own terminals; with `terminal.watch` also other users’ terminals',
        response: { 200: TerminalsReplySchema }
      }
    },
    async (request) => ({ success: true as const, sessions: app.terminal.list(callerOf(request)) })
  )

  app.delete(
    '/api/terminal/sessions/:id',
    {
      config: { access: { permission: ['terminal.open', 'users.manage'], account: 'terminal' } },
      schema: {
        operationId: 'endTerminal',
        tags: ['terminal'],
        summary: 'End a terminal and every process in it',
        description:
          'The caller’s own terminals; with `users.manage` also terminals of users whom the caller may change.',
        params: TerminalParamsSchema,
        response: { 200: MessageReplySchema }
      }
    },
    async (request) => {
      const { account, permissions } = requirePrincipal(request)
      const holder = app.terminal.holderOf(request.params.id)
      const isOwn = holder?.userId === callerOf(request).userId
      const manages = account !== null && hasPermission({ permissions }, 'users.manage')
      const isTheirs = holder && manages && (await app.users.mayChange(account, holder.userId))
      if (!isOwn && !isTheirs) throw new AppError('NOT_FOUND', { message: 'there is no such terminal' })
      await app.terminal.end(request.params.id)
      return { success: true, message: 'terminal ended' } as const
    }
  )
}

export const terminalSocket: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/ws/terminal',
    {
      websocket: true,
      exposeHeadRoute: false,
      config: {
        access: { ticket: 'terminal', permission: ['terminal.open', 'terminal.watch'] },
        sameOrigin: true,
        unknownFields: 'drop',
        webSocket: { maxPayload: MAX_MESSAGE, protocol: TERMINAL_V1 }
      },
      schema: { querystring: TerminalQuerySchema },
      preHandler: async (request) => {
        const isText = !offersProtocol(request.headers['sec-websocket-protocol'], TERMINAL_V1)
        if (isText && !hasPermission(requirePrincipal(request), 'terminal.open')) {
          throw new AppError('PERMISSION', { message: 'this needs the permission terminal.open' })
        }
        await app.terminal.load()
      }
    },
    (socket, request) => app.terminal.serve(socket, socket.protocol, callerOf(request), request.query.target)
  )
}
export default terminalRoutes
