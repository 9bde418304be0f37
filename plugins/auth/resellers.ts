import fp from 'fastify-plugin'
import { createResellers, type Resellers } from '../../lib/auth/resellers.ts'

declare module 'fastify' {
  interface FastifyInstance {
    resellers: Resellers
  }
}

/** The resellers, whose state decides whether their users may log in. */
export default fp(
  async (app) => {
    app.decorate('resellers', createResellers({ store: app.authStore, sessions: app.sessions }))
  },
  { name: 'resellers', dependencies: ['auth-store', 'sessions'] }
)
