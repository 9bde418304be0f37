import type { Redis } from 'ioredis'
import { Pool } from 'pg'
import type { Config } from '../../../../schemas/foundation/config.ts'
import { OPERATOR } from '../../../auth/tenants.ts'
import { type AccessCache, createAccessCache } from '../access-cache.ts'
import { createPanelDatabase, type PanelDatabase, poolOptions } from '../database.ts'
import { type Keys, readKeys } from '../encryption.ts'
import { requireVersion } from '../migrate.ts'
import { connectRedis } from '../redis.ts'
import { prepareSecret } from '../signing-secret.ts'
import { describeUnavailable, StoreUnavailableError } from '../unavailable.ts'

export type PanelConfig = Pick<Config, 'databaseUrl' | 'redisUrl' | 'encryptionKey'>

/** The database of a panel, for one command. */
export interface CommandPanel {
  database: PanelDatabase
  keys: Keys
}

/** For a command that changes values cached by the replicas. */
export interface ChangingPanel extends CommandPanel {
  redis: Redis
  cache: AccessCache
}

/**
 * Runs a command's `work` on a panel's database, while replicas run or not. Throws an Error with one line if the database
 * does not answer, has another version, or was encrypted with another key.
 */
export async function withPanel<T>(
  config: PanelConfig,
  work: (panel: CommandPanel) => Promise<T>,
  prepare = requireVersion
): Promise<T> {
  const pool = new Pool({ ...poolOptions(config.databaseUrl), max: 2 })
  // A connection that is lost while idle; the next statement reports it.
  pool.on('error', () => {})
  try {
    await prepare(config.databaseUrl)
    const database = createPanelDatabase(pool)
    const keys = readKeys(config.encryptionKey)
    await prepareSecret(database, keys)
    return await work({ database, keys })
  } catch (error) {
    throw error instanceof StoreUnavailableError ? new Error(describeUnavailable(error)) : error
  } finally {
    await pool.end()
  }
}

/** The same for a command that changes values cached by the replicas, and therefore needs Redis. */
export function withChangingPanel<T>(
  config: PanelConfig,
  work: (panel: ChangingPanel) => Promise<T>,
  prepare = requireVersion
): Promise<T> {
  const withRedis = async (panel: CommandPanel): Promise<T> => {
    const redis = await connectRedis(config.redisUrl, () => {})
    try {
      return await work({ ...panel, redis, cache: createAccessCache(redis, panel.database) })
    } finally {
      redis.disconnect()
    }
  }
  return withPanel(config, withRedis, prepare)
}

/** A tenant that a command names. */
export interface NamedTenant {
  id: number
  /** For a sentence: `the operator`, or `the tenant "acme"`. */
  who: string
}

/** The tenant with a slug, or the operator's. Null if there is no such tenant. */
export async function findTenant(database: PanelDatabase, slug: string | undefined): Promise<NamedTenant | null> {
  if (slug === undefined) return { id: OPERATOR, who: 'the operator' }
  const text = `SELECT id FROM tenants WHERE slug = $1 AND id <> ${OPERATOR}`
  const [row] = await database.query<{ id: number }>('all', text, [slug])
  return row === undefined ? null : { id: row.id, who: `the tenant ${JSON.stringify(slug)}` }
}
