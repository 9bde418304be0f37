import fp from 'fastify-plugin'
import { createCredentialCheck, type VerifyCredentials } from '../../lib/auth/credential-check.ts'
import { createPasswordCheck } from '../../lib/auth/passwords/check.ts'
import { createSecondFactor } from '../../lib/auth/second-factor.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Verifies password and code, at login and for reauthentication. */
    credentialCheck: { verify: VerifyCredentials }
  }
}

export default fp(
  async (app) => {
    const { authStore: store, sessions, passwordHasher: hasher, clock: now } = app
    const checkPassword = createPasswordCheck({
      store,
      sessions,
      hasher,
      onRehashFailed: (err) => app.log.error({ err }, 'a stronger password hash could not be stored')
    })
    const checkSecondFactor = createSecondFactor({ store, hasher, now })
    const { lockout, auditLog: audit } = app
    app.decorate('credentialCheck', {
      verify: createCredentialCheck({ lockout, checkPassword, checkSecondFactor, audit })
    })
  },
  {
    name: 'credential-check',
    dependencies: ['auth-store', 'sessions', 'password-hasher', 'clock', 'lockout', 'audit-log']
  }
)
