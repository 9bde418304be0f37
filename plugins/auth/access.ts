import fp from 'fastify-plugin'
import { createHostAccess, type HostAccess } from '../../lib/storage/host-access.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The only read of the request path. */
    access: HostAccess
  }
}

export default fp(
  async (app) => {
    app.decorate('access', createHostAccess(app.authStore, app.sessions))
  },
  { name: 'access', dependencies: ['auth-store', 'sessions'] }
)
