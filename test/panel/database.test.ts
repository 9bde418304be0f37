import { Redis } from 'ioredis'
import { Pool } from 'pg'
import t from 'tap'
import { createPanelDatabase, poolOptions } from '../../lib/storage/panel/database.ts'
import { migrate } from '../../lib/storage/panel/migrate.ts'
import { redisOptions } from '../../lib/storage/panel/redis.ts'
import { postgresqlMissing, startPostgresql } from '../support/postgresql.ts'
import { redisMissing, startRedis } from '../support/redis.ts'

t.test('the database', { skip: postgresqlMissing }, async (t) => {
  const server = await startPostgresql(t)
  const open = async (t: { teardown(end: () => unknown): void }) => {
    const url = await server.createDatabase()
    const pool = new Pool(poolOptions(url))
    t.teardown(() => pool.end())
    return { url, pool, database: createPanelDatabase(pool) }
  }

  t.test('a statement sees the rows of its tenant only, and no rows without a tenant', async (t) => {
    const { database, pool } = await open(t)
    await database.query('all', "INSERT INTO tenants (id, slug, name, created_at) VALUES (7, 'acme', 'Acme', 0)")
    const insert = (tenant: number) =>
      database.query(tenant, 'INSERT INTO revoked_tokens (tenant_id, token_hash) VALUES ($1, $2)', [
        tenant,
        `of ${tenant}`
      ])
    await insert(0)
    await insert(7)
    const seen = (tenant: number | 'all') =>
      database.query<{ token_hash: string }>(tenant, 'SELECT token_hash FROM revoked_tokens ORDER BY tenant_id')
    t.same(await seen(0), [{ token_hash: 'of 0' }])
    t.same(await seen(7), [{ token_hash: 'of 7' }])
    t.same(await seen('all'), [{ token_hash: 'of 0' }, { token_hash: 'of 7' }])
    await t.rejects(
      database.query(0, "INSERT INTO revoked_tokens (tenant_id, token_hash) VALUES (7, 'x')"),
      /row-level security/
    )
    const fresh = new Pool(pool.options)
    t.teardown(() => fresh.end())
    t.same((await fresh.query('SELECT * FROM revoked_tokens')).rows, [], 'default closed')
  })

  t.test('migrations run once, whichever replica is first', async (t) => {
    await server.asSuperuser('CREATE DATABASE raced OWNER monitor')
    const url = server.url('raced')
    await Promise.all(Array.from({ length: 5 }, () => migrate(url)))
    const pool = new Pool(poolOptions(url))
    t.teardown(() => pool.end())
    t.equal((await pool.query('SELECT count(*)::int AS n FROM tenants')).rows[0].n, 1)
    await pool.query("INSERT INTO schemaversion (version, name) VALUES (999, 'later')")
    await t.rejects(migrate(url), /has version 999, this program knows version 1/)
  })
})

t.test('Redis answers', { skip: redisMissing }, async (t) => {
  const server = await startRedis(t)
  const redis = new Redis(server.url(3), redisOptions)
  t.teardown(() => redis.disconnect())
  await redis.connect()
  t.equal(await redis.ping(), 'PONG')
})
