import rateLimit from '@fastify/rate-limit'
import fastify from 'fastify'
import { Redis } from 'ioredis'
import t, { type Test } from 'tap'
import { rateLimitOptions } from '../../lib/storage/panel/rate-limits.ts'
import { redisOptions } from '../../lib/storage/panel/redis.ts'
import { count, PARALLEL, parallel } from '../storage/store-suite/rig.ts'
import { redisMissing, startRedis } from '../support/redis.ts'

/** A replica with two limits, each on a path. */
async function openReplica(t: Test, url: string) {
  const redis = new Redis(url, redisOptions)
  await redis.connect()
  t.teardown(() => redis.disconnect())
  const app = fastify()
  t.teardown(() => app.close())
  await app.register(rateLimit, { global: false, timeWindow: 60_000, ...rateLimitOptions(redis) })
  for (const name of ['api', 'login']) {
    const check = app.createRateLimit({ max: 20, keyGenerator: (request) => `${name}:${request.ip}` })
    app.get(`/${name}`, (request) => check(request))
  }
  return { app, redis }
}

t.test('two replicas count the requests of an address together', { skip: redisMissing }, async (t) => {
  const server = await startRedis(t)
  const [a, b] = [await openReplica(t, server.url(0)), await openReplica(t, server.url(0))]
  const get = async ({ app }: typeof a, path: string, remoteAddress = '192.0.2.1') =>
    (await app.inject({ path, remoteAddress })).json()
  const answers = await parallel((i) => get(i % 2 === 0 ? a : b, '/api'))
  t.same(
    answers.map(({ remaining }) => remaining).toSorted((x, y) => y - x),
    Array.from({ length: PARALLEL }, (_, i) => Math.max(0, 19 - i))
  )
  t.equal(
    count(
      answers.map(({ isExceeded }) => isExceeded),
      true
    ),
    PARALLEL - 20
  )
  t.match(await get(a, '/login'), { isExceeded: false, remaining: 19 }, 'another limit has a count of its own')
  t.match(await get(b, '/api', '192.0.2.2'), { isExceeded: false, remaining: 19 }, 'and so has another address')
  const keys = await a.redis.keys('*')
  t.equal(keys.length, 3)
  t.ok(keys.every((key) => key.startsWith('monitor:limit:')))
  for (const key of keys) t.ok((await a.redis.pttl(key)) > 0, 'it expires')
})
