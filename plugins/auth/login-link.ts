import fp from 'fastify-plugin'
import { createLoginByLink, type LoginByLink } from '../../lib/auth/login-link.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Logs in by a link that the command line issued. */
    loginLink: LoginByLink
  }
}

export default fp(
  async (app) => {
    const { loginLinks: links } = app.stores
    const { open: openSession } = app.sessionIssuer
    app.decorate('loginLink', createLoginByLink({ links, store: app.authStore, openSession }))
  },
  { name: 'login-link', dependencies: ['auth-store', 'session-issuer', 'stores'] }
)
