import t, { type Test } from 'tap'
import { testAccess } from '../storage/store-suite/access.ts'
import { testAccounts } from '../storage/store-suite/accounts.ts'
import { testCounters } from '../storage/store-suite/counters.ts'
import { testStores } from '../storage/store-suite/index.ts'
import { type StoreRig, startClocks } from '../storage/store-suite/rig.ts'
import { testSessions } from '../storage/store-suite/sessions.ts'
import { postgresqlMissing, startPostgresql } from '../support/postgresql.ts'
import { redisMissing, startRedis } from '../support/redis.ts'
import { passTime } from '../support/waiting.ts'
import { newKeys } from './accounts-rig.ts'
import { openReplica, type Replica } from './replica.ts'

/** Redis and PostgreSQL have clocks of their own, which no test sets: time passes really. */
const pass = (ms: number): Promise<void> => passTime(ms + 5)

t.test('the stores of a panel', { skip: postgresqlMissing || redisMissing }, async (t) => {
  const [postgresql, redisServer] = [await startPostgresql(t), await startRedis(t)]
  let count = 0

  const openRig = async (t: Test): Promise<StoreRig<Replica['stores']>> => {
    const clocks = startClocks()
    const database = await postgresql.createDatabase()
    const redis = redisServer.url(++count)
    // The next attempt waits for the lease of an abandoned one.
    const keys = newKeys()
    const open = () => openReplica(t, { database, redis, now: () => clocks.now, leaseMs: 1000, keys })
    let replica = await open()
    return {
      clocks,
      pass,
      precisionMs: 1000,
      stores: replica.stores,
      async reopen() {
        await replica.close()
        replica = await open()
        return replica.stores
      }
    }
  }

  testStores(t, openRig, [testAccounts, testAccess, testSessions, testCounters])
})
