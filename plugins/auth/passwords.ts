import fp from 'fastify-plugin'
import { createPasswordChange, type PasswordChange } from '../../lib/auth/password-change.ts'
import { createPasswordPolicy, type PasswordPolicy } from '../../lib/auth/passwords/policy.ts'

declare module 'fastify' {
  interface FastifyInstance {
    passwords: {
      /** Why a new password is rejected, or null. */
      policy: PasswordPolicy
      change: PasswordChange
    }
  }
}

/** The rules for new passwords, and the change of the caller's own password. */
export default fp(
  async (app) => {
    const { authStore: store, sessions, passwordHasher: hasher } = app
    const { verify: verifyCredentials } = app.credentialCheck
    const policy = createPasswordPolicy()
    app.decorate('passwords', {
      policy,
      change: createPasswordChange({ store, sessions, hasher, policy, verifyCredentials })
    })
  },
  { name: 'passwords', dependencies: ['auth-store', 'sessions', 'password-hasher', 'credential-check'] }
)
