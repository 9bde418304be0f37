import type { onRequestHookHandler } from 'fastify'
import fp from 'fastify-plugin'
import { CONFIRMATION_S, isConfirmed, stepUpRefusal } from '../../lib/auth/confirmation.ts'
import { toHttpError } from '../../lib/auth/credential-check.ts'
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
    /** Requires a confirmation within the last 5 minutes. `access` must require a session with an account. */
    stepUp?: boolean
  }
}

/**
 * Routes that change access declare `stepUp: true`: their user must have confirmed with their password within the last 5
 * minutes (contract 6). A login counts as a confirmation; a refresh does not, because a session may be left open.
 */
export default fp(
  async (app) => {
    const stepUp: onRequestHookHandler = (request, _reply, done) => {
      const { totpSecret } = requireAccount(request)
      if (isConfirmed(requireSession(request), app.clock())) return done()
      done(toHttpError(stepUpRefusal(totpSecret !== null)))
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
      ttl: CONFIRMATION_S,
      reauthenticate: ({ sid }) => app.sessions.confirm(sid, app.clock())
    })
  },
  { name: 'step-up', dependencies: ['auth-guard', 'clock', 'sessions'] }
)
