import rateLimit from '@fastify/rate-limit'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { AppError } from '../../lib/api/errors.ts'
import { countingKey } from '../../lib/net/address.ts'
import { StoreUnavailableError } from '../../lib/storage/panel/unavailable.ts'

export type LimitName = 'api' | 'login' | 'refresh' | 'token'

declare module 'fastify' {
  interface FastifyInstance {
    requestLimit: {
      /** Counts one request and sets the reply's headers; returns the refusal if the limit is exceeded. */
      count(name: LimitName, request: FastifyRequest, reply: FastifyReply): Promise<AppError | undefined>
    }
  }
  interface FastifyContextConfig {
    /** A stricter limit in addition to the limit of /api. */
    limit?: 'login' | 'refresh'
    /** The route verifies a password or code: it has the login limit, and answers 503 while the hash queue is full. */
    checksPassword?: boolean
    /** Static files are not counted: a page loads many. */
    isStatic?: boolean
  }
}

const WINDOW_S = 60

export default fp(
  async (app) => {
    const { config } = app
    // Not global: the plugin's hooks run per route, so the guard would run first and unknown paths would have no limit.
    await app.register(rateLimit, {
      global: false,
      timeWindow: WINDOW_S * 1000,
      ...app.stores.rateLimits
    })
    const limit = (name: LimitName, max: number) => ({
      max,
      check: app.createRateLimit({ max, keyGenerator: (request) => `${name} ${countingKey(request.clientIp)}` })
    })
    const limits = {
      api: limit('api', config.rateLimit),
      login: limit('login', config.rateLimitLogin),
      refresh: limit('refresh', config.rateLimitRefresh),
      token: limit('token', config.rateLimitToken)
    }

    const count = async (name: LimitName, request: FastifyRequest, reply: FastifyReply) => {
      const { max, check } = limits[name]
      let counted: Awaited<ReturnType<typeof check>>
      try {
        counted = await check(request)
      } catch (error) {
        throw new StoreUnavailableError('Redis', error)
      }
      // Never true: no allow-list is configured.
      if (counted.isAllowed) return undefined
      const { isExceeded, remaining, ttlInSeconds } = counted
      // draft-ietf-httpapi-ratelimit-headers; the plugin supports only an older draft.
      reply.header('ratelimit-policy', `"${name}";q=${max};w=${WINDOW_S}`)
      reply.header('ratelimit', `"${name}";r=${remaining};t=${ttlInSeconds}`)
      return isExceeded ? new AppError('RATE_LIMITED', { retryAfter: ttlInSeconds }) : undefined
    }
    app.decorate('requestLimit', { count })

    app.addHook('onRequest', async function requestLimit(request, reply) {
      const route = request.routeOptions.config
      if (route?.isStatic) return
      const own = route?.checksPassword ? 'login' : route?.limit
      try {
        const refusal = (await count('api', request, reply)) ?? (own && (await count(own, request, reply)))
        if (refusal) throw refusal
      } catch (error) {
        // The few routes that answer without the store read nothing from it.
        if (!(error instanceof StoreUnavailableError && route?.survivesBrokenStore)) throw error
      }
    })
  },
  { name: 'request-limit', dependencies: ['config', 'stores', 'client-ip'] }
)
