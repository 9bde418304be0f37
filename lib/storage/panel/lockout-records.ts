import { createHash } from 'node:crypto'
import type { Redis } from 'ioredis'
import { endOfRecord } from '../../auth/lockout.ts'
import type { LockoutRecord, LockoutRecords } from '../stores/lockouts.ts'
import { keyOf, useRedis } from './redis.ts'

export interface LockoutRecordOptions {
  redis: Redis
  /** The tenant of the present request. */
  tenant: () => number
  now: () => number
}

/** User names may hold anything, of any length. */
export const hashUsername = (username: string): string => createHash('sha256').update(username).digest('base64url')

/**
 * Replaces the record KEYS[1] if it still is ARGV[1] (empty for none) by ARGV[2] (empty to delete it) for ARGV[3] ms, and
 * keeps the network ARGV[4] in the user's index KEYS[2], which is ordered by the ends of the records.
 */
const REPLACE = `
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
if ARGV[2] == '' then
  redis.call('DEL', KEYS[1])
  redis.call('ZREM', KEYS[2], ARGV[4])
else
  local keep = tonumber(ARGV[3])
  redis.call('SET', KEYS[1], ARGV[2], 'PX', keep)
  redis.call('ZADD', KEYS[2], now + keep, ARGV[4])
  if redis.call('PTTL', KEYS[2]) < keep then redis.call('PEXPIRE', KEYS[2], keep) end
end
return 1`

/**
 * Deletes the records of the user's index KEYS[1], whose keys start with ARGV[1]: all, or that of the network ARGV[2].
 * Returns their number.
 */
const FORGET = `
local count = 0
for _, network in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  if ARGV[2] == '' or ARGV[2] == network then
    count = count + redis.call('DEL', ARGV[1] .. network)
    redis.call('ZREM', KEYS[1], network)
  end
end
return count`

/** The records of failed attempts in Redis. They expire once they no longer matter. */
export function createLockoutRecords({ redis, tenant, now }: LockoutRecordOptions): LockoutRecords {
  const keysOf = (username: string) => {
    const name = hashUsername(username)
    return { records: keyOf(tenant(), 'lockout', `${name}:`), index: keyOf(tenant(), 'lockouts', name) }
  }

  return {
    async update(username, network, change) {
      const { records, index } = keysOf(username)
      const key = records + network
      for (;;) {
        const before = await useRedis(redis, () => redis.get(key))
        const none: LockoutRecord = { failures: [], lockedAt: 0, lockedUntil: 0 }
        const known = before === null ? none : (JSON.parse(before) as LockoutRecord)
        const { record, result } = change(known)
        if (record === known) return result
        const after = record === null ? '' : JSON.stringify(record)
        const keepMs = record === null ? 0 : Math.max(1, endOfRecord(record) - now())
        const replaced = await useRedis(redis, () =>
          redis.eval(REPLACE, 2, key, index, before ?? '', after, keepMs, network)
        )
        // Otherwise an unlock, or an attempt whose lease had run out, came in between.
        if (replaced === 1) return result
      }
    },

    async forget(username, network = '') {
      const { records, index } = keysOf(username)
      return (await useRedis(redis, () => redis.eval(FORGET, 1, index, records, network))) as number
    },

    // They expire by themselves.
    removeOld: async () => {}
  }
}
