import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { Compile } from 'typebox/compile'
import { HistoryReplySchema, historySeries } from '../../schemas/host/history.ts'
import { bearer, build, setUp, temporaryFolder } from '../support/app.ts'

t.test(
  'GET /api/node/metrics returns each timeframe at its own resolution, and only the requested series',
  async (t) => {
    const app = await build(t)
    const headers = bearer(await setUp(app))
    const get = async (query: string) => app.inject({ url: `/api/node/metrics${query}`, headers })
    for (const [timeframe, seconds] of Object.entries({ hour: 10, day: 120, week: 600, month: 3600, year: 43_200 })) {
      const reply = (await get(`?timeframe=${timeframe}`)).json()
      t.match(reply, { success: true, timeframe, resolution_seconds: seconds, data: [] })
      t.same([...Compile(HistoryReplySchema).Errors(reply)], [])
      t.same(Object.keys(reply.reasons), Object.keys(historySeries), 'every series says why it is empty')
    }
    t.match((await get('')).json(), { timeframe: 'week' })
    t.same(Object.keys((await get('?series=cpu,netin')).json().reasons), ['cpu', 'netin'])
    for (const bad of [
      '?timeframe=decade',
      '?series=',
      '?series=cpu,',
      '?series=password',
      '?timeframe=hour&timeframe=day'
    ])
      t.match((await get(bad)).json(), { success: false, code: 'VALIDATION' }, bad)
  }
)

t.test('recorded vital signs are returned, also after a restart', async (t) => {
  const folder = await temporaryFolder(t)
  let now = Date.UTC(2025, 5, 1, 12)
  const options = { folder, now: () => now, sampling: { monotonicNow: () => now } }
  const app = await build(t, {}, options)
  const headers = bearer(await setUp(app))
  t.notOk(existsSync(join(folder, 'history.sqlite')), 'nothing is opened before there is something to write')
  // Real ticks of the sampling, at times of the test.
  const ticks = (count: number, of: typeof app) =>
    new Promise<void>((resolve) => {
      let left = count
      of.sampling.onTick(() => {
        now += 10_000
        if (--left === 0) resolve()
      })
    })
  const alive = setInterval(() => {}, 1000)
  t.teardown(() => clearInterval(alive))
  await ticks(3, app)
  const { memory, loadAverage } = app.vitals.latest()
  const read = async (of: typeof app) =>
    (await of.inject({ url: '/api/node/metrics?timeframe=hour', headers })).json().data
  const data = await read(app)
  t.ok(data.length >= 2)
  t.equal(data.at(-1).memtotal, memory.value?.total)
  t.ok(Math.abs(data.at(-1).memused - memory.value!.used!) < 0.2 * memory.value!.total!)
  t.ok(Math.abs(data.at(-1).loadavg - loadAverage.value![0]!) < 5)
  t.ok(data.at(-1).cpu === null || (data.at(-1).cpu >= 0 && data.at(-1).cpu <= 1), 'a fraction')
  t.ok(data.at(-1).netin === null || data.at(-1).netin >= 0, 'bytes a second')
  await app.close()
  t.ok(existsSync(join(folder, 'history.sqlite')))
  const again = await build(t, {}, options)
  t.same((await read(again)).slice(0, 2), data.slice(0, 2))
})

t.test('a history that cannot be opened is a 503, and health reports it', async (t) => {
  const folder = await temporaryFolder(t)
  const app = await build(t, {}, { folder })
  const headers = bearer(await setUp(app))
  mkdirSync(join(folder, 'history.sqlite'))
  const reply = await app.inject({ url: '/api/node/metrics', headers })
  t.equal(reply.statusCode, 503)
  t.match(reply.json(), { code: 'BUSY' })
  t.equal((await app.inject({ url: '/api/system', headers })).statusCode, 200)
  const { health } = (await app.inject('/api/system-info')).json()
  t.match(health, { status: /warning|critical/, summary: 'Metric history cannot be written' })
})
