import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import t from 'tap'
import { missing } from '../edge/programs.ts'
import { PASSWORD } from '../support/app.ts'
import { panelMissing } from '../support/panel-app.ts'
import { startRedis } from '../support/redis.ts'
import { createTenant, newKey, openPanel, setUpOperator } from './command-rig.ts'
import { guideBlock, startShippedPostgresql } from './shipped-panel.ts'

t.setTimeout(300_000)
t.test(
  'a panel is restored from a backup by the guide’s commands',
  { skip: panelMissing || missing('/usr/bin/psql', 'postgresql') },
  async (t) => {
    const [postgresql, redis] = await Promise.all([startShippedPostgresql(t), startRedis(t)])
    const { env, runAsSuperuser, databaseUrl } = postgresql
    const panel = await openPanel(t, { postgresql: { ...postgresql, createDatabase: async () => databaseUrl }, redis })
    const replica = await panel.replica()
    const operator = await setUpOperator(replica)
    const { code } = await createTenant(replica, operator, 'acme')
    const owner = { username: 'admin', password: PASSWORD, setup_code: code }
    t.match(await replica.call('acme', '/api/auth/setup', '', owner), { status: 200 })

    const dump = join(panel.folder, 'panel.dump')
    const run = (text: string) => runAsSuperuser(guideBlock(text).replaceAll('panel.dump', dump))
    const asDaemon = spawnSync('pg_dump', [databaseUrl], { encoding: 'utf8', env: { ...process.env, ...env } })
    t.match(asDaemon.stderr, 'row-level security', 'not by the daemon’s role')
    run('pg_dump -Fc')
    replica.daemon.signal('SIGTERM')
    await replica.daemon.exited
    run('pg_restore')

    // A new Redis.
    const restored = { MONITOR_REDIS_URL: redis.url(900) }
    const again = await panel.replica(restored)
    t.match(await again.logIn('acme'), { success: true })
    t.match(await again.call('', '/api/auth/me', operator), { status: 200 }, 'sessions too')
    const verified = await panel.command(['audit', 'verify'], restored)
    t.match(verified, { code: 0, stdout: /^audit: operator: [^\n]+\naudit: tenant acme: / })
    t.match(await panel.command(['rotate-key'], { ...restored, MONITOR_ENCRYPTION_KEY: newKey() }), {
      code: 1,
      stderr: /^rotate-key: MONITOR_ENCRYPTION_KEY is not the key that this database was encrypted with[^\n]*\n$/
    })
  }
)
