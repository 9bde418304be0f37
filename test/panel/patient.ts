import { poolOptions } from '../../lib/storage/panel/database.ts'
import { redisOptions } from '../../lib/storage/panel/redis.ts'

/** On a busy machine fifty changes at once take longer than a replica waits; a test of what they do waits for them. */
const PATIENCE_MS = 60_000

/** The options of a replica's pool, but for its time limits. */
export const patientPool = (url: string) => ({
  ...poolOptions(url),
  connectionTimeoutMillis: PATIENCE_MS,
  statement_timeout: PATIENCE_MS,
  lock_timeout: PATIENCE_MS,
  idle_in_transaction_session_timeout: PATIENCE_MS,
  query_timeout: PATIENCE_MS
})

/** The options of a replica's Redis client, but for its time limits. */
export const patientRedis = {
  ...redisOptions,
  connectTimeout: PATIENCE_MS,
  commandTimeout: PATIENCE_MS,
  socketTimeout: PATIENCE_MS
}
