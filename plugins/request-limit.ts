import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { AppError } from '../lib/errors.ts'
import { countingKey } from '../lib/net/address.ts'
import { createRequestCounter } from '../lib/request-counter.ts'

export type LimitName = 'api' | 'login' | 'refresh' | 'token'

declare module 'fastify' {
  interface FastifyInstance {
    requestLimit: {
      /** Counts one request and says so in the reply's headers; the refusal when there were too many. */
      count(name: LimitName, request: FastifyRequest, reply: FastifyReply): AppError | undefined
    }
  }
  interface FastifyContextConfig {
    /** A stricter limit beside the one on all of /api. */
    limit?: 'login' | 'refresh'
    /** Static files are not counted: a page is many of them. */
    isStatic?: boolean
  }
}

const WINDOW_S = 60

export default fp(
  async (app) => {
    const { config, clock } = app
    // The headers are those of draft-ietf-httpapi-ratelimit-headers.
    const limit = (name: LimitName, max: number) => ({
      policy: `"${name}";q=${max};w=${WINDOW_S}`,
      count: createRequestCounter({ max, windowMs: WINDOW_S * 1000 })
    })
    const limits = {
      api: limit('api', config.rateLimit),
      login: limit('login', config.rateLimitLogin),
      refresh: limit('refresh', config.rateLimitRefresh),
      token: limit('token', config.rateLimitToken)
    }

    const count = (name: LimitName, request: FastifyRequest, reply: FastifyReply): AppError | undefined => {
      const { exceeded, remaining, resetSeconds } = limits[name].count(countingKey(request.clientIp), clock())
      reply.header('ratelimit-policy', limits[name].policy)
      reply.header('ratelimit', `"${name}";r=${remaining};t=${resetSeconds}`)
      return exceeded ? new AppError('RATE_LIMITED', { retryAfter: resetSeconds }) : undefined
    }
    app.decorate('requestLimit', { count })

    app.addHook('onRequest', (request, reply, done) => {
      const route = request.routeOptions.config
      if (route?.isStatic) return done()
      done(count('api', request, reply) ?? (route?.limit && count(route.limit, request, reply)))
    })
  },
  { name: 'request-limit', dependencies: ['config', 'clock', 'client-ip'] }
)
