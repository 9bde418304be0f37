import type { Config } from '../../schemas/foundation/config.ts'
import { createAudit } from '../audit/events.ts'
import type { AuditEntry } from '../audit/line.ts'
import { OPERATOR } from '../auth/tenants.ts'
import { mintSecret } from '../storage/auth-store.ts'
import { createPanelAuditStore } from '../storage/panel/audit-store.ts'
import { createPanelAuthStore } from '../storage/panel/auth-store.ts'
import { findTenant, withChangingPanel } from '../storage/panel/commands/with-panel.ts'
import { createPanelLockouts } from '../storage/panel/lockouts.ts'
import { createPanelLoginLinks } from '../storage/panel/login-link-store.ts'
import { createPanelSessionStore } from '../storage/panel/session-store.ts'
import { findSecret, replaceSecret } from '../storage/panel/signing-secret.ts'
import { createPanelTokenUseStore } from '../storage/panel/token-use-store.ts'
import type { CommandResult } from './result.ts'
import { ACTOR, type StoresWork } from './stores.ts'

/** Runs `work` on the stores that the replicas of a panel share, for one tenant. Throws an Error with one line. */
export const withPanelStores = (config: Config, slug: string | undefined, work: StoresWork): Promise<CommandResult> =>
  withChangingPanel(config, async ({ database, redis, cache, keys }) => {
    const found = await findTenant(database, slug)
    if (found === null) throw new Error(`there is no tenant ${JSON.stringify(slug)}`)
    const tenant = () => found.id
    const audit = createPanelAuditStore({ database, tenant })
    const entries: AuditEntry[] = []
    const write = (entry: AuditEntry) =>
      void entries.push(found.id === OPERATOR ? entry : { ...entry, tenant: found.id })
    const events = createAudit({ write, now: Date.now })
    return work({
      auth: createPanelAuthStore({ database, cache, keys, tenant }),
      sessions: createPanelSessionStore({ database, cache, redis, tenant }),
      lockouts: createPanelLockouts({ redis, tenant, now: Date.now }),
      tokenUses: createPanelTokenUseStore({ database, tenant }),
      loginLinks: createPanelLoginLinks({ redis, tenant }),
      audit,
      tenant: found.id,
      rotateSecret: () =>
        database.transaction('all', async (query) => {
          if (!(await replaceSecret(query, await findSecret(query), mintSecret(), keys)))
            throw new Error('another program replaced the signing secret meanwhile')
          await cache.invalidate(query, OPERATOR, ['secret'])
        }),
      record: (event, target) => events[event]({ address: '', user: ACTOR, ...(target !== undefined && { target }) })
    }).finally(async () => {
      if (entries.length > 0) await audit.append(entries)
    })
  })
