import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { createTurns, type WaitForTurn } from '../../auth/lockout.ts'
import { HasherBusyError } from '../../auth/passwords/hasher.ts'
import { hashUsername } from './lockout-records.ts'
import { keyOf, useRedis } from './redis.ts'

export interface LeaseOptions {
  redis: Redis
  /** The tenant of the present request. */
  tenant: () => number
  /** How long the attempt of a killed replica blocks the next one, ms. */
  leaseMs?: number
}

/** Renewed three times in it. A user who logs in again after a replica was killed waits for its rest. */
const LEASE_MS = 5000
/** How long an attempt waits for those of other replicas, in leases. */
const PATIENCE = 3
/** The longest pause between two tries, ms. */
const PAUSE_MS = 25

const RENEW = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0`
const RELEASE = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`

/**
 * The order of attempts in all replicas: within a replica by a queue, whose first holds a lease in Redis. So each replica
 * asks for one lease per user and network at most. The lease is renewed while the attempt runs, and expires by itself
 * with a killed replica.
 */
export function createAttemptTurns({ redis, tenant, leaseMs = LEASE_MS }: LeaseOptions): WaitForTurn {
  const waitInReplica = createTurns()

  const acquire = async (key: string, token: string): Promise<void> => {
    const deadline = performance.now() + PATIENCE * leaseMs
    while ((await useRedis(redis, () => redis.set(key, token, 'PX', leaseMs, 'NX'))) === null) {
      if (performance.now() > deadline) throw new HasherBusyError('too many attempts of this user at once')
      // At random, so that no replica always comes second.
      await sleep(Math.random() * PAUSE_MS)
    }
  }

  return async (username, network) => {
    const of = tenant()
    const done = await waitInReplica(`${of} ${username}`, network)
    const key = keyOf(of, 'attempt', `${hashUsername(username)}:${network}`)
    const token = randomBytes(9).toString('base64url')
    try {
      await acquire(key, token)
    } catch (error) {
      done()
      throw error
    }
    const renewal = setInterval(() => {
      // A lease that cannot be renewed expires; then the next failure of Redis is reported by the attempt itself.
      redis.eval(RENEW, 1, key, token, leaseMs).catch(() => {})
    }, leaseMs / 3).unref()
    return () => {
      clearInterval(renewal)
      // If it fails, the lease expires. A later command on this connection runs after it.
      redis.eval(RELEASE, 1, key, token).catch(() => {})
      done()
    }
  }
}
