import fp from 'fastify-plugin'
import { hasPermission, presentPrincipal } from '../lib/authenticate.ts'
import { AppError } from '../lib/errors.ts'
import { createTickets, readTicket, type TicketPurpose, type Tickets } from '../lib/tickets.ts'
import type { Permission } from '../schemas/permission.ts'

declare module 'fastify' {
  interface FastifyInstance {
    tickets: Pick<Tickets, 'issue'>
  }
  interface FastifyContextConfig {
    /** A WebSocket, whose handshake brings a ticket of this purpose; its user must have (one of) the permission still. */
    ticket?: { purpose: TicketPurpose; permission: Permission | readonly Permission[] }
  }
}

/** The last gate: WebSocket handshakes, refused by their HTTP status before anything is opened. */
export default fp(
  async (app) => {
    const tickets = createTickets(app.clock)
    app.decorate('tickets', { issue: tickets.issue })

    app.addHook('onRequest', (request, _reply, done) => {
      const wanted = request.routeOptions.config?.ticket
      if (!wanted) return done()
      const { upgrade, 'sec-websocket-protocol': protocols } = request.headers
      if (upgrade?.toLowerCase() !== 'websocket') {
        return done(new AppError('VALIDATION', { message: 'this address is for WebSockets' }))
      }
      const ticket = readTicket(protocols, request.query)
      if (ticket === null) return done(new AppError('TOKEN_MISSING', { message: 'missing ticket' }))
      const found = tickets.redeem(ticket, wanted.purpose)
      const auth = app.authStore.snapshot()
      const principal = found && presentPrincipal(found.session, auth, app.sessions, app.clock())
      if (principal === null) return done(new AppError('TOKEN_INVALID', { message: 'invalid ticket' }))
      if (!hasPermission(principal, wanted.permission)) {
        return done(
          new AppError('PERMISSION', {
            message: `this needs the permission ${[wanted.permission].flat().join(' or ')}`
          })
        )
      }
      request.authGuard = principal
      done()
    })
  },
  { name: 'tickets', dependencies: ['clock', 'sessions', 'auth-store', 'auth-guard'] }
)
