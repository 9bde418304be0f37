import fp from 'fastify-plugin'
import type { Redis } from 'ioredis'
import type { Pool } from 'pg'

declare module 'fastify' {
  interface FastifyInstance {
    /** The connections of a panel's replica; null on a host. */
    panel: { pool: Pool; redis: Redis } | null
  }
}

/**
 * Connects to PostgreSQL by @fastify/postgres and to Redis by @fastify/redis, and migrates the database. On a host none of
 * their code is loaded.
 */
export default fp(
  async (app) => {
    const { databaseUrl, redisUrl } = app.config
    if (databaseUrl === '') {
      app.decorate('panel', null)
      return
    }
    const [{ default: postgres }, { default: redis }, { migrate }, { poolOptions }, { connectRedis }, unavailable] =
      await Promise.all([
        import('@fastify/postgres'),
        import('@fastify/redis'),
        import('../../lib/storage/panel/migrate.ts'),
        import('../../lib/storage/panel/database.ts'),
        import('../../lib/storage/panel/redis.ts'),
        import('../../lib/storage/panel/unavailable.ts')
      ])
    /** Says which variable leads to a server that refuses a start, and why it does. */
    const blame = (variable: string) => (cause: Error) => {
      const isAway = cause instanceof unavailable.StoreUnavailableError
      throw new Error(`${variable}: ${isAway ? unavailable.describeUnavailable(cause) : cause.message}`, { cause })
    }
    await migrate(databaseUrl).catch(blame('MONITOR_DATABASE_URL'))
    await app.register(postgres, poolOptions(databaseUrl))
    // An idle connection that is lost; without a listener it would end the process.
    // As an error of ours: the driver's holds the whole connection, with the key that cancels its statements.
    app.pg.pool.on('error', (cause) => {
      const err = new unavailable.StoreUnavailableError('PostgreSQL', cause)
      app.log.warn({ err }, 'a connection to PostgreSQL was lost')
    })

    const client = await connectRedis(redisUrl, (err) => {
      if (err) app.log.error({ err }, 'Redis is unavailable: requests that need it are refused')
      else app.log.warn('Redis answers again')
    }).catch(blame('MONITOR_REDIS_URL'))
    // Not by the plugin's own quit(), which fails while Redis is away.
    app.addHook('onClose', async () => client.disconnect())
    await app.register(redis, { client })
    app.decorate('panel', { pool: app.pg.pool, redis: client })
  },
  { name: 'panel', dependencies: ['config'] }
)
