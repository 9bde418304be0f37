import fp from 'fastify-plugin'
import { createHandOver, type HandOver } from '../../lib/auth/hand-over.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Takes sessions along to other hosts of the panel; null on a single host. */
    handOver: HandOver | null
  }
}

export default fp(
  async (app) => {
    const { authStore: store, sessions, clock: now } = app
    const { handOvers: secrets } = app.stores
    const { issue } = app.sessionIssuer
    app.decorate('handOver', secrets && createHandOver({ secrets, store, sessions, issue, now }))
  },
  { name: 'hand-over', dependencies: ['auth-store', 'clock', 'session-issuer', 'sessions', 'stores'] }
)
