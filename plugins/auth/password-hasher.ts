import type { onRequestHookHandler } from 'fastify'
import fp from 'fastify-plugin'
import { createHasher, type Hasher, HasherBusyError, type HasherOptions } from '../../lib/auth/passwords/hasher.ts'

declare module 'fastify' {
  interface FastifyInstance {
    passwordHasher: Hasher
  }
}

export interface PasswordHasherOptions {
  hasher?: HasherOptions
}

/** The bounded queue for hashing passwords and backup codes. */
export default fp<PasswordHasherOptions>(
  async (app, options) => {
    const hasher = createHasher(options.hasher)
    app.decorate('passwordHasher', hasher)
    // Rejects before the body is read.
    const hashQueue: onRequestHookHandler = (_request, _reply, done) =>
      done(hasher.isBusy() ? new HasherBusyError() : undefined)
    app.addHook('onRoute', (route) => {
      if (route.config?.checksPassword) route.onRequest = [route.onRequest ?? [], hashQueue].flat()
    })
    app.addHook('onClose', () => hasher.close())
  },
  { name: 'password-hasher' }
)
