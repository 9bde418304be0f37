import { Redis } from 'ioredis'
import { Pool } from 'pg'
import type { Test } from 'tap'
import { createAccessCache } from '../../lib/storage/panel/access-cache.ts'
import { createPanelAccess } from '../../lib/storage/panel/access-store.ts'
import { createPanelAuditStore } from '../../lib/storage/panel/audit-store.ts'
import { createPanelAuthStore } from '../../lib/storage/panel/auth-store.ts'
import { createPanelDatabase, type PanelDatabase } from '../../lib/storage/panel/database.ts'
import type { Keys } from '../../lib/storage/panel/encryption.ts'
import { createPanelLockouts } from '../../lib/storage/panel/lockouts.ts'
import { createPanelLoginLinks } from '../../lib/storage/panel/login-link-store.ts'
import { createPanelSessionStore } from '../../lib/storage/panel/session-store.ts'
import { openPanelSettings } from '../../lib/storage/panel/settings-store.ts'
import { prepareSecret } from '../../lib/storage/panel/signing-secret.ts'
import { createPanelTicketStore } from '../../lib/storage/panel/ticket-store.ts'
import { createPanelTokenUseStore } from '../../lib/storage/panel/token-use-store.ts'

import { newKeys } from './accounts-rig.ts'
import { patientPool, patientRedis } from './patient.ts'

export interface ReplicaOptions {
  /** Connection URLs. */
  database: string
  redis: string
  now: () => number
  tenant?: () => number
  leaseMs?: number
  keys?: Keys
  /** Called with each statement. */
  onStatement?: (text: string, values: unknown[]) => void
}

const watched = (database: PanelDatabase, onStatement: NonNullable<ReplicaOptions['onStatement']>): PanelDatabase => ({
  ...database,
  query(tenant, text, values = []) {
    onStatement(text, values)
    return database.query(tenant, text, values)
  },
  transaction: (tenant, work) =>
    database.transaction(tenant, (query) =>
      work((text, values = []) => {
        onStatement(text, values)
        return query(text, values)
      })
    )
})

/** The stores of one replica, with connections of its own. */
export async function openReplica(
  t: Test,
  {
    database: url,
    redis: redisUrl,
    now,
    tenant = () => 0,
    leaseMs = 10_000,
    keys = newKeys(),
    ...watching
  }: ReplicaOptions
) {
  const pool = new Pool(patientPool(url))
  // The server may be stopped first.
  pool.on('error', () => {})
  const redis = new Redis(redisUrl, patientRedis)
  await redis.connect()
  const database = watched(createPanelDatabase(pool), watching.onStatement ?? (() => {}))
  await prepareSecret(database, keys)
  const cache = createAccessCache(redis, database)
  const settings = await openPanelSettings({ database, configuredProxies: [], onFault: t.fail, onProxyFault: t.fail })
  let isClosed = false
  /** Ends the connections without another word, as a kill does. */
  const close = async (): Promise<void> => {
    if (isClosed) return
    isClosed = true
    redis.disconnect()
    await settings.close()
    await pool.end()
  }
  t.teardown(close)
  return {
    database,
    cache,
    redis,
    close,
    stores: {
      auth: createPanelAuthStore({ database, cache, keys, tenant }),
      access: createPanelAccess({ database, cache, keys, tenant }),
      settings,
      sessions: createPanelSessionStore({ database, cache, redis, tenant }),
      lockouts: createPanelLockouts({ redis, tenant, now, leaseMs }),
      tokenUses: createPanelTokenUseStore({ database, tenant }),
      loginLinks: createPanelLoginLinks({ redis, tenant }),
      tickets: createPanelTicketStore({ redis, tenant }),
      audit: createPanelAuditStore({ database, tenant })
    }
  }
}
export type Replica = Awaited<ReturnType<typeof openReplica>>
