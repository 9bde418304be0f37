import fp from 'fastify-plugin'
import { createSessionIssuer, type SessionIssuer } from '../../lib/auth/login.ts'
import {
  createRefresh,
  createRefreshEnd,
  createRefreshHolder,
  type Refresh,
  type RefreshHolder
} from '../../lib/auth/refresh.ts'

declare module 'fastify' {
  interface FastifyInstance {
    sessionIssuer: SessionIssuer & {
      refresh: Refresh
      holderOf: RefreshHolder
      /** Ends the session of a refresh token if it is this user's. False for an unknown token. */
      endByRefresh: ReturnType<typeof createRefreshEnd>
    }
  }
}

/** Opens sessions, signs their tokens and rotates their refresh tokens. */
export default fp(
  async (app) => {
    const { authStore: store, sessions, clock: now } = app
    const { sessionTtl: ttl, refreshTtl } = app.config
    app.decorate('sessionIssuer', {
      ...createSessionIssuer({ store, sessions, now, sign: app.tokens.sign, ttl, refreshTtl }),
      refresh: createRefresh({ store, sessions, now, ttl: refreshTtl }),
      holderOf: createRefreshHolder({ store, sessions, now }),
      endByRefresh: createRefreshEnd({ sessions, now })
    })
  },
  { name: 'session-issuer', dependencies: ['config', 'auth-store', 'sessions', 'clock', 'tokens'] }
)
