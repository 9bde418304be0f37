import type { Test } from 'tap'
import { START } from '../storage/store-suite/rig.ts'
import { startPostgresql } from '../support/postgresql.ts'
import { startRedis } from '../support/redis.ts'
import { newKeys } from './accounts-rig.ts'
import { openReplica } from './replica.ts'

/** Starts PostgreSQL and Redis; `openTwo` opens two replicas of a panel of its own on them. */
export async function startServers(t: Test) {
  const [postgresql, redisServer] = [await startPostgresql(t), await startRedis(t)]
  let rigs = 0

  /** Two replicas of one panel, and a way to call them by turns. */
  return async (t: Test, { leaseMs = 10_000 } = {}) => {
    const url = await postgresql.createDatabase()
    const name = url.split('/').at(-1)!
    const state = { tenant: 0, now: START }
    const options = {
      database: url,
      redis: redisServer.url(++rigs),
      now: () => state.now,
      tenant: () => state.tenant,
      keys: newKeys(),
      leaseMs
    }
    const [a, b] = [await openReplica(t, options), await openReplica(t, options)]
    await a.database.query('all', "INSERT INTO tenants (id, slug, name, created_at) VALUES (7, 'acme', 'Acme', 0)")
    return {
      a,
      b,
      state,
      byTurns: (i: number) => (i % 2 === 0 ? a : b),
      asSuperuser: (sql: string) => postgresql.asSuperuser(sql, name)
    }
  }
}
