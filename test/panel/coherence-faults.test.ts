import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { QueryResultRow } from 'pg'
import t, { type Test } from 'tap'
import { fingerprintOf } from '../../lib/auth/accounts.ts'
import type { PanelDatabase, Query, Tenant } from '../../lib/storage/panel/database.ts'
import { freePorts, listens, start, until } from '../edge/programs.ts'
import { postgresqlMissing, startPostgresql } from '../support/postgresql.ts'
import { redisMissing, startRedis } from '../support/redis.ts'
import { type Accounts, type AccountsOptions, newKeys } from './accounts-rig.ts'
import { kinds, openTwo, QUESTION, secretOf, setNumber, USER } from './two-of-a-panel.ts'

/** Runs `act` after everything that a transaction does, right before its commit. */
const beforeCommit =
  (act: { run?: (query: Query) => Promise<unknown> }) =>
  (database: PanelDatabase): PanelDatabase => ({
    ...database,
    transaction: (tenant, work) =>
      database.transaction(tenant, async (query) => {
        const result = await work(query)
        await act.run?.(query)
        return result
      })
  })

t.test('two replicas, and a fault', { skip: postgresqlMissing || redisMissing }, async (t) => {
  const [postgresql, redis] = await Promise.all([startPostgresql(t), startRedis(t)])
  let databases = 0
  const open = async (t: Test, more: Partial<AccountsOptions> = {}) => {
    const options = { postgresql: await postgresql.createDatabase(), redis: redis.url(databases++), keys: newKeys() }
    return openTwo(t, { ...options, hasLimits: true }, more)
  }

  t.test('Redis is flushed between the last statement of a change and its commit', async (t) => {
    const act: Parameters<typeof beforeCommit>[0] = {}
    const [a, b] = await open(t, { wrap: beforeCommit(act) })
    for (const kind of kinds.slice(0, 4)) {
      act.run = async () => {
        await b.redis.flushdb()
        for (let i = 0; i < 3; i++) await b.access.read(QUESTION)
      }
      await setNumber(a, kind, 5)
    }
    const { account, apiToken, session, revision } = await b.access.read(QUESTION)
    t.same([account?.displayName, apiToken?.name, session?.credential], ['5', '5', '5'])
    t.equal(revision, fingerprintOf(secretOf(5)))
  })

  t.test('a replica dies before its commit, or after it without an answer', async (t) => {
    const act: Parameters<typeof beforeCommit>[0] = {}
    let dies = false
    const wrap = (database: PanelDatabase): PanelDatabase => {
      const watched = beforeCommit(act)(database)
      return {
        ...watched,
        async transaction(tenant, work) {
          const result = await watched.transaction(tenant, work)
          if (dies) throw new Error('killed')
          return result
        }
      }
    }
    const [a, b] = await open(t, { wrap })
    await b.access.read(QUESTION)
    act.run = (query) => query('SELECT pg_terminate_backend(pg_backend_pid())')
    await t.rejects(setNumber(a, 'user', 1), { name: 'StoreUnavailableError' })
    t.equal((await b.access.read(QUESTION)).account?.displayName, '', 'nothing was changed')
    delete act.run
    dies = true
    await t.rejects(setNumber(a, 'user', 2), /killed/)
    t.equal((await b.access.read(QUESTION)).account?.displayName, '2')
  })

  t.test('without Redis no change is made, and no connection keeps a lock', async (t) => {
    const [a, b] = await open(t)
    a.redis.disconnect()
    await t.rejects(setNumber(a, 'user', 1), { name: 'StoreUnavailableError', message: 'Redis is unavailable' })
    await setNumber(b, 'token', 1)
    t.equal((await a.auth.findAccount(USER))?.displayName, '')
    const { rows } = await a.pool.query("SELECT FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'")
    t.equal(rows.length, 0)
    await a.redis.connect()
    await setNumber(a, 'user', 2)
    t.equal((await b.access.read(QUESTION)).account?.displayName, '2')
  })

  t.test('Redis restarts with an old copy', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'monitor-redis-'))
    t.teardown(() => rm(folder, { recursive: true, force: true }))
    const { port } = await freePorts('port')
    const begin = async () => {
      const program = start(t, '/usr/bin/redis-server', ['--port', `${port}`, '--dir', folder, '--save', ''])
      await listens(program, port)
      return program
    }
    let program = await begin()
    const pause: { after?: () => Promise<unknown> } = {}
    const wrap = (database: PanelDatabase): PanelDatabase => ({
      ...database,
      async query<R extends QueryResultRow>(tenant: Tenant, text: string, values?: unknown[]) {
        const rows = await database.query<R>(tenant, text, values)
        if (text.includes('api_tokens')) await pause.after?.()
        return rows
      }
    })
    const [b, a] = await openTwo(
      t,
      { postgresql: await postgresql.createDatabase(), redis: `redis://127.0.0.1:${port}/0`, keys: newKeys() },
      { wrap }
    )
    /** Kills Redis and starts it from the copy it wrote last. */
    const restart = async (): Promise<void> => {
      const ready = [a, b].map(({ redis }) => new Promise((done) => redis.once('ready', done)))
      process.kill(program.pid!, 'SIGKILL')
      await until('Redis ends', () => !program.isRunning())
      program = await begin()
      await Promise.all(ready)
    }
    const nameIn = async ({ access }: Accounts) => (await access.read(QUESTION)).account?.displayName

    await nameIn(b)
    await a.redis.save()
    await setNumber(a, 'user', 1)
    await restart()
    t.equal(await nameIn(b), '1', 'an old version counts for nothing')

    await a.redis.save()
    // It reads from PostgreSQL before the change, and ends after the restart.
    await b.redis.flushdb()
    await nameIn(a)
    await a.redis.save()
    pause.after = async () => {
      delete pause.after
      await setNumber(a, 'user', 2)
      await restart()
    }
    t.equal(await nameIn(b), '1', 'the question came before the change')
    t.equal(await nameIn(b), '2')
    t.equal(await nameIn(a), '2')
  })
})
