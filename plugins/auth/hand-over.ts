import fp from 'fastify-plugin'
import { AppError } from '../../lib/api/errors.ts'
import { createHandOver, type HandOver } from '../../lib/auth/hand-over.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Takes sessions along to other hosts of the panel. On a single host it throws 404. */
    handOver(): HandOver
  }
}

export default fp(
  async (app) => {
    const { authStore: store, sessions, clock: now } = app
    const { handOvers: secrets } = app.stores
    const { issue } = app.sessionIssuer
    const handOver = secrets && createHandOver({ secrets, store, sessions, issue, now })
    app.decorate('handOver', () => {
      if (handOver === null) throw new AppError('NOT_FOUND', { message: 'this host belongs to no panel' })
      return handOver
    })
  },
  { name: 'hand-over', dependencies: ['auth-store', 'clock', 'session-issuer', 'sessions', 'stores'] }
)
