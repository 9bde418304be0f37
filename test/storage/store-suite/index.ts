import type { Test } from 'tap'
import type { StoreRig, StoreTest } from './rig.ts'

/**
 * The promises of the interfaces in lib/storage/stores, checked on the stores that `open` makes: one empty set per test.
 * Each part needs some of the stores.
 */
export function testStores<S>(
  t: Test,
  open: (t: Test) => Promise<StoreRig<S>>,
  parts: readonly ((test: StoreTest<S>) => void)[]
): void {
  const test: StoreTest<S> = (name, run) => t.test(name, async (t) => run(t, await open(t)))
  for (const part of parts) part(test)
}
