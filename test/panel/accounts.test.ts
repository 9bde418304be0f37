import t, { type Test } from 'tap'
import { testAccounts } from '../storage/store-suite/accounts.ts'
import { testResellers } from '../storage/store-suite/resellers.ts'
import { type StoreRig, type Stores, startClocks } from '../storage/store-suite/rig.ts'
import { postgresqlMissing, startPostgresql } from '../support/postgresql.ts'
import { redisMissing, startRedis } from '../support/redis.ts'
import { newKeys, openReplica, type Replica } from './rig.ts'

/** The stores that these tests use. */
const accountsOf = ({ auth, access }: Replica): Stores => ({ auth, access }) as Partial<Stores> as Stores

t.test('accounts of a panel', { skip: postgresqlMissing || redisMissing }, async (t) => {
  const [postgresql, redis] = await Promise.all([startPostgresql(t), startRedis(t)])
  let databases = 0
  /** Of each test: an empty panel. After `reopen` another replica answers, with a cache of its own. */
  const openPanel = async (t: Test): Promise<StoreRig<Stores>> => {
    const options = { postgresql: await postgresql.createDatabase(), redis: redis.url(databases++), keys: newKeys() }
    return {
      clocks: startClocks(),
      pass: async () => {},
      precisionMs: 0,
      stores: accountsOf(await openReplica(t, options)),
      reopen: async () => accountsOf(await openReplica(t, options))
    }
  }
  for (const part of [testAccounts, testResellers])
    part((name, run) => t.test(name, async (t) => run(t, await openPanel(t))))
})
