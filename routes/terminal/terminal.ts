import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { AppError } from '../../lib/api/errors.ts'
import { hasPermission } from '../../lib/auth/authenticate.ts'
import { offersProtocol, TICKET_TTL_S } from '../../lib/auth/tickets.ts'
import { MAX_MESSAGE, TERMINAL_V1 } from '../../lib/terminal/limits.ts'
import { MessageReplySchema } from '../../schemas/foundation/answer.ts'
import { TicketReplySchema } from '../../schemas/security/connection.ts'
import { TerminalParamsSchema, TerminalQuerySchema, TerminalsReplySchema } from '../../schemas/terminal/terminal.ts'

const callerOf = ({ principal, clientIp }: FastifyRequest) => {
  const { account, session } = principal!
  return { session, userId: account?.id ?? 0, username: account?.username ?? '', address: clientIp }
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
      const ticket = await app.tickets.issue('terminal', request.principal!.session?.sid ?? null)
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
        summary: 'The caller’s own terminals; with `terminal.watch` those of others too',
        response: { 200: TerminalsReplySchema }
      }
    },
    async (request) => ({ success: true as const, sessions: app.terminals.list(callerOf(request)) })
  )

  app.delete(
    '/api/terminal/sessions/:id',
    {
      config: { access: { permission: ['terminal.open', 'users.manage'], account: 'terminal' } },
      schema: {
        operationId: 'endTerminal',
        tags: ['terminal'],
        summary: 'End a terminal and every process in it',
        description: 'One’s own; with `users.manage` also those of users whom one may change.',
        params: TerminalParamsSchema,
        response: { 200: MessageReplySchema }
      }
    },
    async (request) => {
      const { account, permissions } = request.principal!
      const holder = app.terminals.holderOf(request.params.id)
      const isOwn = holder?.userId === callerOf(request).userId
      const manages = account !== null && hasPermission({ permissions }, 'users.manage')
      const isTheirs = holder && manages && (await app.accounts.users.mayChange(account, holder.userId))
      if (!isOwn && !isTheirs) throw new AppError('NOT_FOUND', { message: 'there is no such terminal' })
      await app.terminals.end(request.params.id)
      return { success: true, message: 'terminal ended' } as const
    }
  )
}

export const terminalSocket: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/ws/terminal',
    {
      websocket: true,
      config: {
        access: 'open',
        sameOrigin: true,
        unknownFields: 'drop',
        ticket: { purpose: 'terminal', permission: ['terminal.open', 'terminal.watch'] },
        webSocket: { maxPayload: MAX_MESSAGE, protocol: TERMINAL_V1 }
      },
      schema: { querystring: TerminalQuerySchema },
      preHandler: async (request) => {
        const isText = !offersProtocol(request.headers['sec-websocket-protocol'], TERMINAL_V1)
        if (isText && !hasPermission(request.principal!, 'terminal.open')) {
          throw new AppError('PERMISSION', { message: 'this needs the permission terminal.open' })
        }
        await app.terminals.load()
      }
    },
    (socket, request) => app.terminals.serve(socket, socket.protocol, callerOf(request), request.query.target)
  )
}
export default terminalRoutes
