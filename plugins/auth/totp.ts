import fp from 'fastify-plugin'
import { createReauthentication } from '../../lib/auth/confirmation.ts'
import { createEnrolment, type Enrolment } from '../../lib/auth/enrolment.ts'
import { createSecondFactorChange, type SecondFactorChange } from '../../lib/auth/second-factor-change.ts'

declare module 'fastify' {
  interface FastifyInstance {
    totp: Enrolment & SecondFactorChange
  }
}

/** Two-factor authentication of the caller's own account. `credential-check` verifies its codes. */
export default fp(
  async (app) => {
    const { authStore: store, sessions, passwordHasher: hasher, clock: now } = app
    const { verify: verifyCredentials } = app.credentialCheck
    const reauthenticate = createReauthentication(verifyCredentials, now)
    app.decorate('totp', {
      ...createEnrolment({ store, sessions, hasher, verifyCredentials, reauthenticate, now }),
      ...createSecondFactorChange({ store, sessions, hasher, verifyCredentials, reauthenticate })
    })
  },
  { name: 'totp', dependencies: ['auth-store', 'sessions', 'password-hasher', 'clock', 'credential-check'] }
)
