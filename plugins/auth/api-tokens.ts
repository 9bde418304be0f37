import fp from 'fastify-plugin'
import { type ApiTokens, createApiTokens } from '../../lib/auth/api-tokens.ts'

declare module 'fastify' {
  interface FastifyInstance {
    apiTokens: ApiTokens
  }
}

/** Long-lived tokens for integrations. `auth-guard` verifies them, `token-uses` records their last use. */
export default fp(
  async (app) => {
    const { authStore: store, tokenUses: uses, clock: now } = app
    const { verify: verifyCredentials } = app.credentialCheck
    app.decorate('apiTokens', createApiTokens({ store, verifyCredentials, uses, sign: app.tokens.sign, now }))
  },
  { name: 'api-tokens', dependencies: ['auth-store', 'token-uses', 'clock', 'credential-check', 'tokens'] }
)
