import type { onRequestHookHandler } from 'fastify'
import fp from 'fastify-plugin'
import { AppError } from '../../lib/api/errors.ts'
import type { Session } from '../../lib/storage/stores/sessions.ts'

declare module 'fastify' {
  interface FastifyInstance {
    stepUp: {
      /** Seconds a confirmation is good for. */
      ttl: number
      /** The session's user has just given their password, and their code, again. */
      confirm(session: Session): Promise<void>
    }
  }
}

const TTL_S = 300

/**
 * Routes that change who can do what say `stepUp: true` in their access, and want their user's password again within the
 * last 5 minutes (contract 6). A login alone does not count: a session left open is what this is against.
 */
export default fp(
  async (app) => {
    const gate: onRequestHookHandler = (request, _reply, done) => {
      const { session, account } = request.principal!
      const age = app.clock() - session!.confirmedAt
      if (age >= 0 && age < TTL_S * 1000) return done()
      done(
        new AppError('STEP_UP_REQUIRED', { needs: account!.totpSecret === null ? ['password'] : ['password', 'totp'] })
      )
    }
    // At the routes that ask for it, after all gates of every route.
    app.addHook('onRoute', (route) => {
      const access = route.config?.access
      if (typeof access !== 'object' || !access.stepUp) return
      if (!access.account) throw new Error(`route ${route.url} asks for a confirmation and must ask for an account`)
      route.onRequest = [gate, ...[route.onRequest ?? []].flat()]
    })
    app.decorate('stepUp', {
      ttl: TTL_S,
      confirm: ({ sid }) => app.sessions.confirm(sid, app.clock())
    })
  },
  { name: 'step-up', dependencies: ['auth-guard', 'clock', 'sessions'] }
)
