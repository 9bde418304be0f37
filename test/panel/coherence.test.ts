import t, { type Test } from 'tap'
import { fingerprintOf } from '../../lib/auth/accounts.ts'
import type { PanelDatabase } from '../../lib/storage/panel/database.ts'
import type { AuthFile } from '../../schemas/auth/auth-file.ts'
import { createToken, OWNER, PARALLEL, parallel, revokeToken, START, tokenEntry } from '../storage/store-suite/rig.ts'
import { postgresqlMissing, startPostgresql } from '../support/postgresql.ts'
import { redisMissing, startRedis } from '../support/redis.ts'
import { type Accounts, type AccountsOptions, newKeys, openAccounts } from './accounts-rig.ts'
import { type Kind, kinds, openTwo, QUESTION, SID, secretOf, setNumber, USER, userIn } from './two-of-a-panel.ts'

/**
 * Changes in both replicas, one after the other of each kind, under readers of both. An answer may never be older than
 * the last change that was acknowledged before the question.
 */
async function race(t: Test, replicas: readonly Accounts[], rounds: number): Promise<void> {
  const acknowledged: Record<Kind, number> = { user: 0, token: 0, session: 0, secret: 0, reseller: 0, tenant: 0 }
  const started = { ...acknowledged }
  const revisions = new Map(Array.from({ length: rounds + 1 }, (_, n) => [fingerprintOf(secretOf(n)), n]))
  for (const kind of kinds) await setNumber(replicas[0]!, kind, 0)
  const stale: string[] = []
  let reads = 0
  const read = async (replica: Accounts): Promise<void> => {
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
  const open = async (t: Test, more: Partial<AccountsOptions> = {}) => {
    const options = { postgresql: await postgresql.createDatabase(), redis: redis.url(databases++), keys: newKeys() }
    return openTwo(t, options, more)
  }

  t.test('an answer is never older than a change acknowledged before the request', async (t) => {
    await race(t, await open(t), 250)
  })

  t.test('a cached answer costs one command to Redis and no statement', async (t) => {
    let statements = 0
    const count = (database: PanelDatabase): PanelDatabase => ({
      ...database,
      query: (...args: Parameters<PanelDatabase['query']>) => {
        statements++
        return database.query(...args)
      }
    })
    const [{ access, redis }] = await open(t, { wrap: count })
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

  t.test('an answer is never older than an acknowledged change while Redis is flushed repeatedly', async (t) => {
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

  t.test(
    'a revoked token, a removed permission, a disabled user and a removed owner take effect at once in the other replica',
    async (t) => {
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
      await a.auth.change({ accounts: [OWNER] }, (draft) =>
        Object.assign(draft, { username: null, password_hash: null })
      )
      t.equal(await account(), null, 'without an owner no account is valid')
      t.equal((await b.access.read(QUESTION)).mode, 'unconfigured')
    }
  )

  t.test('a rotated secret changes the revision of every tenant', async (t) => {
    const [a] = await open(t)
    const options = { postgresql: a.pool.options.connectionString!, redis: redis.url(databases - 1), keys: a.keys }
    await a.database.query('all', "INSERT INTO tenants (id, slug, name, created_at) VALUES (7, 'acme', 'Acme', 0)")
    const acme = await openAccounts(t, { ...options, tenant: () => 7 })
    const before = await acme.access.read({ now: START })
    await setNumber(a, 'secret', 1)
    t.not((await acme.access.read({ now: START })).revision, before.revision)
    t.equal(await acme.auth.secret(), secretOf(1))
    // Both tenants lengthen the same secret, and no change is lost.
    const lengthen = (draft: AuthFile) => {
      draft.jwt_secret += 'x'
    }
    await parallel((i) => (i % 2 === 0 ? a : acme).auth.change({}, lengthen))
    t.equal(await a.auth.secret(), secretOf(1) + 'x'.repeat(PARALLEL))
  })
})
