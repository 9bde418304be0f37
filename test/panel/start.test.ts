import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { environmentIn, runToEnd } from '../attack/harness.ts'
import { freePorts } from '../edge/programs.ts'
import { startPostgresql } from '../support/postgresql.ts'
import { startRedis } from '../support/redis.ts'
import { panelMissing, startPanel } from './panel.ts'
import { startTcpProxy } from './tcp-proxy.ts'

const SECRET = 'Sekret-4711'

t.test('a replica that cannot start', { skip: panelMissing }, async (t) => {
  const [postgresql, redis] = await Promise.all([startPostgresql(t), startRedis(t, ['--requirepass', SECRET])])
  const at = (url: string, changes: { port?: number; password?: string }): string =>
    Object.assign(new URL(url), { password: SECRET, ...changes }).href
  const panel = await startPanel(t, {
    replicas: 1,
    postgresql,
    redis,
    urlsOf: ({ database, redis }) => ({ database: at(database, {}), redis: at(redis, {}) })
  })
  const { closed } = await freePorts('closed')
  const [silent, silentRedis] = [await startTcpProxy(t, postgresql.port), await startTcpProxy(t, redis.port)]
  silent.swallow()
  silentRedis.swallow()
  const good = {
    MONITOR_DATABASE_URL: at(panel.urls.database, {}),
    MONITOR_REDIS_URL: at(panel.urls.redis, {}),
    MONITOR_ENCRYPTION_KEY: panel.encryptionKey
  }
  const rows: [string, Partial<typeof good>, RegExp][] = [
    ['PostgreSQL is away', { MONITOR_DATABASE_URL: at(panel.urls.database, { port: closed }) }, /MONITOR_DATABASE_URL/],
    [
      'PostgreSQL is silent',
      { MONITOR_DATABASE_URL: at(panel.urls.database, { port: silent.port }) },
      /MONITOR_DATABASE_URL/
    ],
    ['no such database', { MONITOR_DATABASE_URL: at(postgresql.url('absent'), {}) }, /the database does not exist/],
    ['Redis is away', { MONITOR_REDIS_URL: at(panel.urls.redis, { port: closed }) }, /MONITOR_REDIS_URL/],
    ['Redis is silent', { MONITOR_REDIS_URL: at(panel.urls.redis, { port: silentRedis.port }) }, /MONITOR_REDIS_URL/],
    [
      'the password of Redis is wrong',
      { MONITOR_REDIS_URL: at(panel.urls.redis, { password: 'x' }) },
      /it refuses the user name or the password/
    ],
    [
      'another encryption key',
      { MONITOR_ENCRYPTION_KEY: randomBytes(32).toString('base64') },
      /MONITOR_ENCRYPTION_KEY is not the key/
    ]
  ]
  for (const [name, changed, reason] of rows)
    await t.test(name, async (t) => {
      const folder = await mkdtemp(join(tmpdir(), 'monitor-start-'))
      t.teardown(() => rm(folder, { recursive: true, force: true }))
      const since = performance.now()
      const { code, errors } = await runToEnd(t, environmentIn(folder, { ...good, ...changed }))
      const ms = Math.round(performance.now() - since)
      t.equal(code, 1)
      t.match(errors, /^proxmenux-monitor cannot start: [^\n]+\n$/, 'one line')
      t.match(errors, reason)
      t.notOk(errors.includes(SECRET) || errors.includes('://'), 'without the URL')
      t.ok(ms < 10_000, `after ${ms} ms`)
    })
})
