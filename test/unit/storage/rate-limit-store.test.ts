import t from 'tap'
import { createRateLimitStore } from '../../../lib/storage/rate-limit-store.ts'

const WINDOW_MS = 60_000

/** One limit's store with a clock to set; counts a request and returns what the store reports. */
function createCount(capacity?: number) {
  let time = 0
  const Store = createRateLimitStore(() => time, capacity)
  const store = new Store().child()
  return (key: string, now: number): { current: number; ttl: number } => {
    time = now
    let reported: { current: number; ttl: number } | undefined
    store.incr(key, (_error, result) => (reported = result), WINDOW_MS)
    return reported!
  }
}

t.test('a clock set back opens a new window instead of keeping the old one for hours', async (t) => {
  const count = createCount()
  count('a', 10_000_000)
  t.equal(count('a', 10_000_001).current, 2)
  t.equal(count('a', 0).current, 1)
})

t.test('memory is bounded: the key counted longest ago is dropped', async (t) => {
  const count = createCount(3)
  for (const key of ['a', 'b', 'c', 'd']) count(key, 0)
  t.equal(count('d', 1).current, 2)
  t.equal(count('c', 1).current, 2)
  t.equal(count('a', 1).current, 1)
})

t.test('each limit counts on its own', async (t) => {
  const Store = createRateLimitStore(() => 0)
  const parent = new Store()
  const counts: number[] = []
  for (const store of [parent.child(), parent.child()])
    store.incr('a', (_error, result) => counts.push(result!.current), WINDOW_MS)
  t.same(counts, [1, 1])
})
