import { randomBytes } from 'node:crypto'
import { startPostgresql } from '../test/support/postgresql.ts'
import { startRedis } from '../test/support/redis.ts'

export const DOMAIN = 'panel.example.com'

/** Runs `work` with a PostgreSQL and a Redis of its own, and the environment of a replica. */
export async function withPanel<T>(
  work: (panel: { env: Record<string, string>; sql: (text: string) => Promise<void>; key: Buffer }) => Promise<T>
): Promise<T> {
  const ends: (() => unknown)[] = []
  const life = { teardown: (end: () => unknown) => void ends.push(end) }
  try {
    // With fsync, as an operator's server has it.
    const postgresql = await startPostgresql(life, ['fsync=on', 'shared_buffers=512MB', 'max_wal_size=4GB'])
    const redis = await startRedis(life)
    const databaseUrl = await postgresql.createDatabase()
    const key = randomBytes(32)
    const env = {
      MONITOR_DATABASE_URL: databaseUrl,
      MONITOR_REDIS_URL: redis.url(0),
      MONITOR_ENCRYPTION_KEY: key.toString('base64'),
      MONITOR_SAAS_DOMAIN: DOMAIN
    }
    const database = new URL(databaseUrl).pathname.slice(1)
    return await work({ env, sql: (text) => postgresql.asSuperuser(text, database), key })
  } finally {
    for (const end of ends.reverse()) await end()
  }
}
