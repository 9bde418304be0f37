import { Redis, type RedisOptions } from 'ioredis'
import { StoreUnavailableError } from './unavailable.ts'

/** Milliseconds after which a command is given up. */
const TIMEOUT_MS = 2000
/** The longest pause between two tries to connect, ms. */
const MAX_RETRY_MS = 1000

/**
 * The options of the client: a command fails at once while there is no connection, and never waits for ever. A connection
 * without an answer is given up: commands that come later would wait behind the ones that time out, each request for
 * several of them.
 */
export const redisOptions: RedisOptions = {
  lazyConnect: true,
  connectTimeout: TIMEOUT_MS,
  commandTimeout: TIMEOUT_MS,
  socketTimeout: TIMEOUT_MS,
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  enableAutoPipelining: true,
  retryStrategy: (times) => Math.min(50 * times, MAX_RETRY_MS),
  // A server that lost its role keeps the connection; its name may lead to the new one.
  reconnectOnError: ({ message }) => message.startsWith('READONLY'),
  connectionName: 'proxmenux-monitor',
  // Spares a right that deploy/panel/redis.acl would have to give, and that Redis 7.0 does not know.
  disableClientInfo: true
}

/** Prefix of all keys, so that a panel can share a Redis. */
export const keyOf = (tenant: number, kind: string, id?: string): string =>
  id === undefined ? `monitor:${tenant}:${kind}` : `monitor:${tenant}:${kind}:${id}`

/** Runs commands. Throws StoreUnavailableError where Redis does not answer, is full, or refuses to write. */
export async function useRedis<T>(redis: Redis, work: (redis: Redis) => Promise<T>): Promise<T> {
  try {
    return await work(redis)
  } catch (error) {
    throw error instanceof StoreUnavailableError ? error : new StoreUnavailableError('Redis', error)
  }
}

/**
 * Connects to Redis. The client connects again by itself; `onTrouble` gets each loss of the connection once, and null when
 * it is back. Throws StoreUnavailableError.
 */
export async function connectRedis(url: string, onTrouble: (error: Error | null) => void): Promise<Redis> {
  const redis = new Redis(url, redisOptions)
  let isLost = false
  let last: Error | undefined
  // Without a listener ioredis prints each failed try to standard error.
  redis.on('error', (error: Error) => {
    if (!isLost) onTrouble(error)
    isLost = true
    last = error
  })
  redis.on('ready', () => {
    if (isLost) onTrouble(null)
    isLost = false
  })
  await useRedis(redis, () => redis.connect()).catch((error: unknown) => {
    redis.disconnect()
    // connect() itself only says that the connection is closed.
    throw last === undefined ? error : new StoreUnavailableError('Redis', last)
  })
  return redis
}
