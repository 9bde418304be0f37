import { Redis } from 'ioredis'
import { Pool } from 'pg'
import t from 'tap'
import { createPanelDatabase, poolOptions } from '../../lib/storage/panel/database.ts'
import { migrate } from '../../lib/storage/panel/migrate.ts'
import { redisOptions } from '../../lib/storage/panel/redis.ts'
import { postgresqlMissing, startPostgresql } from '../support/postgresql.ts'
import { redisMissing, startRedis } from '../support/redis.ts'
import { startTcpProxy } from './tcp-proxy.ts'

t.test('the database', { skip: postgresqlMissing }, async (t) => {
  const server = await startPostgresql(t)
  const open = async (t: { teardown(end: () => unknown): void }) => {
    const url = await server.createDatabase()
    const pool = new Pool(poolOptions(url))
    t.teardown(() => pool.end())
    return { url, pool, database: createPanelDatabase(pool) }
  }

  t.test('a statement sees only the rows of its tenant, and no row without a tenant', async (t) => {
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

  t.test('a connection is lost between two statements of a transaction', async (t) => {
    const { database, pool } = await open(t)
    let lost: Promise<unknown> | undefined
    pool.on('acquire', (client) => {
      lost = new Promise((resolve) => client.once('end', resolve))
    })
    const changed = database.transaction(0, async (query) => {
      await query("INSERT INTO revoked_tokens (tenant_id, token_hash) VALUES (0, 'x')")
      await server.asSuperuser("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'monitor'")
      await lost
    })
    await t.rejects(changed, { name: 'StoreUnavailableError' }, 'and the process goes on')
    t.same(await database.query('all', 'SELECT FROM revoked_tokens'), [], 'rolled back')
  })

  t.test('migrations run once, on whichever replica comes first', async (t) => {
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

  t.test('a server that hangs is waited for once, for any number of commands', async (t) => {
    process.kill(server.program.pid!, 'SIGSTOP')
    t.teardown(() => process.kill(server.program.pid!, 'SIGCONT'))
    redis.on('error', () => {})
    const since = performance.now()
    await Promise.all([t.rejects(redis.get('a')), t.rejects(redis.get('b'))])
    for (let i = 0; i < 5; i++) await t.rejects(redis.get('c'))
    const ms = performance.now() - since
    t.ok(ms < 4000, `${Math.round(ms)} ms`)
    const ready = new Promise((resolve) => redis.once('ready', resolve))
    process.kill(server.program.pid!, 'SIGCONT')
    await ready
    t.equal(await redis.ping(), 'PONG')
  })

  t.test('a server that became a replica is left for the new primary', async (t) => {
    const [before, after] = [await startRedis(t), await startRedis(t)]
    const proxy = await startTcpProxy(t, before.port)
    const client = new Redis(`redis://127.0.0.1:${proxy.port}`, redisOptions)
    t.teardown(() => client.disconnect())
    await client.connect()
    await client.set('a', 1)
    const demoting = new Redis(before.url(0))
    await demoting.replicaof('127.0.0.1', after.port)
    demoting.disconnect()
    proxy.leadTo(after.port, true)
    const ready = new Promise((resolve) => client.once('ready', resolve))
    await t.rejects(client.set('a', 2), /READONLY/)
    await ready
    t.equal(await client.set('a', 3), 'OK')
  })
})
