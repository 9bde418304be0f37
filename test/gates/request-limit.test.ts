import t from 'tap'
import { type App, build } from '../support/app.ts'

const START = Date.UTC(2026, 0, 1)

/** One request to an open route; the status and what its headers say about the limit. */
async function ask(app: App, from = '198.51.100.7') {
  const { statusCode, headers } = await app.inject({ url: '/api/auth/status', headers: { 'x-forwarded-for': from } })
  return [statusCode, headers.ratelimit, headers['retry-after']]
}

t.test('a window admits its number of requests, and the answer says when it ends', async (t) => {
  let time = START
  const app = await build(t, { rateLimit: 2 }, { now: () => time })
  t.same(await ask(app), [200, '"api";r=1;t=60', undefined])
  time = START + 30_500
  t.same(await ask(app), [200, '"api";r=0;t=30', undefined])
  time = START + 59_999
  t.same(await ask(app), [429, '"api";r=0;t=1', '1'])
  t.same(await ask(app, '198.51.100.8'), [200, '"api";r=1;t=60', undefined], 'another address')
  time = START + 60_000
  t.same(await ask(app), [200, '"api";r=1;t=60', undefined])
})

t.test('a clock set back opens a new window', async (t) => {
  let time = START
  const app = await build(t, { rateLimit: 1 }, { now: () => time })
  await ask(app)
  t.equal((await ask(app))[0], 429)
  time = START - 3_600_000
  t.same(await ask(app), [200, '"api";r=0;t=60', undefined])
})

t.test('IPv6 addresses of one /64 share a window', async (t) => {
  const app = await build(t, { rateLimit: 1 })
  await ask(app, '2001:db8::1')
  t.equal((await ask(app, '2001:db8::ffff'))[0], 429)
  t.equal((await ask(app, '2001:db8:0:1::1'))[0], 200)
})

t.test('concurrent requests are all counted, and static files are not', async (t) => {
  const app = await build(t, { rateLimit: 3 })
  for (let i = 0; i < 5; i++) t.not((await app.inject('/')).statusCode, 429)
  const statuses = await Promise.all(Array.from({ length: 8 }, async () => (await ask(app))[0]))
  t.equal(statuses.filter((status) => status === 200).length, 3)
  t.equal(statuses.filter((status) => status === 429).length, 5)
})
