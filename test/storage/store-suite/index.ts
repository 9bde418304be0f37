import type { Test } from 'tap'
import { testAccounts } from './accounts.ts'
import { testCounters } from './counters.ts'
import type { StoreRig, StoreTest } from './rig.ts'
import { testSessions } from './sessions.ts'

/** The promises of the interfaces in lib/storage/stores, checked on the stores that `open` makes: one empty set per test. */
export function testStores(t: Test, open: (t: Test) => Promise<StoreRig>): void {
  const test: StoreTest = (name, run) => t.test(name, async (t) => run(t, await open(t)))
  testAccounts(test)
  testSessions(test)
  testCounters(test)
}
