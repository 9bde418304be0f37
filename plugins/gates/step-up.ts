import type { onRequestHookHandler } from 'fastify'
import fp from 'fastify-plugin'
import { AppError } from '../../lib/api/errors.ts'
import type { Session } from '../../lib/storage/stores/sessions.ts'
import { requireAccount, requireSession } from '../server/caller.ts'

declare module 'fastify' {
  interface FastifyInstance {
    stepUp: {
      /** Seconds until a confirmation expires. */
      ttl: number
      /** Records that the session's user has just reauthenticated. */
      reauthenticate(session: Session): Promise<void>
    }
  }
  interface FastifyContextConfig {
    /** Requires reauthentication within the last 5 minutes. `access` must require a session with an account. */
    stepUp?: boolean
  }
}

const TTL_S = 300

/**
 * Routes that change access declare `stepUp: true`: their user must have reauthenticated within the last 5 minutes
 * (contract 6). A login does not count, because a session may be left open.
 */
export default fp(
  async (app) => {
    const stepUp: onRequestHookHandler = (request, _reply, done) => {
      const { totpSecret } = requireAccount(request)
      const age = app.clock() - requireSession(request).confirmedAt
      if (age >= 0 && age < TTL_S * 1000) return done()
      done(new AppError('STEP_UP_REQUIRED', { needs: totpSecret === null ? ['password'] : ['password', 'totp'] }))
    }
    // A hook of these routes, after all gates.
    app.addHook('onRoute', (route) => {
      const { requirement, stepUp: isAsked } = route.config ?? {}
      if (!isAsked) return
      if (requirement?.scope !== 'session' || requirement.account !== true)
        throw new Error(`route ${route.method} ${route.url} asks for stepUp and must ask for an account's session`)
      route.onRequest = [stepUp, ...[route.onRequest ?? []].flat()]
    })
    app.decorate('stepUp', {
      ttl: TTL_S,
      reauthenticate: ({ sid }) => app.sessions.confirm(sid, app.clock())
    })
  },
  { name: 'step-up', dependencies: ['auth-guard', 'clock', 'sessions'] }
)
