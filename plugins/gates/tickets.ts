import type { onRequestHookHandler } from 'fastify'
import fp from 'fastify-plugin'
import { AppError } from '../../lib/api/errors.ts'
import type { Access } from '../../lib/auth/access.ts'
import { hasPermission, presentPrincipal } from '../../lib/auth/authenticate.ts'
import { createTickets, readTicket, type Tickets } from '../../lib/auth/tickets.ts'

declare module 'fastify' {
  interface FastifyInstance {
    tickets: Pick<Tickets, 'issue'>
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

    const gateOf = ({ ticket: purpose, permission }: Extract<Access, { ticket: unknown }>): onRequestHookHandler =>
      function ticket(request, _reply, done) {
        const { upgrade, 'sec-websocket-protocol': protocols } = request.headers
        if (upgrade?.toLowerCase() !== 'websocket') {
          return done(new AppError('VALIDATION', { message: 'this address is for WebSockets' }))
        }
        const sent = readTicket(protocols, request.query)
        if (sent === null) return done(new AppError('TOKEN_MISSING', { message: 'missing ticket' }))
        const found = tickets.redeem(sent, purpose)
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
      const access = route.config?.access
      if (typeof access !== 'object' || !('ticket' in access)) return
      route.onRequest = [gateOf(access), ...[route.onRequest ?? []].flat()]
    })
  },
  { name: 'tickets', dependencies: ['clock', 'sessions', 'auth-store', 'auth-guard'] }
)
