import { setImmediate as nextTurn } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { type Measurement, ok, unavailable } from '../../lib/host/measurement.ts'
import { createSampling, IDLE_AFTER_MS } from '../../lib/host/sampling.ts'
import { quietFor } from '../support/waiting.ts'

const NOON = Date.UTC(2025, 5, 1, 12)

/** Sampling whose clocks are moved by the test. It is not started: readings are asked for by `fresh`. */
function still() {
  let monotonicNow = 0
  const faults: unknown[] = []
  const sampling = createSampling({
    now: () => NOON + monotonicNow,
    monotonicNow: () => monotonicNow,
    onFault: (error) => faults.push(error)
  })
  return { sampling, faults, pass: (ms: number) => (monotonicNow += ms) }
}

/** Sampling's own timers keep no process alive. */
function stayAlive(t: Test) {
  const alive = setInterval(() => {}, 1000)
  t.teardown(() => clearInterval(alive))
}

/** Sampling at its real rates. */
function running(t: Test) {
  stayAlive(t)
  let ahead = 0
  const faults: unknown[] = []
  const monotonicNow = () => performance.now() + ahead
  const sampling = createSampling({ now: Date.now, monotonicNow, onFault: (error) => faults.push(error) })
  t.teardown(sampling.stop)
  sampling.reportViewer()
  const ticks = (count: number) =>
    new Promise<void>((resolve) => {
      let left = count
      sampling.onTick(() => {
        if (--left === 0) resolve()
      })
    })
  return { sampling, faults, ticks, pass: (ms: number) => (ahead += ms) }
}

t.test('the revision changes with the shown value, also if only its age changed', async (t) => {
  const { sampling, pass } = still()
  let next: () => Promise<Measurement<number>> = async () => ok(1)
  const source = sampling.add({ name: 'the pool', everyMs: 1000, read: () => next() })
  const seen = [source.revision()]
  const isNew = (what: string) => {
    t.notOk(seen.includes(source.revision()), what)
    seen.push(source.revision())
  }
  await source.fresh(0)
  isNew('a value')
  pass(5000)
  t.equal(source.revision(), seen.at(-1), 'nothing was read')
  next = async () => {
    throw new Error('gone')
  }
  await source.fresh(0)
  isNew('a failure')
  for (let i = 0; i < 3; i++) {
    pass(1000)
    isNew('its age')
  }
  next = async () => ok(2)
  await source.fresh(0)
  isNew('a value again')
  pass(5000)
  t.equal(source.revision(), seen.at(-1))
})

t.test('a source shows its value, then the failure with the age of the last value', async (t) => {
  const { sampling, pass } = still()
  let next: () => Promise<Measurement<number>> = async () => ok(1)
  const source = sampling.add({ name: 'the pool', everyMs: 1000, read: () => next() })
  t.same(source.latest(), { value: null, reason: 'not measured yet', sampledAt: null, stale: false })
  t.same(await source.fresh(0), { value: 1, reason: null, sampledAt: NOON, stale: false })

  next = () => Promise.reject(Object.assign(new Error('no'), { code: 'EIO' }))
  pass(1000)
  t.same(await source.fresh(0), { value: 1, reason: 'the pool cannot be read (EIO)', sampledAt: NOON, stale: true })

  next = () => {
    throw new Error('garbage')
  }
  pass(1000)
  t.match(await source.fresh(0), { value: 1, reason: 'the pool cannot be read (garbage)', stale: true })

  next = async () => unavailable('this host has no pools')
  pass(1000)
  t.same(await source.fresh(0), { value: null, reason: 'this host has no pools', sampledAt: null, stale: false })
  next = async () => ok(2)
  pass(1000)
  t.same(await source.fresh(0), { value: 2, reason: null, sampledAt: NOON + 4000, stale: false })
  t.equal(source.revision(), 7, 'five readings, and two seconds of an old value')
})

