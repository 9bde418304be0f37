import fp from 'fastify-plugin'
import type { AuthStore } from '../../lib/storage/stores/auth.ts'

declare module 'fastify' {
  interface FastifyInstance {
    authStore: AuthStore
  }
}

export default fp(
  async (app) => {
    app.decorate('authStore', app.stores.auth)
  },
  { name: 'auth-store', dependencies: ['stores'] }
)
