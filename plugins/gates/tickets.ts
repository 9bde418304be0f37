import type { FastifyContextConfig, onRequestHookHandler } from 'fastify'
import fp from 'fastify-plugin'
import { AppError } from '../../lib/api/errors.ts'
import { hasPermission, presentPrincipal } from '../../lib/auth/authenticate.ts'
import { createTickets, readTicket, type TicketPurpose, type Tickets } from '../../lib/auth/tickets.ts'
import type { Permission } from '../../schemas/auth/permission.ts'

declare module 'fastify' {
  interface FastifyInstance {
    tickets: Pick<Tickets, 'issue'>
  }
  interface FastifyContextConfig {
    /** A WebSocket, whose handshake brings a ticket of this purpose; its user must have (one of) the permission still. */
    ticket?: { purpose: TicketPurpose; permission: Permission | readonly Permission[] }
  }
}

export interface TicketsOptions {
  /** Milliseconds of a clock that nobody sets. */
  monotonicNow?: () => number
}

/** The last gate: WebSocket handshakes, refused by their HTTP status before anything is opened. */
export default fp<TicketsOptions>(
  async (app, { monotonicNow = performance.now.bind(performance) }) => {
    const tickets = createTickets(monotonicNow)
    app.decorate('tickets', { issue: tickets.issue })

    const gateOf =
      ({ purpose, permission }: NonNullable<FastifyContextConfig['ticket']>): onRequestHookHandler =>
      (request, _reply, done) => {
        const { upgrade, 'sec-websocket-protocol': protocols } = request.headers
        if (upgrade?.toLowerCase() !== 'websocket') {
          return done(new AppError('VALIDATION', { message: 'this address is for WebSockets' }))
        }
        const ticket = readTicket(protocols, request.query)
        if (ticket === null) return done(new AppError('TOKEN_MISSING', { message: 'missing ticket' }))
        const found = tickets.redeem(ticket, purpose)
        const auth = app.authStore.snapshot()
        const principal = found && presentPrincipal(found.session, auth, app.sessions, app.clock(), purpose)
        if (principal === null) return done(new AppError('TOKEN_INVALID', { message: 'invalid ticket' }))
        if (!hasPermission(principal, permission)) {
          return done(
            new AppError('PERMISSION', { message: `this needs the permission ${[permission].flat().join(' or ')}` })
          )
        }
        request.principal = principal
        done()
      }
    // At the routes that ask for one, after all gates of every route.
    app.addHook('onRoute', (route) => {
      const ticket = route.config?.ticket
      if (ticket) route.onRequest = [gateOf(ticket), ...[route.onRequest ?? []].flat()]
    })
  },
  { name: 'tickets', dependencies: ['clock', 'sessions', 'auth-store', 'auth-guard'] }
)
