import t from 'tap'
import { createRequestCounter } from '../../lib/request-counter.ts'

t.test('a window lets through as many as it says and tells when it ends', async (t) => {
  const count = createRequestCounter({ max: 2, windowMs: 60_000 })
  t.same(count('a', 0), { exceeded: false, remaining: 1, resetSeconds: 60 })
  t.same(count('a', 30_500), { exceeded: false, remaining: 0, resetSeconds: 30 })
  t.same(count('a', 59_999), { exceeded: true, remaining: 0, resetSeconds: 1 })
  t.same(count('b', 59_999), { exceeded: false, remaining: 1, resetSeconds: 60 })
  t.same(count('a', 60_000), { exceeded: false, remaining: 1, resetSeconds: 60 })
})

t.test('a clock set back opens a new window instead of keeping the old one for hours', async (t) => {
  const count = createRequestCounter({ max: 1, windowMs: 60_000 })
  count('a', 10_000_000)
  t.equal(count('a', 10_000_001).exceeded, true)
  t.equal(count('a', 0).exceeded, false)
})

t.test('memory is bounded: the key counted longest ago makes room', async (t) => {
  const count = createRequestCounter({ max: 1, windowMs: 60_000, capacity: 3 })
  for (const key of ['a', 'b', 'c', 'd']) count(key, 0)
  t.equal(count('d', 1).exceeded, true)
  t.equal(count('c', 1).exceeded, true)
  t.equal(count('a', 1).exceeded, false)
})
