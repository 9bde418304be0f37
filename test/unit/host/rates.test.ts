import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { ok, unavailable } from '../../../lib/host/measurement.ts'
import { addCounters, createGrowingSum, createRateMeter } from '../../../lib/host/rates.ts'
import { createProcList } from '../../../lib/host/source.ts'

const counters = (bytes: number) => new Map([['eth0', { bytes }]])

t.test('a rate is the difference over the elapsed time, and the first sample has none', async (t) => {
  const measure = createRateMeter<'bytes'>()
  t.same(measure(counters(1000), 0).get('eth0'), unavailable('a rate needs a second sample'))
  t.same(measure(counters(6000), 5000).get('eth0'), ok({ bytes: 1000 }))
  t.same(measure(counters(6000), 6000).get('eth0'), ok({ bytes: 0 }), 'idle is 0')
  t.same(measure(counters(6001), 9000).get('eth0'), ok({ bytes: 0.33 }))
})

t.test('a reset or wrapped counter has no rate once, with the reason', async (t) => {
  const measure = createRateMeter<'bytes'>()
  measure(counters(4_294_967_000), 0)
  t.same(measure(counters(100), 5000).get('eth0'), unavailable('the counters were reset since the last sample'))
  t.same(measure(counters(600), 10_000).get('eth0'), ok({ bytes: 100 }))
})

t.test('a new device has no rate at first, and neither have two samples at the same moment', async (t) => {
  const measure = createRateMeter<'bytes'>()
  measure(new Map(), 0)
  t.equal(measure(counters(5), 5000).get('eth0')!.value, null)
  t.equal(measure(counters(9), 5000).get('eth0')!.value, null)
  t.same([...measure(new Map(), 6000)], [])
})

t.test('a sum needs all its values', async (t) => {
  t.same(addCounters([ok({ bytes: 1 }), ok({ bytes: 2 })], 'none'), ok({ bytes: 3 }))
  t.same(addCounters([ok({ bytes: 1 }), unavailable('reset')], 'none'), unavailable('reset'))
  t.same(addCounters([], 'no card'), unavailable('no card'))
})

t.test('a list longer than a page and than the first buffer is read completely, repeatedly', async (t) => {
  const file = join(t.testdir(), 'list')
  const list = createProcList(file)
  t.teardown(list.close)
  for (const lines of [10, 5000, 3]) {
    const text = Array.from({ length: lines }, (_, line) => `line ${line}\n`).join('')
    writeFileSync(file, text)
    t.same(await list.read(), ok(text))
  }
})

t.test('a real list of the kernel is read completely', { skip: process.platform !== 'linux' }, async (t) => {
  const list = createProcList('/proc/self/maps')
  t.teardown(list.close)
  const text = (await list.read()).value!
  t.ok(text.length > 4096, 'more than a page')
  t.match(text, /\[stack\]/)
  t.equal(text.at(-1), '\n')
})

t.test('a missing list has a reason', async (t) => {
  const list = createProcList(join(t.testdir(), 'none'))
  t.match((await list.read()).reason, /none cannot be read \(ENOENT\)/)
})

t.test('a growing sum starts with the first values, and does not fall when a device is removed or reset', async (t) => {
  const add = createGrowingSum<'bytes'>('no device')
  const all = (bytes: Record<string, number>) => new Map(Object.entries(bytes).map(([name, n]) => [name, { bytes: n }]))
  t.same(add(all({})), unavailable('no device'))
  t.same(add(all({ eth0: 1000, eth1: 500 })), ok({ bytes: 1500 }))
  t.same(add(all({ eth0: 1010, eth1: 505 })), ok({ bytes: 1515 }))
  t.same(add(all({ eth1: 510 })), ok({ bytes: 1520 }), 'eth0 is gone')
  t.same(add(all({ eth0: 9000, eth1: 510 })), ok({ bytes: 1520 }), 'the device is back, with bytes counted meanwhile')
  t.same(add(all({ eth0: 9001, eth1: 3 })), ok({ bytes: 1521 }), 'eth1 was reset')
  t.same(add(all({ eth0: 9001, eth1: 5 })), ok({ bytes: 1523 }))
  t.same(add(all({})), ok({ bytes: 1523 }), 'none is left')
})
