import fp from 'fastify-plugin'
import type { AccessStore } from '../../lib/storage/stores/access.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The only read of the request path. */
    access: AccessStore
  }
}

export default fp(
  async (app) => {
    app.decorate('access', app.stores.access)
  },
  { name: 'access', dependencies: ['stores'] }
)
