import t from 'tap'
import { createWriteBehind } from '../../../lib/storage/panel/write-behind.ts'

t.test('only the newest value of a key is written, in batches and in a fixed order', async (t) => {
  const batches: number[][] = []
  const { put, flush } = createWriteBehind<number>(async (batch) => batches.push(batch))
  for (let i = 2499; i >= 0; i--) put(`k${String(i).padStart(4, '0')}`, -1)
  for (let i = 2499; i >= 0; i--) put(`k${String(i).padStart(4, '0')}`, i)
  await flush()
  t.same(
    batches.map(({ length }) => length),
    [1000, 1000, 500]
  )
  t.same(
    batches.flat(),
    Array.from({ length: 2500 }, (_, i) => i)
  )
  await flush()
  t.equal(batches.length, 3, 'nothing is written twice')
})

t.test('a failed write is retried at the next flush, and a newer value is not lost meanwhile', async (t) => {
  const written: string[] = []
  let isBroken = true
  const { put, get, flush } = createWriteBehind<string>(async ([value]) => {
    if (isBroken) throw new Error('unavailable')
    put('a', 'newer')
    written.push(value!)
  })
  put('a', 'old')
  await t.rejects(flush(), /unavailable/)
  t.equal(get('a'), 'old')
  isBroken = false
  await flush()
  t.equal(get('a'), 'newer')
  await flush()
  t.same(written, ['old', 'newer'])
})

t.test('memory is bounded: the oldest value is dropped', async (t) => {
  let count = 0
  const { put, get, flush } = createWriteBehind<number>(async (batch) => {
    count += batch.length
  })
  for (let i = 0; i < 50_010; i++) put(`${i}`, i)
  t.equal(get('9'), undefined)
  t.equal(get('10'), 10)
  await flush()
  t.equal(count, 50_000)
})
