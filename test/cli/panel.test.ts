import t from 'tap'
import { codeNow, createTenant, openPanel, setUpOperator } from '../panel/command-rig.ts'
import { PASSWORD } from '../support/app.ts'
import { panelMissing } from '../support/panel-app.ts'
import { startPostgresql } from '../support/postgresql.ts'
import { startRedis } from '../support/redis.ts'
import { withinASecond } from './rig.ts'

t.setTimeout(300_000)
t.test('the same commands on the stores of a panel, seen by every replica', { skip: panelMissing }, async (t) => {
  const [postgresql, redis] = await Promise.all([startPostgresql(t), startRedis(t)])
  const panel = await openPanel(t, { postgresql, redis })
  const replica = await panel.replica()
  const { call, logIn } = replica
  const operator = await setUpOperator(replica)
  const { code } = await createTenant(replica, operator, 'acme')
  const setup = { username: 'admin', password: PASSWORD, setup_code: code }
  const owner = String((await call('acme', '/api/auth/setup', '', setup)).json.token)
  const command = async (words: string) => {
    const answer = await panel.command([...words.split(' '), '--json'])
    return { ...answer, json: JSON.parse(answer.stdout || answer.stderr) }
  }
  const meIs = (slug: string, token: string, status: number) => async () =>
    (await call(slug, '/api/auth/me', token)).status === status

  t.match((await command('users list --tenant acme')).json, { users: [{ username: 'admin' }] })
  t.match((await command('users list --tenant nobody')).json, { error: 'users list: there is no tenant "nobody"' })
  const { token, id } = (await command('tokens create Backup --tenant acme --scope full_admin')).json
  t.match(await call('acme', '/api/auth/me', token), { status: 200 })
  t.match(await call('', '/api/auth/me', token), { status: 401 }, 'the token is of the tenant')
  t.match((await command('tokens list --tenant acme')).json, { tokens: [{ id, valid: true }] })
  t.match((await command('tokens list')).json, { tokens: [] })
  t.match((await command(`tokens revoke ${id} --tenant acme`)).code, 0)
  t.ok(await withinASecond(meIs('acme', token, 401)))

  const { secret } = (await call('acme', '/api/auth/totp/setup', owner, {})).json as { secret: string }
  t.match(await call('acme', '/api/auth/totp/enable', owner, { token: codeNow(secret) }), { status: 200 })
  t.match((await command('totp disable admin --tenant acme')).code, 0)
  t.ok(await withinASecond(meIs('acme', owner, 401)))
  t.match(await call('', '/api/auth/me', operator), { status: 200 }, 'the operator is another')

  for (let i = 0; i < 5; i++) await logIn('acme', { password: 'wrong' })
  t.match(await logIn('acme'), { code: 'ACCOUNT_LOCKED' })
  t.match((await command('unlock admin')).code, 1)
  t.match((await command('unlock admin --tenant acme --address 192.0.2.1')).code, 1)
  t.match((await command('unlock admin --tenant acme --address 127.0.0.1')).json, { networks: 1 })
  const again = String((await logIn('acme')).token)
  t.match((await command('sessions end --all --tenant acme')).json, { ended: 1 })
  t.ok(await withinASecond(meIs('acme', again, 401)))

  const link = (await command('login-link --tenant acme')).json.url.split('#sign-in=')[1]
  t.match(await call('', '/api/auth/login-link', '', { secret: link }), { status: 401 }, 'not at another tenant')
  t.match(await call('acme', '/api/auth/login-link', '', { secret: link }), { status: 200 })
  t.match(await call('acme', '/api/auth/login-link', '', { secret: link }), { status: 401 })

  t.match((await command('rotate-secret --yes')).code, 0)
  t.ok(await withinASecond(meIs('', operator, 401)))
  t.match(await logIn(''), { success: true })
  for (const words of ['backup file', 'restore file --yes'])
    t.match((await command(words)).json, { error: /^(backup|restore): a panel's state is in PostgreSQL; [^\n]+$/ })
  t.match((await command('audit tail --tenant acme')).json, { events: [{ event: 'owner_created' }] })
  t.match((await command('audit tail')).text, /"secret_rotated"/)
  t.match((await command('audit verify')).code, 0)
  t.match(
    (await command('doctor')).json.checks.find(({ name }: { name: string }) => name === 'panel'),
    { status: 'ok' }
  )
})
