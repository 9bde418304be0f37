import { spawnSync } from 'node:child_process'
import t from 'tap'
import { PASSWORD } from '../support/app.ts'
import { panelMissing } from '../support/panel-app.ts'
import { startPostgresql } from '../support/postgresql.ts'
import { startRedis } from '../support/redis.ts'
import { createTenant, newKey, openPanel, setUpOperator } from './command-rig.ts'

t.setTimeout(300_000)
t.test('a backup by pg_dump is a panel again', { skip: panelMissing }, async (t) => {
  const [postgresql, redis] = await Promise.all([startPostgresql(t), startRedis(t)])
  const panel = await openPanel(t, { postgresql, redis })
  const replica = await panel.replica()
  const operator = await setUpOperator(replica)
  const { code } = await createTenant(replica, operator, 'acme')
  const owner = { username: 'admin', password: PASSWORD, setup_code: code }
  t.match(await replica.call('acme', '/api/auth/setup', '', owner), { status: 200 })
  replica.daemon.signal('SIGTERM')
  await replica.daemon.exited

  const run = (user: string, program: string, args: string[], input?: Buffer) => {
    const where = ['-h', '127.0.0.1', '-p', String(postgresql.port), '-U', user]
    return spawnSync(program, [...where, ...args], input === undefined ? {} : { input })
  }
  t.match(
    String(run('monitor', 'pg_dump', ['-Fc', panel.name]).stderr),
    'row-level security',
    'not by the daemon’s role'
  )
  const { status, stdout } = run('super', 'pg_dump', ['-Fc', panel.name])
  t.equal(status, 0)
  await postgresql.asSuperuser('CREATE DATABASE restored OWNER monitor')
  const restore = run('super', 'pg_restore', ['--exit-on-error', '-d', 'restored'], stdout)
  t.equal(restore.status, 0, String(restore.stderr))

  // A new Redis.
  const restored = { MONITOR_DATABASE_URL: postgresql.url('restored'), MONITOR_REDIS_URL: redis.url(900) }
  const again = await panel.replica(restored)
  t.match(await again.logIn('acme'), { success: true })
  t.match(await again.call('', '/api/auth/me', operator), { status: 200 }, 'sessions too')
  t.match(await panel.command(['audit', 'verify'], restored), {
    code: 0,
    stdout: /^audit: operator: [^\n]+\naudit: tenant acme: /
  })
  t.match(await panel.command(['rotate-key'], { ...restored, MONITOR_ENCRYPTION_KEY: newKey() }), {
    code: 1,
    stderr: /^rotate-key: MONITOR_ENCRYPTION_KEY is not the key that this database was encrypted with[^\n]*\n$/
  })
})
