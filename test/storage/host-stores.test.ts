import t, { type Test } from 'tap'
import { openHostStores } from '../../lib/storage/host-stores.ts'
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
  const opened = await openHostStores({
    config: { configDir: folder, stateDir: folder, trustedProxies: [] },
    log: {
      // A test of the suite has such an entry; nothing else goes wrong.
      error: (details: object, message?: string) =>
        void (message === 'an entry of auth.json is ignored' || t.fail(`${message} ${JSON.stringify(details)}`)),
      warn: (details: unknown) => void t.comment(details)
    },
    now: () => clocks.now,
    monotonicNow: () => clocks.monotonic
  })
  return { stores: { ...opened, rateLimits: new opened.rateLimits.store() }, close: opened.close }
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
