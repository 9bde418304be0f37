import { ChildProcess } from 'node:child_process'
import t from 'tap'
import { type App, bearer, build, setUp } from '../support/app.ts'
import { openSession } from '../support/sessions.ts'
import { standIn } from '../support/stand-in.ts'
import { mintApiToken } from '../support/tokens.ts'
import { passTime, until } from '../support/waiting.ts'

/** The series of a scrape by their text before the value. */
async function scrape(app: App, headers: Record<string, string>) {
  const { body, statusCode } = await app.inject({ url: '/api/prometheus', headers })
  if (statusCode !== 200) throw new Error(`${statusCode} ${body}`)
  const lines = body.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]))
}
const requests = (method: string, route: string, status: number) =>
  `proxmenux_monitor_http_requests_total{method="${method}",route="${route}",status="${status}"}`

t.test('events before the first scrape are counted, and scrapes do not reset the counters', async (t) => {
  const app = await build(t)
  await setUp(app)
  const headers = bearer(mintApiToken(app, { scope: 'read_only' }))
  const login = (password: string) =>
    app.inject({ method: 'POST', url: '/api/auth/login', payload: { username: 'admin', password } })
  await login('Correct-Horse-7')
  for (let i = 0; i < 6; i++) await login('Wrong-Horse-7')
  for (const path of ['/a', '/b?c=d', '/api/x', '/api/users/99/x']) await app.inject({ url: path, headers })
  await app.inject({ url: '/api/users/7', headers: (await openSession(app)).headers })
  await app.inject({ url: '/api/users/8', headers: (await openSession(app)).headers })

  const first = await scrape(app, headers)
  t.match(first, {
    [requests('POST', '/api/auth/login', 200)]: 1,
    [requests('POST', '/api/auth/login', 401)]: 5,
    [requests('POST', '/api/auth/login', 423)]: 1,
    [requests('*', 'unknown', 404)]: 4,
    [requests('GET', '/api/users/:id', 404)]: 2,
    'proxmenux_monitor_logins_total{outcome="success"}': 1,
    'proxmenux_monitor_logins_total{outcome="failure"}': 6,
    proxmenux_monitor_lockouts_total: 1,
    'proxmenux_monitor_security_events_total{event="owner_created"}': 1,
    proxmenux_monitor_terminals: 0,
    proxmenux_monitor_live_clients: 0,
    proxmenux_monitor_audit_faults: 0,
    'proxmenux_monitor_info{version="0.0.0"}': 1
  })
  t.equal(first[requests('GET', '/api/prometheus', 200)], undefined)
  const routes = Object.keys(first).flatMap((name) => /route="([^"]*)"/.exec(name)?.[1] ?? [])
  t.same([...new Set(routes)].toSorted(), ['/api/auth/login', '/api/auth/setup', '/api/users/:id', 'unknown'])
  const parts = (name: string) => first[`proxmenux_monitor_http_request_duration_seconds_${name}`]!
  t.equal(parts('count'), 14)
  t.equal(parts('bucket{le="+Inf"}'), 14)
  t.ok(parts('sum') > 0)
  t.ok(first.process_resident_memory_bytes! > 1e7)
  t.ok(Math.abs(first.process_start_time_seconds! - Date.now() / 1000 + process.uptime()) < 5)

  app.banGate.replace(['198.51.100.1', '198.51.100.2', '203.0.113.0/24'])
  // A span to measure the loop in: one more scrape would count.
  await passTime(1000)
  const second = await scrape(app, headers)
  t.equal(second[requests('GET', '/api/prometheus', 200)], 1)
  t.equal(second.proxmenux_monitor_banned_addresses, 3)
  t.ok(second.process_cpu_seconds_total! >= first.process_cpu_seconds_total!)
  t.type(second.nodejs_eventloop_lag_max_seconds, 'number')
  t.ok(second.nodejs_eventloop_lag_mean_seconds! <= second.nodejs_eventloop_lag_max_seconds!)
})

t.test('a blocked event loop shows in one scrape, and is gone in the next', async (t) => {
  const app = await build(t)
  const headers = bearer(await setUp(app))
  const lag = async () => (await scrape(app, headers)).nodejs_eventloop_lag_max_seconds!
  // Measured five times a second, from the second time on; what is not measured yet is lost with a scrape.
  const measure = () => passTime(500)
  await lag()
  await measure()
  const end = performance.now() + 3000
  while (performance.now() < end);
  await measure()
  t.ok((await lag()) >= 2.7)
  await measure()
  t.ok((await lag()) < 2.7)
})

t.test('a scrape starts no process', async (t) => {
  const app = await build(t)
  const headers = bearer(await setUp(app))
  // fail2ban's client is asked once, soon after the start.
  await until(() => app.fail2ban.latest().state === 'absent')
  const started = t.capture(ChildProcess.prototype as unknown as { spawn: () => number }, 'spawn')
  for (let i = 0; i < 3; i++) await scrape(app, headers)
  t.same(started(), [])
})

t.test('a failing source is left out, and no other', async (t) => {
  const app = await build(t)
  const headers = bearer(await setUp(app))
  app.sources.proxmox.latest = () => standIn(null)
  const series = await scrape(app, headers)
  t.ok('proxmenux_monitor_terminals' in series)
  t.ok(Object.keys(series).some((name) => name.startsWith('proxmox_memory_total_bytes')))
})

t.test('a scrape keeps the full sampling rate, and concurrent scrapes get the same metrics', async (t) => {
  let monotonicNow = 0
  const app = await build(t, {}, { sampling: { monotonicNow: () => monotonicNow } })
  const headers = bearer(await setUp(app))
  monotonicNow = 1e6
  t.equal(app.sampling.isIdle(), true)
  const both = await Promise.all([scrape(app, headers), scrape(app, headers)])
  t.equal(app.sampling.isIdle(), false)
  t.same(Object.keys(both[0]).filter(isOfHost), Object.keys(both[1]).filter(isOfHost))
})
const isOfHost = (name: string) => name.startsWith('proxmox_')
