import type { onRequestAsyncHookHandler } from 'fastify'
import fp from 'fastify-plugin'
import { AppError } from '../../lib/api/errors.ts'
import type { Access } from '../../lib/auth/access.ts'
import { hasPermission, presentPrincipal } from '../../lib/auth/authenticate.ts'
import { readTicket } from '../../lib/auth/tickets.ts'
import type { TicketPurpose, TicketStore } from '../../lib/storage/stores/tickets.ts'

declare module 'fastify' {
  interface FastifyInstance {
    tickets: Pick<TicketStore, 'issue'>
  }
}

/** The last gate: checks the ticket of a WebSocket handshake, and refuses it with an HTTP status. */
export default fp(
  async (app) => {
    const { tickets } = app.stores
    app.decorate('tickets', { issue: tickets.issue })

    const gateOf = ({ ticket: purpose, permission }: Extract<Access, { ticket: unknown }>): onRequestAsyncHookHandler =>
      async function ticket(request) {
        const { upgrade, 'sec-websocket-protocol': protocols } = request.headers
        if (upgrade?.toLowerCase() !== 'websocket')
          throw new AppError('VALIDATION', { message: 'this address is for WebSockets' })
        const sent = readTicket(protocols, request.query)
        if (sent === null) throw new AppError('TOKEN_MISSING', { message: 'missing ticket' })
        const found = await tickets.redeem(sent, purpose)
        const principal = found && (await principalOf(found.sid, purpose))
        if (principal === null) throw new AppError('TOKEN_INVALID', { message: 'invalid ticket' })
        if (!hasPermission(principal, permission))
          throw new AppError('PERMISSION', { message: `this needs the permission ${[permission].flat().join(' or ')}` })
        request.principal = principal
      }
    const principalOf = async (sid: string | null, purpose: TicketPurpose) =>
      presentPrincipal(sid, await app.access.read({ ...(sid === null ? {} : { sid }), now: app.clock() }), purpose)
    // A hook of the routes with a ticket, after all gates.
    app.addHook('onRoute', (route) => {
      const access = route.config?.access
      if (typeof access !== 'object' || !('ticket' in access)) return
      route.onRequest = [gateOf(access), ...[route.onRequest ?? []].flat()]
    })
  },
  { name: 'tickets', dependencies: ['access', 'auth-guard', 'clock', 'stores'] }
)
