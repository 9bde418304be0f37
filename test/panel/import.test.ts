import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { bearer, build, PASSWORD, setUp, temporaryFolder } from '../support/app.ts'
import { panelMissing } from '../support/panel-app.ts'
import { startPostgresql } from '../support/postgresql.ts'
import { startRedis } from '../support/redis.ts'
import { codeOf } from '../support/second-factor.ts'
import { openSession } from '../support/sessions.ts'
import { ADA } from '../support/users.ts'
import { codeNow, createTenant, openPanel, setUpOperator } from './command-rig.ts'

/** A host's auth.json: an owner with a second factor, two users, and API tokens, one of them revoked. */
async function makeHost(t: Test) {
  const folder = await temporaryFolder(t)
  // Its last code is older than the codes of the panel.
  const now = Date.now() - 600_000
  const app = await build(t, {}, { folder, now: () => now })
  const headers = bearer(await setUp(app))
  const post = async (url: string, payload: object, as: Record<string, string> = headers) => {
    const reply = await app.inject({ method: 'POST', url, payload, headers: as })
    if (reply.statusCode >= 300) throw new Error(`${url} answered ${reply.body}`)
    return reply.json()
  }
  const { headers: confirmed } = await openSession(app, 1, { confirmed: true })
  const { reseller } = await post('/api/resellers', { name: 'Acme', balance: 245.5 }, confirmed)
  await post('/api/users', { ...ADA, username: 'ada', reseller_id: reseller.id }, confirmed)
  await post('/api/users', { ...ADA, username: 'bob' }, confirmed)
  const mint = async (token_name: string) =>
    (await post('/api/auth/generate-api-token', { password: PASSWORD, token_name })).token
  const [token, revoked]: string[] = [await mint('kept'), await mint('revoked')]
  const { id } = app.authStore.listTokens(1).find(({ entry }) => entry.name === 'revoked')!.entry
  await app.inject({ method: 'DELETE', url: `/api/auth/api-tokens/${id}`, headers })
  const { secret, backup_codes: codes } = await post('/api/auth/totp/setup', {})
  await post('/api/auth/totp/enable', { token: codeOf(secret, now) })
  await app.close()
  return {
    path: join(folder, 'auth.json'),
    token: token!,
    revoked: revoked!,
    secret: secret as string,
    codes: codes as string[]
  }
}