t.test('concurrent callers share one reading, and a recent sample is not read again', async (t) => {
  const { sampling, pass } = still()
  let reads = 0
  const source = sampling.add({ name: 'it', everyMs: 1000, onDemand: true, read: async () => ok(++reads) })
  const asked = await Promise.all([source.fresh(5000), source.fresh(5000), source.ready()])
  t.equal(asked[0].value, 1)
  pass(4000)
  t.equal((await source.fresh(5000)).value, 1)
  pass(2000)
  t.equal((await source.fresh(5000)).value, 2)
})

t.test('a reading that hangs times out, is not repeated and is aborted; a late answer still counts', async (t) => {
  const { sampling } = still()
  const answers: ((reading: Measurement<number>) => void)[] = []
  let stopped = false
  const source = sampling.add<number>({
    name: 'the disk',
    everyMs: 1000,
    timeoutMs: 20,
    read: ({ signal }) => {
      signal.onabort = () => {
        stopped = true
      }
      return new Promise((resolve) => {
        answers.push(resolve)
      })
    }
  })
  stayAlive(t)
  await source.ready()
  t.same(source.latest(), { value: null, reason: 'the disk does not answer', sampledAt: null, stale: false })
  t.ok(stopped)
  await source.fresh(0)
  t.equal(answers.length, 1)
  answers[0]!(ok(7))
  await nextTurn()
  t.match(source.latest(), { value: 7, reason: null })
})

t.test('each source has its own rate, and one that hangs delays no other source and no listener', async (t) => {
  const { sampling, ticks, faults } = running(t)
  const reads = { quick: 0, slow: 0, asked: 0 }
  let heard = 0
  sampling.add({ name: 'quick', everyMs: 1000, read: async () => ok(++reads.quick) })
  sampling.add({ name: 'slow', everyMs: 60_000, read: async () => ok(++reads.slow) })
  sampling.add({ name: 'asked', everyMs: 1000, onDemand: true, read: async () => ok(++reads.asked) })
  sampling.add({ name: 'hanging', everyMs: 1000, read: () => new Promise<never>(() => {}) })
  sampling.onTick(() => {
    throw new Error('a listener that fails')
  })
  sampling.onTick(() => {
    heard++
  })
  const done = ticks(3)
  sampling.start()
  await done
  t.same(reads, { quick: 3, slow: 1, asked: 0 })
  t.equal(heard, 3)
  t.equal(faults.length, 3)
})

t.test('a source may change its rate while it runs', async (t) => {
  const { sampling, ticks } = running(t)
  let reads = 0
  let rate = 60_000
  sampling.add({ name: 'it', everyMs: () => rate, read: async () => ok(++reads) })
  let done = ticks(2)
  sampling.start()
  await done
  t.equal(reads, 1)
  rate = 1000
  done = ticks(1)
  await done
  t.equal(reads, 2)
})

t.test('sampling slows down without viewers, and resumes at once with the next viewer', async (t) => {
  const { sampling, ticks, pass } = running(t)
  let reads = 0
  sampling.add({ name: 'it', everyMs: 1000, read: async () => ok(++reads) })
  let done = ticks(1)
  sampling.start()
  await done
  pass(IDLE_AFTER_MS)
  t.ok(sampling.isIdle())
  done = ticks(1)
  await done
  const idle = reads
  await quietFor(2500)
  t.equal(reads, idle, 'no reading in the next seconds')
  done = ticks(1)
  const before = performance.now()
  sampling.reportViewer()
  await done
  t.ok(performance.now() - before < 1000)
  t.notOk(sampling.isIdle())
  t.equal(reads, idle + 1)
})

t.test('after a stop no source is read, and pending readings are aborted', async (t) => {
  const { sampling, ticks } = running(t)
  let told = false
  let reads = 0
  sampling.add({
    name: 'it',
    everyMs: 1000,
    read: ({ signal }) => {
      reads++
      signal.onabort = () => {
        told = true
      }
      return new Promise<never>(() => {})
    }
  })
  const done = ticks(1)
  sampling.start()
  await done
  sampling.stop()
  sampling.reportViewer()
  t.ok(told)
  await quietFor(1300)
  t.equal(reads, 1)
})
