import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { fingerprintOf } from '../../lib/auth/accounts.ts'
import { changeAccess } from '../../lib/storage/panel/access-cache.ts'
import type { PanelDatabase, Query } from '../../lib/storage/panel/database.ts'
import type { AuthFile } from '../../schemas/auth/auth-file.ts'
import { freePorts, listens, start, until } from '../edge/programs.ts'
import {
  createOwner,
  createReseller,
  createToken,
  createUser,
  OWNER,
  revokeToken,
  START,
  tokenEntry
} from '../storage/store-suite/rig.ts'
import { postgresqlMissing, startPostgresql } from '../support/postgresql.ts'
import { redisMissing, startRedis } from '../support/redis.ts'
import { newKeys, openReplica, type Replica, type ReplicaOptions } from './rig.ts'

const USER = 2
const SID = 'session-of-adam'
const TOKEN = 'b2'
const QUESTION = { sid: SID, tokenHash: tokenEntry(TOKEN, USER).token_hash, now: START }
const userIn = (draft: AuthFile) => draft.users!.find(({ id }) => id === USER)!

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

/** A user with a reseller, a session and an API token. */
async function fill(replica: Replica): Promise<void> {
  const { auth } = replica
  await createOwner(auth)
  await createReseller(auth, 1, 'Acme')
  await createUser(auth, USER, 'adam', { reseller_id: 1 })
  await createToken(auth, TOKEN, USER)
  await changeAccess(replica, 0, async (query, changed) => {
    await query(
      `INSERT INTO sessions (tenant_id, sid, user_id, credential, amr, address, user_agent, created_at, expires_at,
        last_used_at, unusual) VALUES (0, $1, $2, '0', '{pwd}', '192.0.2.1', '', $3, $4, $3, false)`,
      [SID, USER, START, START + 1000]
    )
    changed.add(`session:${SID}`)
  })
}

const kinds = ['user', 'token', 'session', 'secret', 'reseller', 'tenant'] as const
type Kind = (typeof kinds)[number]
const secretOf = (n: number) => String(n).padStart(64, 's')

/** Sets what the request path reads of one kind to a number. */
function setNumber(replica: Replica, kind: Kind, n: number): Promise<unknown> {
  const { auth } = replica
  if (kind === 'user')
    return auth.change({ accounts: [USER] }, (d) => {
      userIn(d).display_name = `${n}`
    })
  if (kind === 'token')
    return auth.change({ apiToken: TOKEN }, (d) => {
      d.api_tokens![0]!.name = `${n}`
    })
  if (kind === 'reseller')
    return auth.change({ resellers: [1] }, (d) => {
      d.resellers![0]!.balance = n
    })
  if (kind === 'secret')
    return auth.change({}, (d) => {
      d.jwt_secret = secretOf(n)
    })
  if (kind === 'tenant')
    return auth.change({}, (d) => {
      d.terminal_without_auth = n % 2 === 1
    })
  return changeAccess(replica, 0, async (query, changed) => {
    await query('UPDATE sessions SET credential = $1 WHERE tenant_id = 0 AND sid = $2', [n, SID])
    changed.add(`session:${SID}`)
  })
}

/**
 * Changes in both replicas, one after the other of each kind, under readers of both. An answer may never be older than
 * the last change that was acknowledged before the question.
 */