t.setTimeout(300_000)
t.test('import of an auth.json', { skip: panelMissing }, async (t) => {
  const [postgresql, redis] = await Promise.all([startPostgresql(t), startRedis(t)])
  const servers = { postgresql, redis }

  t.test('into a new panel: passwords, second factors and API tokens work as on the host', async (t) => {
    const host = await makeHost(t)
    const panel = await openPanel(t, servers)
    const replica = await panel.replica()
    const { call, logIn } = replica
    t.match((await call('', '/api/auth/status')).json, { auth_configured: false })
    const [bytes, { mtimeMs }] = [readFileSync(host.path), statSync(host.path)]

    const { code, stdout } = await panel.command(['import', host.path])
    t.equal(code, 0)
    t.equal(
      stdout,
      `${host.path} was copied to the operator:
  the owner "admin"
  2 other users, 1 reseller
  2 API tokens, 1 revoked
  1 second factor, 10 unused backup codes
The API tokens stay valid: the panel uses the signing secret of the file.
`
    )
    t.ok(readFileSync(host.path).equals(bytes), 'the file is only read')
    t.equal(statSync(host.path).mtimeMs, mtimeMs)

    t.match(await call('', '/api/system', host.token), { status: 200 })
    t.match(await call('', '/api/system', host.revoked), { status: 401 })
    t.match(await logIn(''), { code: 'TOTP_REQUIRED' })
    t.match(await logIn('', { totp_token: codeNow(host.secret) }), { success: true })
    t.match(await logIn('', { totp_token: host.codes[0] }), { success: true })
    t.match(await logIn('', { totp_token: host.codes[0] }), { success: false }, 'a backup code works once')
    for (const username of ['ada', 'bob'])
      t.match(await logIn('', { username, password: ADA.password }), { user: { username } })
    t.match(await (await panel.replica()).call('', '/api/system', host.token), { status: 200 }, 'after a start too')
    t.match(await panel.command(['import', host.path]), {
      code: 1,
      stderr: 'import: there is an owner already; nothing was copied to the operator\n'
    })
  })

  t.test('into a tenant: users keep their passwords, and API tokens have to be created again', async (t) => {
    const host = await makeHost(t)
    const panel = await openPanel(t, servers)
    const replica = await panel.replica()
    const { call, logIn } = replica
    const operator = await setUpOperator(replica)
    const { code: setupCode } = await createTenant(replica, operator, 'acme')

    const imported = await panel.command(['import', '--tenant', 'acme', host.path])
    t.match(imported, { code: 0, stdout: 'was copied to the tenant "acme":' })
    t.match(imported.stdout, 'The API tokens are invalid here')
    t.match(await call('', '/api/auth/me', operator), { status: 200 }, 'the panel keeps its secret')
    const setup = { username: 'x', password: PASSWORD, setup_code: setupCode }
    t.match((await call('acme', '/api/auth/setup', '', setup)).json, { code: 'ALREADY_CONFIGURED' })
    t.match(await call('acme', '/api/auth/me', host.token), { status: 401 })
    const { token } = (await logIn('acme', { totp_token: codeNow(host.secret) })) as { token: string }
    const { json } = await call('acme', '/api/auth/api-tokens?revoked=1', token)
    t.match(json.tokens, [
      { name: 'revoked', revoked: true },
      { name: 'kept', valid: false, invalidation_reason: 'Invalid — regenerate' }
    ])
    t.match(await logIn('acme', { username: 'ada', password: ADA.password }), { user: { id: 2 } })
    t.match(await logIn('', { username: 'ada', password: ADA.password }), { success: false }, 'nobody else’s users')

    // Again after a reset: the ids that were given out stay with the users who have them.
    t.match(await panel.command(['reset-password', '--yes', '--tenant', 'acme']), { code: 0 })
    t.match(await panel.command(['import', '--tenant', 'acme', host.path]), {
      code: 1,
      stderr: /^import: there is a user "(ada|bob)" already; nothing was copied to the tenant "acme"\n$/
    })
    const renamed = join(panel.folder, 'renamed.json')
    writeFileSync(renamed, readFileSync(host.path, 'utf8').replace('"ada"', '"eve"').replace('"bob"', '"dan"'))
    t.match(await panel.command(['import', '--tenant', 'acme', renamed]), {
      code: 0,
      stdout: / {2}0 API tokens, 1 revoked\n[^\n]+\nUser 2 is user 4 now: the id was in use\.\nUser 3 is user 5 now/
    })
    t.match(await logIn('acme', { username: 'eve', password: ADA.password }), { user: { id: 4 } })
    t.match(await logIn('acme', { username: 'ada', password: ADA.password }), { user: { id: 2 } })
  })

  t.test('before the first start: an empty database, and the file of the configuration folder', async (t) => {
    const host = await makeHost(t)
    await postgresql.asSuperuser('CREATE DATABASE untouched OWNER monitor')
    const panel = await openPanel(t, servers)
    const untouched = { MONITOR_DATABASE_URL: postgresql.url('untouched') }
    const daemonFolder = { MONITOR_CONFIG_DIR: join(host.path, '..') }
    t.match(await panel.command(['import'], { ...untouched, ...daemonFolder }), { code: 0 })
    const { call } = await panel.replica(untouched)
    t.match(await call('', '/api/system', host.token), { status: 200 })
  })

  t.test('a file that cannot be imported is refused in one line, and nothing is copied', async (t) => {
    const panel = await openPanel(t, servers)
    const { call } = await panel.replica()
    const hash = 'a'.repeat(64)
    const user = (id: number, username: string) => ({
      id,
      username,
      password_hash: hash,
      user_type: 'support',
      is_active: true,
      permissions: []
    })
    const owner = { username: 'admin', password_hash: hash }
    const faults: [content: string, says: RegExp][] = [
      ['{', /not valid JSON at line 1, column 2$/],
      [JSON.stringify({ ...owner, totp_enabled: 'yes' }), /\/totp_enabled /],
      [JSON.stringify({ jwt_secret: 's'.repeat(64) }), /the file has no owner; nothing was copied to the operator$/],
      [
        JSON.stringify({ ...owner, users: [user(2, 'ada'), user(3, 'a\u200bda')] }),
        /two users of the file have names that look like "a\S*da"; nothing/
      ],
      [
        JSON.stringify({ ...owner, users: [user(2, 'ad\0a')] }),
        /PostgreSQL cannot store a value of the file: [^\n]+; nothing/
      ],
      [
        JSON.stringify({ ...owner, users: [user(2 ** 40, 'ada')] }),
        /PostgreSQL cannot store a value of the file: [^\n]+; nothing/
      ]
    ]
    const path = join(panel.folder, 'faulty.json')
    for (const [content, says] of faults) {
      writeFileSync(path, content)
      const { code, text } = await panel.command(['import', path])
      t.equal(code, 1, text)
      t.match(text, /^import: [^\n]+\n$/)
      t.match(text.trimEnd(), says)
    }
    t.match(await panel.command(['import', join(panel.folder, 'none')]), {
      code: 1,
      stderr: /^import: \S+none: there is no such file\n$/
    })
    t.match(await panel.command(['import', panel.folder]), { code: 1, stderr: /: not a regular file\n$/ })
    writeFileSync(path, JSON.stringify(owner))
    t.match(await panel.command(['import', path, '--tenant', 'nobody']), {
      code: 1,
      stderr: 'import: there is no tenant "nobody"\n'
    })
    t.match((await call('', '/api/auth/status')).json, { auth_configured: false })
  })

  t.test('the choice of no protection is not copied', async (t) => {
    const panel = await openPanel(t, servers)
    const { call } = await panel.replica()
    const path = join(panel.folder, 'open.json')
    const open = { username: 'admin', password_hash: 'a'.repeat(64), enabled: false, terminal_without_auth: true }
    writeFileSync(path, JSON.stringify(open))
    t.match(await panel.command(['import', path]), { code: 0, stdout: /always asks for a login/ })
    t.match(await call('', '/api/system'), { status: 401 })
  })
})
