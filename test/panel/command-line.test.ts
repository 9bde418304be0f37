import t from 'tap'
import { runToEnd } from '../attack/harness.ts'
import { PASSWORD } from '../support/app.ts'
import { panelMissing } from '../support/panel-app.ts'
import { startPostgresql } from '../support/postgresql.ts'
import { startRedis } from '../support/redis.ts'
import { until } from '../support/waiting.ts'
import { codeNow, createTenant, newKey, openPanel, setUpOperator } from './command-rig.ts'

const SECRETS = /postgres(ql)?:|redis:|127\.0\.0\.1|node:|\.ts:/
const OWNER = { username: 'admin', password: PASSWORD }

t.setTimeout(300_000)
t.test('the command line in a panel', { skip: panelMissing }, async (t) => {
  const [postgresql, redis] = await Promise.all([startPostgresql(t), startRedis(t)])
  const servers = { postgresql, redis }

  t.test('reset-password: a tenant’s owner and the operator, while a replica runs', async (t) => {
    const panel = await openPanel(t, servers)
    const replica = await panel.replica()
    const { call, logIn } = replica
    const operator = await setUpOperator(replica)
    const { id, code } = await createTenant(replica, operator, 'acme')
    const owner = String((await call('acme', '/api/auth/setup', '', { ...OWNER, setup_code: code })).json.token)
    t.match(await call('acme', '/api/auth/me', owner), { status: 200 })

    t.match(await panel.command(['reset-password', '--yes', '--tenant', 'acme']), {
      code: 0,
      stdout: `The login "admin" of the tenant "acme" is gone. Now renew its setup code (POST /api/tenants/${id}/setup-code)`
    })
    t.match(await call('acme', '/api/auth/me', owner), { json: { success: false } }, 'on the next request')
    t.match(
      await call('acme', '/api/auth/setup', '', { ...OWNER, setup_code: code }),
      { status: 401 },
      'nobody is first'
    )
    const renewed = await call('', `/api/tenants/${id}/setup-code`, operator, {})
    const again = { ...OWNER, setup_code: String(renewed.json.setup_code) }
    t.match(await call('acme', '/api/auth/setup', '', again), { status: 200 })
    t.match(await call('acme', '/api/auth/me', owner), { status: 401 }, 'also for an owner of the same name')
    t.match(await call('', '/api/auth/me', operator), { status: 200 }, 'the operator is another')

    t.match(await panel.command(['reset-password', '--yes']), {
      code: 0,
      stdout: 'The login "admin" of the operator is gone.'
    })
    // A replica remembers for a second that the operator has a login.
    await until(async () => (await call('', '/api/auth/status')).json.auth_configured === false)
    t.match(await panel.command(['reset-password', '--yes']), {
      code: 1,
      stderr: /^reset-password: the operator has no login[^\n]+\n$/
    })
    t.match(await panel.command(['reset-password', '--yes', '--tenant', 'nobody']), {
      code: 1,
      stderr: 'reset-password: there is no tenant "nobody"\n'
    })
    t.match(await logIn('acme'), { success: true })
  })

  t.test('audit verify: each tenant has its own chain', async (t) => {
    const panel = await openPanel(t, servers)
    const replica = await panel.replica()
    const operator = await setUpOperator(replica)
    const { id } = await createTenant(replica, operator, 'acme')
    for (let i = 0; i < 3; i++) await replica.logIn('acme')
    const whole = await panel.command(['audit', 'verify'])
    t.match(whole, {
      code: 0,
      stdout: /^audit: operator: \d+ entries [^\n]+ is whole\naudit: tenant acme: 3 entries [^\n]+ is whole\n$/
    })
    const tamper = `UPDATE audit_events SET username = 'other' WHERE tenant_id = ${id} AND id = 2`
    await postgresql.asSuperuser(tamper, panel.name)
    t.match(await panel.command(['audit', 'verify']), {
      code: 1,
      stdout: /^audit: operator: [^\n]+ is whole\naudit: tenant acme: [^\n]*2[^\n]*\n$/
    })
  })

  t.test('rotate-key: replicas change the key one after the other without an interruption', async (t) => {
    const panel = await openPanel(t, servers)
    const next = newKey()
    const withKeys = (...keys: string[]) => ({ MONITOR_ENCRYPTION_KEY: keys.join(',') })
    const first = await panel.replica()
    const operator = await setUpOperator(first)
    const { secret, backup_codes: codes } = (await first.call('', '/api/auth/totp/setup', operator, {})).json as {
      secret: string
      backup_codes: string[]
    }
    t.match(await first.call('', '/api/auth/totp/enable', operator, { token: codeNow(secret) }), { status: 200 })
    const backupCodes = [...codes]
    const works = async (replica: typeof first, name: string) => {
      t.match(await replica.logIn('', { totp_token: backupCodes.pop() }), { success: true }, name)
      t.match(await replica.call('', '/api/auth/me', operator), { status: 200 }, name)
    }

    const second = await panel.replica(withKeys(panel.key, next))
    for (const [replica, name] of [
      [first, 'old key'],
      [second, 'old key, new key']
    ] as const)
      await works(replica, name)
    const third = await panel.replica(withKeys(next, panel.key))
    for (const [replica, name] of [
      [second, 'old key, new key'],
      [third, 'new key, old key']
    ] as const)
      await works(replica, name)
    t.match(await panel.command(['rotate-key'], withKeys(next, panel.key)), {
      code: 0,
      stdout: /^1 of 2 secrets renewed [^\n]+; 1 had been encrypted with it before\.\n/
    })
    t.match(await panel.command(['rotate-key'], withKeys(next, panel.key)), {
      code: 0,
      stdout: /^0 of 2 secrets renewed [^\n]+; 2 had been encrypted with it before\.\n/
    })
    const last = await panel.replica(withKeys(next))
    for (const [replica, name] of [
      [second, 'old key, new key'],
      [third, 'new key, old key'],
      [last, 'new key']
    ] as const)
      await works(replica, name)
    const refused = await panel.command(['rotate-key'], withKeys(panel.key))
    t.match(refused, { code: 1, stderr: /^rotate-key: MONITOR_ENCRYPTION_KEY is not the key [^\n]+\n$/ })
    for (const key of [panel.key, next]) t.notOk(refused.text.includes(key))
  })

  const commands = [['rotate-key'], ['reset-password', '--yes'], ['audit', 'verify'], ['import', 'auth.json']]
  t.test('unavailable servers and a database of another version are one plain line without the URL', async (t) => {
    const panel = await openPanel(t, servers)
    const unused = { MONITOR_DATABASE_URL: 'postgresql://monitor:s3cret@127.0.0.1:1/panel' }
    for (const words of commands.slice(0, 3)) {
      const { code, text } = await panel.command(words, unused)
      t.equal(code, words[0] === 'audit' ? 2 : 1)
      t.match(text, /^(rotate-key|reset-password|audit): PostgreSQL is unavailable: nothing listens at its address\n$/)
      t.notMatch(text, SECRETS)
    }
    const redisAway = await panel.command(['reset-password', '--yes'], {
      MONITOR_REDIS_URL: 'redis://:s3cret@127.0.0.1:1/0'
    })
    t.match(redisAway, { code: 1, stderr: 'reset-password: Redis is unavailable: nothing listens at its address\n' })
    const noDatabase = await panel.command(['rotate-key'], { MONITOR_DATABASE_URL: postgresql.url('nothing') })
    t.match(noDatabase, { code: 1, stderr: 'rotate-key: PostgreSQL is unavailable: the database does not exist\n' })

    const starts: [Record<string, string>, string][] = [
      [unused, 'MONITOR_DATABASE_URL: PostgreSQL is unavailable: nothing listens at its address'],
      [
        { MONITOR_REDIS_URL: 'redis://:s3cret@127.0.0.1:1/0' },
        'MONITOR_REDIS_URL: Redis is unavailable: nothing listens at its address'
      ],
      [
        { MONITOR_ENCRYPTION_KEY: newKey() },
        'MONITOR_ENCRYPTION_KEY is not the key that this database was encrypted with'
      ]
    ]
    await panel.replica().then(({ daemon }) => daemon.signal('SIGTERM'))
    for (const [more, says] of starts) {
      const { code, errors } = await runToEnd(t, { ...panel.env, ...more })
      t.equal(code, 1)
      t.match(errors, new RegExp(`^proxmenux-monitor cannot start: ${says}[^\\n]*\\n$`))
      t.notMatch(errors, SECRETS)
    }

    await postgresql.asSuperuser('CREATE DATABASE empty OWNER monitor')
    t.match(await panel.command(['rotate-key'], { MONITOR_DATABASE_URL: postgresql.url('empty') }), {
      code: 1,
      stderr: /^rotate-key: the database has version 0, this program needs version \d+; start a replica to update it\n$/
    })
    await postgresql.asSuperuser('INSERT INTO schemaversion (version) VALUES (999)', panel.name)
    for (const words of commands.slice(0, 3))
      t.match(await panel.command(words), {
        text: /: the database has version 999, this program knows version \d+; install a newer program\n$/
      })
  })

  t.test('a single host has none of the panel’s commands, and a wrong call names the help', async (t) => {
    const panel = await openPanel(t, servers)
    const host = { MONITOR_DATABASE_URL: '', MONITOR_REDIS_URL: '', MONITOR_SAAS_DOMAIN: '' }
    for (const words of [['rotate-key'], ['import'], ['import', 'x.json', '--tenant', 'a']])
      t.match(await panel.command(words, host), {
        code: 1,
        stderr: `${words[0]}: this host is not part of a panel: MONITOR_DATABASE_URL is not set\n`
      })
    t.match(await panel.command(['reset-password', '--yes', '--tenant', 'a'], host), {
      code: 1,
      stderr: 'reset-password: this host has no tenants; leave --tenant out\n'
    })
    const wrong = [
      ['import', 'a', 'b'],
      ['import', '--tenant'],
      ['rotate-key', 'x'],
      ['audit', 'verify', '--tenant', 'a']
    ]
    for (const words of wrong)
      t.match(await panel.command(words), { code: 2, stderr: /^proxmenux-monitor: [^\n]+ --help\n$/ })
  })
})
