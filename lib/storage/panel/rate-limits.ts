import type { Redis } from 'ioredis'

/**
 * The options of @fastify/rate-limit that make it count in Redis. Not by tenant: the limits come before the tenant is
 * known. The package's Redis store has one key space for all limits of `createRateLimit`, so each key generator must
 * start with the name of its limit.
 */
export const rateLimitOptions = (redis: Redis) => ({ redis, nameSpace: 'monitor:limit:' })
