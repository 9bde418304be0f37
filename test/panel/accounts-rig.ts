import { randomBytes } from 'node:crypto'
import { Redis } from 'ioredis'
import { Pool } from 'pg'
import { createAccessCache } from '../../lib/storage/panel/access-cache.ts'
import { createPanelAccess } from '../../lib/storage/panel/access-store.ts'
import { createPanelAuthStore } from '../../lib/storage/panel/auth-store.ts'
import { createPanelDatabase, type PanelDatabase, poolOptions } from '../../lib/storage/panel/database.ts'
import type { Keys } from '../../lib/storage/panel/encryption.ts'
import { redisOptions } from '../../lib/storage/panel/redis.ts'
import { prepareSecret } from '../../lib/storage/panel/signing-secret.ts'
import type { Life } from '../edge/programs.ts'
import { patientPool, patientRedis } from './patient.ts'

export const newKeys = (): Keys => [randomBytes(32)]

export interface AccountsOptions {
  /** Connection URLs. */
  postgresql: string
  redis: string
  keys: Keys
  tenant?: () => number
  /** Wraps the database, to watch its statements or to make it fail. */
  wrap?: (database: PanelDatabase) => PanelDatabase
  /** It gives up as early as a replica does, for tests of servers that do not answer. */
  hasLimits?: boolean
}

/** The accounts of one replica of a panel, with its own connections; they are closed with `life`. */
export async function openAccounts(life: Life, options: AccountsOptions) {
  const { keys, tenant = () => 0, wrap = (database) => database, hasLimits = false } = options
  const pool = new Pool(hasLimits ? poolOptions(options.postgresql) : patientPool(options.postgresql))
  pool.on('error', () => {})
  const redis = new Redis(options.redis, hasLimits ? redisOptions : patientRedis)
  redis.on('error', () => {})
  let isOpen = true
  const close = async (): Promise<void> => {
    if (!isOpen) return
    isOpen = false
    redis.disconnect()
    await pool.end()
  }
  life.teardown(close)
  await redis.connect()
  const database = wrap(createPanelDatabase(pool))
  await prepareSecret(database, keys)
  const cache = createAccessCache(redis, database)
  const parts = { database, cache, keys, tenant }
  return { ...parts, pool, redis, close, auth: createPanelAuthStore(parts), access: createPanelAccess(parts) }
}
export type Accounts = Awaited<ReturnType<typeof openAccounts>>
