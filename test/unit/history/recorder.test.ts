import { rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import t from 'tap'
import { SERIES } from '../../../lib/history/steps.ts'
import { TIERS } from '../../../lib/history/tiers.ts'
import { NOON, NOON_S, recorderIn } from '../../history/rig.ts'

const { DatabaseSync } = createRequire(import.meta.url)('node:sqlite') as typeof import('node:sqlite')
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

t.test('samples become ten-second steps with mean and maximum, written a minute later', async (t) => {
  const { recorder, measure, run, rows, skip } = await recorderIn(t)
  measure({ cpu: 0.2, memused: 1000 })
  await run(5000)
  measure({ cpu: 0.6, memused: 3000 })
  await run(5000)
  measure({ cpu: null })
  await run(10_000)
  t.same(await recorder.read('hour', ['cpu', 'memused']), [[NOON_S, 0.4, 0.6, 2000]], 'from memory')
  measure({ cpu: 0.1 })
  await run(MINUTE)
  t.same(rows(10, 'at, cpu, cpu_n, cpu_max, memused').slice(0, 2), [
    { at: NOON_S, cpu: 0.4, cpu_n: 1, cpu_max: 0.6, memused: 2000 },
    { at: NOON_S + 20, cpu: 0.1, cpu_n: 1, cpu_max: 0.1, memused: null }
  ])
  skip(HOUR - 20_000)
  t.equal((await recorder.read('hour', ['cpu'])).length, 1, 'the window moves on')
})

t.test('every series is stored and read back', async (t) => {
  const { recorder, measure, run } = await recorderIn(t)
  measure(Object.fromEntries(SERIES.map((name, i) => [name, i + 1])))
  await run(3 * MINUTE)
  for (const [i, name] of SERIES.entries()) {
    const [row] = await recorder.read('day', [name])
    t.equal(row?.[1], i + 1, name)
    if (row!.length > 2) t.equal(row![2], i + 1, `${name}, the highest`)
  }
})

t.test('coarser steps agree with the finest ones they cover, gaps and peaks included', async (t) => {
  const { recorder, measure, run, rows, skip } = await recorderIn(t)
  for (let i = 0; i < 200; i++) {
    measure({ cpu: i % 7 === 0 ? null : (i * 37) % 101, temperature: i % 3 ? null : 40 + (i % 11) })
    await run(10_000)
    if (i % 50 === 49) skip(440_000)
  }
  await recorder.flush()
  const finest = rows(10, 'at, cpu, temperature')
  for (const { seconds } of TIERS.slice(1)) {
    for (const name of ['cpu', 'temperature']) {
      for (const row of rows(seconds, `at, ${name} AS sum, ${name}_n AS n, ${name}_max AS max`)) {
        const at = Number(row.at)
        const covered = finest
          .filter((step) => Number(step.at) >= at && Number(step.at) < at + seconds)
          .map((step) => step[name] as number | null)
          .filter((value) => value !== null)
        const sum = covered.length === 0 ? null : covered.reduce((all, value) => all + value, 0)
        t.equal(row.sum, sum, `${name} of ${at}, ${seconds} s`)
        t.equal(row.n ?? 0, covered.length)
        t.equal(row.max, covered.length === 0 ? null : Math.max(...covered))
      }
    }
  }
})

t.test('each table keeps a limited number of rows', async (t) => {
  const { recorder, run, rows, path } = await recorderIn(t)
  await run(3 * HOUR, 10_000)
  t.equal(rows(10).length, TIERS[0]!.keep)
  t.equal(rows(120).length, 90)
  t.equal(rows(10).at(-1)?.at, NOON_S + 3 * 3600 - 70, 'the newest stay')
  await recorder.close()
  t.ok(statSync(path).size < 1_000_000)
})

t.test('after the clock was set back a little, repeated times are overwritten', async (t) => {
  const { recorder, measure, run, rows, setClock } = await recorderIn(t)
  await run(5 * MINUTE)
  setClock(NOON + 3 * MINUTE)
  measure({ cpu: 0.9 })
  await run(2 * MINUTE)
  const times = rows(10).map(({ at }) => at)
  t.equal(new Set(times).size, times.length)
  t.ok(
    times.every((at) => Number(at) < NOON_S + 300),
    'nothing lies ahead of the clock'
  )
  t.same(rows(10).find(({ at }) => at === NOON_S + 180)?.cpu, 0.9)
  t.same(rows(10).find(({ at }) => at === NOON_S + 170)?.cpu, 0.5)
  t.same((await recorder.read('hour', ['cpu'])).length, 29)
})

t.test('a host that starts in the past loses no history once its clock is set', async (t) => {
  const before = await recorderIn(t)
  await before.run(10 * MINUTE)
  await before.recorder.close()

  const { run, rows, setClock, recorder, troubles } = await recorderIn(t, { folder: before.folder })
  setClock(0)
  await run(20 * MINUTE)
  setClock(NOON + HOUR)
  await run(5 * MINUTE)
  const times = rows(10).map(({ at }) => Number(at))
  t.equal(times[0], NOON_S)
  t.equal(times.filter((at) => at < NOON_S + 600).length, 59, 'all of what was written before')
  t.notOk(
    times.some((at) => at < NOON_S),
    'and nothing from 1970'
  )
  t.ok(times.some((at) => at >= NOON_S + 3600))
  t.notOk(recorder.isFaulty())
  t.same(troubles, [])
})

t.test('rows from a clock that was ahead are not shown, and are removed an hour after it was set right', async (t) => {
  const { recorder, run, rows, setClock } = await recorderIn(t)
  await run(10 * MINUTE)
  setClock(NOON + 400 * DAY)
  await run(10 * MINUTE)
  t.ok(rows(10).some(({ at }) => Number(at) > NOON_S + DAY / 1000))
  t.ok(
    rows(10).some(({ at }) => Number(at) === NOON_S),
    'retention goes by count, not by a clock that may be wrong'
  )

  setClock(NOON + 20 * MINUTE)
  await run(10 * MINUTE)
  const shown = await recorder.read('hour', ['cpu'])
  t.ok(shown.every(([at]) => at < NOON_S + 1800))
  t.ok(
    shown.some(([at]) => at >= NOON_S + 1200),
    'values measured meanwhile are there'
  )
  await run(HOUR)
  for (const { seconds } of TIERS)
    t.ok(
      rows(seconds).every(({ at }) => Number(at) <= NOON_S + 5400),
      `${seconds} s`
    )
  const after = await recorder.read('hour', ['cpu'])
  t.ok(after.length > 340, 'nothing of the hour is lost')
})

t.test('a full disk is reported once, affects nothing else, and ends when there is space', async (t) => {
  const { recorder, run, rows, troubles, database } = await recorderIn(t)
  await run(3 * MINUTE)
  database().exec('PRAGMA max_page_count = 1')
  // SQLite cannot go below the present size: free pages of the file are used up first.
  await run(45 * MINUTE)
  t.ok(recorder.isFaulty())
  t.equal(troubles.length, 1)
  t.match(troubles[0]?.message, /full/)
  t.ok((await recorder.read('hour', ['cpu'])).length > 280, 'answers go on')

  database().exec('PRAGMA max_page_count = 100000')
  await run(2 * MINUTE)
  t.notOk(recorder.isFaulty())
  t.equal(troubles.length, 2)
  t.equal(troubles[1], null)
  t.equal(rows(10).length, 6 * 50 - 1 - 5, 'what waited is written')
})

t.test('a store that cannot be opened is retried', async (t) => {
  const { recorder, run, refuse, troubles, rows } = await recorderIn(t)
  refuse(new Error('no such folder'))
  await run(3 * MINUTE)
  t.ok(recorder.isFaulty())
  await t.rejects(recorder.read('day'), /no such folder/)
  refuse(null)
  await run(MINUTE)
  t.notOk(recorder.isFaulty())
  t.equal(troubles.length, 2)
  t.equal(rows(10).length, 18)
})

t.test('a file found broken while in use is moved aside and replaced', async (t) => {
  const { recorder, run, rows, asides, path, database } = await recorderIn(t)
  await run(30 * MINUTE)
  database().exec('PRAGMA wal_checkpoint(TRUNCATE)')
  const { size } = statSync(path)
  const page = Buffer.alloc(size - 4096, 0xa5)
  const { openSync, writeSync, closeSync } = await import('node:fs')
  const fd = openSync(path, 'r+')
  writeSync(fd, page, 0, page.length, 4096)
  closeSync(fd)
  const other = new DatabaseSync(path)
  // Makes the recorder's own connection forget the pages it knows.
  other.exec('PRAGMA user_version = 1')
  other.close()
  await run(5 * MINUTE)
  t.equal(asides.length, 1)
  t.ok(rows(10).length > 6)
  t.notOk(recorder.isFaulty())
})

t.test('a removed file is created again', async (t) => {
  const { run, rows, path, recorder } = await recorderIn(t)
  await run(3 * MINUTE)
  for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true })
  await run(3 * MINUTE)
  t.ok(statSync(path).size > 0)
  t.ok(rows(10).length >= 12)
  t.notOk(recorder.isFaulty())
})

t.test('a broken file at the start is moved aside', async (t) => {
  const { run, asides, path, rows } = await recorderIn(t)
  writeFileSync(path, 'no database at all, and long enough to be seen as none'.repeat(40))
  await run(3 * MINUTE)
  t.equal(asides.length, 1)
  t.ok(rows(10).length > 0)
})

t.test('after a close nothing is written, and the steps finished before are stored', async (t) => {
  const first = await recorderIn(t)
  await first.run(35_000)
  await first.recorder.close()
  first.recorder.tick()
  const again = await recorderIn(t, { folder: first.folder })
  again.skip(MINUTE)
  t.equal((await again.recorder.read('hour', ['cpu'])).length, 3)
})
