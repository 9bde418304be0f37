import fp from 'fastify-plugin'
import { createLogin, type Login } from '../../lib/auth/login.ts'

declare module 'fastify' {
  interface FastifyInstance {
    login: Login
  }
}

export default fp(
  async (app) => {
    const { authStore: store } = app
    const { open: openSession } = app.sessionIssuer
    const { verify: verifyCredentials } = app.credentialCheck
    app.decorate('login', createLogin({ store, verifyCredentials, openSession }))
  },
  { name: 'login', dependencies: ['auth-store', 'session-issuer', 'credential-check'] }
)
