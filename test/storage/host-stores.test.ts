import { join } from 'node:path'
import t, { type Test } from 'tap'
import { createLockout } from '../../lib/auth/lockout.ts'
import { createAuditStore } from '../../lib/storage/audit-store.ts'
import { openAuthStore } from '../../lib/storage/auth-store.ts'
import { createFileLock } from '../../lib/storage/file-lock.ts'
import { createHostAccess } from '../../lib/storage/host-access.ts'
import { createLockoutStore } from '../../lib/storage/lockout-store.ts'
import { createRateLimitStore } from '../../lib/storage/rate-limit-store.ts'
import { createSessionStore } from '../../lib/storage/session-store.ts'
import { openSettingsStore } from '../../lib/storage/settings-store.ts'
import { openStateDatabase } from '../../lib/storage/state-database.ts'
import { createTicketStore } from '../../lib/storage/ticket-store.ts'
import { createTokenUseStore } from '../../lib/storage/token-use-store.ts'
import { temporaryFolder } from '../support/app.ts'
import { testAccess } from './store-suite/access.ts'
import { testAccounts } from './store-suite/accounts.ts'
import { testCounters } from './store-suite/counters.ts'
import { testStores } from './store-suite/index.ts'
import { testRateLimits } from './store-suite/rate-limits.ts'
import { testResellers } from './store-suite/resellers.ts'
import { type Clocks, type StoreRig, type Stores, startClocks } from './store-suite/rig.ts'
import { testSessions } from './store-suite/sessions.ts'

async function openAll(t: Test, folder: string, clocks: Clocks): Promise<{ stores: Stores; close(): Promise<void> }> {
  const now = () => clocks.now
  const inFolder = (name: string) => join(folder, name)
  const auth = await openAuthStore({ path: inFolder('auth.json'), lock: createFileLock(inFolder('.auth.lock')) })
  const settings = await openSettingsStore({
    path: inFolder('settings.json'),
    lock: createFileLock(inFolder('.settings.lock')),
    configuredProxies: [],
    onFault: t.fail,
    onProxyFault: t.fail
  })
  const database = openStateDatabase({
    path: inFolder('state.sqlite'),
    now,
    onSetAside: () => t.fail('a good database was replaced'),
    onTrouble: (fault) => fault && t.comment(fault.message)
  })
  const sessions = createSessionStore(database)
  return {
    stores: {
      auth,
      settings,
      sessions,
      access: createHostAccess(auth, sessions),
      lockouts: createLockout(createLockoutStore(database), now),
      tokenUses: createTokenUseStore(database),
      tickets: createTicketStore(() => clocks.monotonic),
      rateLimits: new (createRateLimitStore(now))(),
      audit: createAuditStore(database)
    },
    async close() {
      await Promise.all([auth.close(), settings.close(), database.close()])
    }
  }
}

async function openRig(t: Test): Promise<StoreRig<Stores>> {
  const folder = await temporaryFolder(t)
  const clocks = startClocks()
  let opened = await openAll(t, folder, clocks)
  t.teardown(() => opened.close())
  return {
    clocks,
    async pass(ms) {
      clocks.monotonic += ms
    },
    precisionMs: 1,
    stores: opened.stores,
    async reopen() {
      await opened.close()
      opened = await openAll(t, folder, clocks)
      return opened.stores
    }
  }
}

testStores(t, openRig, [testAccounts, testResellers, testAccess, testSessions, testCounters, testRateLimits])
