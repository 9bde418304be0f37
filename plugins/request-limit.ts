import rateLimit from '@fastify/rate-limit'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { AppError } from '../lib/errors.ts'
import { countingKey } from '../lib/net/address.ts'

export type LimitName = 'api' | 'login' | 'refresh' | 'token'

declare module 'fastify' {
  interface FastifyInstance {
    requestLimit: {
      /** Counts one request; throws RATE_LIMITED when there were too many, and says so in the reply's headers. */
      count(name: LimitName, request: FastifyRequest, reply: FastifyReply): Promise<void>
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

// `global: true` would limit in a route-level hook, which runs after every hook added on the instance: the guard would
// answer first, and floods and unknown paths would not be limited.
export default fp(
  async (app) => {
    await app.register(rateLimit, { global: false, cache: 20_000 })
    const { config } = app
    const limits = {
      api: config.rateLimit,
      login: config.rateLimitLogin,
      refresh: config.rateLimitRefresh,
      token: config.rateLimitToken
    }
    const limiters = Object.fromEntries(
      Object.entries(limits).map(([name, max]) => [
        name,
        {
          // Headers of draft-ietf-httpapi-ratelimit-headers: the policy is constant, the rest is counted.
          policy: `"${name}";q=${max};w=${WINDOW_S}`,
          consume: app.createRateLimit({
            max,
            timeWindow: WINDOW_S * 1000,
            keyGenerator: (request) => countingKey(request.clientIp)
          })
        }
      ])
    ) as Record<LimitName, { policy: string; consume: ReturnType<typeof app.createRateLimit> }>

    const count = async (name: LimitName, request: FastifyRequest, reply: FastifyReply): Promise<void> => {
      const { policy, consume } = limiters[name]
      const limit = await consume(request)
      if (limit.isAllowed) return
      reply.header('ratelimit-policy', policy)
      reply.header('ratelimit', `"${name}";r=${limit.remaining};t=${limit.ttlInSeconds}`)
      if (limit.isExceeded) throw new AppError('RATE_LIMITED', { retryAfter: Math.max(1, limit.ttlInSeconds) })
    }
    app.decorate('requestLimit', { count })

    app.addHook('onRequest', async (request, reply) => {
      const route = request.routeOptions.config
      if (route?.isStatic) return
      await count('api', request, reply)
      if (route?.limit) await count(route.limit, request, reply)
    })
  },
  { name: 'request-limit', dependencies: ['config', 'client-ip'] }
)
