import { createHash, randomBytes } from 'node:crypto'
import type { Redis } from 'ioredis'
import { keyOf, useRedis } from './redis.ts'

export interface SingleUseOptions {
  redis: Redis
  /** The tenant of the present request. */
  tenant: () => number
}

/** Secrets of one kind that are used once: 32 random bytes, base64url. Redis has their hash only: a copy opens nothing. */
export function createSingleUse({ redis, tenant }: SingleUseOptions, kind: string) {
  const key = (secret: string): string => keyOf(tenant(), kind, createHash('sha256').update(secret).digest('base64url'))

  return {
    /** A new secret for a value, valid for `ttlMs`. */
    async issue(value: string, ttlMs: number): Promise<string> {
      const secret = randomBytes(32).toString('base64url')
      await useRedis(redis, () => redis.set(key(secret), value, 'PX', ttlMs))
      return secret
    },
    /** Atomic: the value of an unused secret, or null. The secret is used up. */
    redeem: (secret: string): Promise<string | null> => useRedis(redis, () => redis.getdel(key(secret)))
  }
}