async function race(t: Test, replicas: readonly Replica[], rounds: number): Promise<void> {
  const acknowledged: Record<Kind, number> = { user: 0, token: 0, session: 0, secret: 0, reseller: 0, tenant: 0 }
  const started = { ...acknowledged }
  const revisions = new Map(Array.from({ length: rounds + 1 }, (_, n) => [fingerprintOf(secretOf(n)), n]))
  for (const kind of kinds) await setNumber(replicas[0]!, kind, 0)
  const stale: string[] = []
  let reads = 0
  const read = async (replica: Replica): Promise<void> => {
    const [least, most] = [{ ...acknowledged }, started]
    const { account, apiToken, session, revision, terminalWithoutAuth } = await replica.access.read(QUESTION)
    reads++
    const seen: Omit<Record<Kind, number>, 'tenant'> = {
      user: Number(account?.displayName),
      token: Number(apiToken?.name),
      session: Number(session?.credential),
      secret: revisions.get(String(revision)) ?? Number.NaN,
      reseller: account?.reseller?.balance ?? Number.NaN
    }
    for (const [kind, n] of Object.entries(seen))
      if (!(n >= least[kind as Kind])) stale.push(`${kind} is ${n}, was ${least[kind as Kind]} before`)
    // A flag has two values: it is known only while no change of it has begun.
    if (least.tenant === most.tenant && terminalWithoutAuth !== (least.tenant % 2 === 1)) stale.push('tenant')
  }
  let isOver = false
  const readers = replicas
    .flatMap((replica) => [replica, replica])
    .map(async (replica) => {
      while (!isOver) await read(replica)
    })
  const change = async (kind: Kind): Promise<void> => {
    for (let n = 1; n <= rounds; n++) {
      started[kind] = n
      await setNumber(replicas[n % 2]!, kind, n)
      acknowledged[kind] = n
      await Promise.all(replicas.map(read))
    }
  }
  await Promise.all(kinds.map(change)).finally(() => {
    isOver = true
  })
  await Promise.all(readers)
  t.same(stale.slice(0, 5), [], `${reads} answers, ${kinds.length * rounds} changes`)
}

