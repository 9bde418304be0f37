import { increment, PARALLEL, parallel, type Stores, type StoreTest } from './rig.ts'

/** The promises about limits of a store of this project; a panel has the store of @fastify/rate-limit. */
export function testRateLimits(test: StoreTest<Pick<Stores, 'rateLimits'>>): void {
  test('rate limits: parallel requests are counted exactly, a window at a time', async (t, rig) => {
    const { clocks, stores } = rig
    const counts = await parallel(async () => (await increment(stores.rateLimits, 'a')).current)
    t.same(
      counts.toSorted((a, b) => a - b),
      Array.from({ length: PARALLEL }, (_, i) => i + 1)
    )
    t.same(await increment(stores.rateLimits, 'b'), { current: 1, ttl: 60_000 })
    clocks.now += 59_999
    t.same(await increment(stores.rateLimits, 'a'), { current: PARALLEL + 1, ttl: 1 })
    clocks.now += 1
    t.same(await increment(stores.rateLimits, 'a'), { current: 1, ttl: 60_000 })
  })
}
