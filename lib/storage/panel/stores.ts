import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Redis } from 'ioredis'
import type { Pool } from 'pg'
import type { Logger } from 'pino'
import type { Config } from '../../../schemas/foundation/config.ts'
import { readHostId } from '../../host/this-host.ts'
import type { Stores } from '../stores/stores.ts'
import { createAccessCache } from './access-cache.ts'
import { createPanelAccess } from './access-store.ts'
import { createPanelAuditStore } from './audit-store.ts'
import { createPanelAuthStore } from './auth-store.ts'
import { createPanelAvatars } from './avatar-store.ts'
import { createPanelDatabase } from './database.ts'
import { readKeys } from './encryption.ts'
import { createPanelHandOvers, createPanelHosts } from './host-store.ts'
import { createPanelLockouts } from './lockouts.ts'
import { createPanelLoginLinks } from './login-link-store.ts'
import { rateLimitOptions } from './rate-limits.ts'
import { createPanelSessionStore } from './session-store.ts'
import { openPanelSettings } from './settings-store.ts'
import { prepareSecret } from './signing-secret.ts'
import { createPanelTenants } from './tenant-store.ts'
import { createPanelTicketStore } from './ticket-store.ts'
import { createPanelTokenUseStore } from './token-use-store.ts'

export interface PanelStoresOptions {
  config: Pick<Config, 'configDir' | 'stateDir' | 'encryptionKey' | 'trustedProxies'>
  log: Pick<Logger, 'error' | 'warn'>
  /** Wall clock, milliseconds since the epoch. */
  now: () => number
  pool: Pool
  redis: Redis
  /** The tenant of the present request. */
  tenant: () => number
}

/** The stores that all replicas of a panel share. Throws StoreUnavailableError, or an Error for another encryption key. */
export async function openPanelStores({ config, log, now, pool, redis, tenant }: PanelStoresOptions): Promise<Stores> {
  const database = createPanelDatabase(pool, (err) => {
    if (err) log.error({ err }, 'PostgreSQL is unavailable: requests that need it are refused')
    else log.warn('PostgreSQL answers again')
  })
  const cache = createAccessCache(redis, database)
  const keys = readKeys(config.encryptionKey)
  await prepareSecret(database, keys)
  const settings = await openPanelSettings({
    database,
    configuredProxies: config.trustedProxies,
    onFault: (fault) => log.error({ fault }, 'the settings in PostgreSQL cannot be read'),
    onProxyFault: (fault) => log.error({ fault }, 'the trusted_proxies of the settings are ignored')
  })
  if (existsSync(join(config.configDir, 'auth.json')))
    log.warn('auth.json is not read in a panel; to copy its users and tokens into it, run: proxmenux-monitor import')

  return {
    hostId: await readHostId(config.stateDir),
    auth: createPanelAuthStore({ database, cache, keys, tenant }),
    access: createPanelAccess({ database, cache, keys, tenant }),
    sessions: createPanelSessionStore({ database, cache, redis, tenant }),
    lockouts: createPanelLockouts({ redis, tenant, now }),
    tokenUses: createPanelTokenUseStore({ database, tenant }),
    tickets: createPanelTicketStore({ redis, tenant }),
    loginLinks: createPanelLoginLinks({ redis, tenant }),
    audit: createPanelAuditStore({ database, tenant }),
    hosts: createPanelHosts({ database }),
    handOvers: createPanelHandOvers({ redis, tenant }),
    tenants: createPanelTenants({ database, cache }),
    settings,
    avatars: createPanelAvatars({ database, tenant, now }),
    rateLimits: rateLimitOptions(redis),
    // PostgreSQL replaces nothing by itself.
    onReplaced() {},
    faults: () => [
      ...(database.fault() ? ['PostgreSQL is unavailable: nobody can log in, and nothing can be changed'] : []),
      ...(redis.status === 'ready' ? [] : ['Redis is unavailable: nobody can log in'])
    ],
    close: () => settings.close()
  }
}