t.test('two replicas', { skip: postgresqlMissing || redisMissing }, async (t) => {
  const [postgresql, redis] = await Promise.all([startPostgresql(t), startRedis(t)])
  let databases = 0
  const open = async (t: Test, redisUrl = redis.url(databases++), more: Partial<ReplicaOptions> = {}) => {
    const options = { postgresql: await postgresql.createDatabase(), redis: redisUrl, keys: newKeys() }
    const replicas = [await openReplica(t, { ...options, ...more }), await openReplica(t, options)] as const
    await fill(replicas[0])
    return replicas
  }

  t.test('an answer is never older than what was acknowledged before the question', async (t) => {
    await race(t, await open(t), 250)
  })

  t.test('an answer that is known costs one command to Redis, and no statement', async (t) => {
    let statements = 0
    const count = (database: PanelDatabase): PanelDatabase => ({
      ...database,
      query: (...args: Parameters<PanelDatabase['query']>) => {
        statements++
        return database.query(...args)
      }
    })
    const [{ access, redis }] = await open(t, undefined, { wrap: count })
    await access.read(QUESTION)
    statements = 0
    await redis.config('RESETSTAT')
    for (let i = 0; i < 100; i++) t.match(await access.read(QUESTION), { account: { id: USER }, session: { sid: SID } })
    const commands = [...(await redis.info('commandstats')).matchAll(/cmdstat_(\S+):calls=(\d+)/g)]
    t.same(
      commands.map(([, name, calls]) => `${name} ${calls}`).filter((each) => !each.startsWith('config')),
      ['mget 100']
    )
    t.equal(statements, 0)
  })

  t.test('nor while Redis is emptied again and again', async (t) => {
    const replicas = await open(t)
    let flushes = 0
    let isOver = false
    const flushing = (async () => {
      for (; !isOver; flushes++) await replicas[1].redis.flushdb()
    })()
    await race(t, replicas, 100).finally(() => {
      isOver = true
    })
    await flushing
    t.comment(`emptied ${flushes} times`)
    t.ok(flushes > 100)
  })

  t.test('a revoked token, a removed permission, a disabled user, a removed owner: at once in the other', async (t) => {
    const [a, b] = await open(t)
    for (let i = 0; i < 100; i++) {
      const id = `f${i}`
      const tokenHash = tokenEntry(id, USER).token_hash
      t.equal((await b.access.read({ tokenHash, now: START })).apiToken, null)
      await createToken(a.auth, id, USER)
      const before = await b.access.read({ tokenHash, now: START })
      await revokeToken(a.auth, id)
      const after = await b.access.read({ tokenHash, now: START })
      t.match([before, after], [{ apiToken: { id }, isRevoked: false, account: { id: USER } }, { isRevoked: true }])
    }
    const account = async () => (await b.access.read(QUESTION)).account
    t.same((await account())?.permissions, ['system.view'])
    await a.auth.change({ accounts: [USER] }, (draft) => {
      userIn(draft).permissions = []
    })
    t.same((await account())?.permissions, [])
    await a.auth.change({ accounts: [USER] }, (draft) => {
      userIn(draft).is_active = false
    })
    t.equal((await account())?.isActive, false)
    await a.auth.change({ accounts: [OWNER] }, (draft) => Object.assign(draft, { username: null, password_hash: null }))
    t.equal(await account(), null, 'without an owner no account is valid')
    t.equal((await b.access.read(QUESTION)).mode, 'unconfigured')
  })

  t.test('a rotated secret changes the revision of every tenant', async (t) => {
    const [a] = await open(t)
    const options = { postgresql: a.pool.options.connectionString!, redis: redis.url(databases - 1), keys: a.keys }
    await a.database.query('all', "INSERT INTO tenants (id, slug, name, created_at) VALUES (7, 'acme', 'Acme', 0)")
    const acme = await openReplica(t, { ...options, tenant: () => 7 })
    const before = await acme.access.read({ now: START })
    await setNumber(a, 'secret', 1)
    t.not((await acme.access.read({ now: START })).revision, before.revision)
    t.equal(await acme.auth.secret(), secretOf(1))
  })

  t.test('Redis is emptied between the last statement of a change and its commit', async (t) => {
    const act: Parameters<typeof beforeCommit>[0] = {}
    const [a, b] = await open(t, undefined, { wrap: beforeCommit(act) })
    for (const kind of kinds.slice(0, 5)) {
      act.run = async () => {
        await b.redis.flushdb()
        for (let i = 0; i < 3; i++) await b.access.read(QUESTION)
      }
      await setNumber(a, kind, 5)
    }
    const { account, apiToken, session, revision } = await b.access.read(QUESTION)
    t.same([account?.displayName, apiToken?.name, session?.credential], ['5', '5', '5'])
    t.equal(account?.reseller?.balance, 5)
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
    const [a, b] = await open(t, undefined, { wrap })
    await b.access.read(QUESTION)
    act.run = (query) => query('SELECT pg_terminate_backend(pg_backend_pid())')
    await t.rejects(setNumber(a, 'user', 1), { name: 'StoreUnavailableError' })
    t.equal((await b.access.read(QUESTION)).account?.displayName, '', 'nothing was changed')
    delete act.run
    dies = true
    await t.rejects(setNumber(a, 'user', 2), /killed/)
    t.equal((await b.access.read(QUESTION)).account?.displayName, '2')
  })

  t.test('without Redis nothing is changed, and no connection keeps a lock', async (t) => {
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

  t.test('Redis comes back with an old copy', async (t) => {
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
      async query(...args: Parameters<PanelDatabase['query']>) {
        const rows = await database.query(...args)
        if (args[1].includes('api_tokens')) await pause.after?.()
        return rows as never[]
      }
    })
    const [b, a] = await open(t, `redis://127.0.0.1:${port}/0`, { wrap })
    /** Kills Redis and starts it from the copy it wrote last. */
    const restart = async (): Promise<void> => {
      const ready = [a, b].map(({ redis }) => new Promise((done) => redis.once('ready', done)))
      process.kill(program.pid!, 'SIGKILL')
      await until('Redis ends', () => !program.isRunning())
      program = await begin()
      await Promise.all(ready)
    }
    const nameIn = async ({ access }: Replica) => (await access.read(QUESTION)).account?.displayName

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
