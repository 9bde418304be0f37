import t from 'tap'
import { codeNow } from '../panel/command-rig.ts'
import { ask, type Body, type Host, OWNER, openHost, withinASecond } from './rig.ts'

t.setTimeout(300_000)

const logIn = (host: Host, more: object = {}) => ask(host.daemon, '/api/auth/login', '', { ...OWNER, ...more })
const meIs = (host: Host, token: string, status: number) => async () =>
  (await ask(host.daemon, '/api/auth/me', token)).status === status

t.test('sessions: listed and ended, while the daemon runs and while it does not', async (t) => {
  const host = await openHost(t)
  const second = String((await logIn(host)).json.token)
  const listed = await host.command('sessions list --json')
  const sessions = listed.json.sessions as Body[]
  t.equal(sessions.length, 2)
  t.match(sessions[0], {
    id: String,
    username: 'admin',
    address: '127.0.0.1',
    created_at: String,
    last_used_at: String
  })
  t.notMatch(listed.text, second)

  const { sessions: own } = (await ask(host.daemon, '/api/auth/sessions', second)).json as { sessions: Body[] }
  const id = String(own.find(({ current }) => current)!.id)
  t.match(await host.command(`sessions end ${id}`), { code: 0, stdout: '1 session ended.\n', stderr: '' })
  t.ok(await withinASecond(meIs(host, second, 401)))
  t.match(await host.command(`sessions end ${id}`), {
    code: 1,
    stderr: /^sessions end: there is no session "[^\n]+\n$/
  })
  t.equal((await ask(host.daemon, '/api/auth/me', host.token)).status, 200, 'the others stay')
  t.match(await host.command('sessions end -h23456789012345678901'), { code: 1, stderr: /no session "-h2/ })
  t.match(await host.command('sessions end --al'), { code: 2, stderr: /unknown option '--al'/ })
  t.match(await host.command('sessions end --user nobody'), {
    code: 1,
    stderr: 'sessions end: there is no user "nobody"\n'
  })
  t.match(await host.command('sessions end --user admin --json'), { code: 0, json: { ended: 1 } })
  t.ok(await withinASecond(meIs(host, host.token, 401)))

  const third = String((await logIn(host)).json.token)
  await host.stop(host.daemon)
  t.match((await host.command('sessions list --json')).json, { sessions: [{ username: 'admin' }] })
  t.match(await host.command('sessions end --all'), { code: 0, stdout: '1 session ended.\n' })
  t.match(await host.command('sessions list'), { code: 0, stdout: 'No sessions.\n' })
  host.daemon = await host.start()
  t.ok(await meIs(host, third, 401)())
  t.equal(host.audited().filter((line) => /sessions of a user ended; .* target=admin$/.test(line)).length, 3)
})

t.test('tokens: created, listed and revoked', async (t) => {
  const host = await openHost(t)
  const created = await host.command('tokens create Backup --days 7')
  t.match(created, { code: 0, stdout: /^[\w-]+\.[\w-]+\.[\w-]+\n$/, stderr: '' }, 'the token alone')
  const token = created.stdout.trim()
  const systemIs = (status: number) => async () => (await ask(host.daemon, '/api/system', token)).status === status
  t.ok(await withinASecond(systemIs(200)))
  const asJson = await host.command('tokens create Other --scope full_admin --json')
  t.match(asJson.json, { token: String, id: /^[0-9a-f]{16}$/, name: 'Other', scope: 'full_admin', username: 'admin' })

  const listed = await host.command('tokens list --json')
  t.match(listed.json, {
    tokens: [
      { name: 'Other', valid: true },
      { name: 'Backup', scope: 'read_only', valid: true }
    ]
  })
  t.notMatch(listed.text, token)
  const id = String((listed.json.tokens as Body[])[1]!.id)
  t.match(await host.command(`tokens revoke ${id}`), { code: 0 })
  t.ok(await withinASecond(systemIs(401)))
  t.match(await host.command(`tokens revoke ${id}`), { code: 1, stderr: /was revoked before\n$/ })
  t.match(await host.command('tokens revoke 00'), { code: 1, stderr: 'tokens revoke: there is no API token "00"\n' })

  await host.stop(host.daemon)
  const later = (await host.command('tokens create Later')).stdout.trim()
  host.daemon = await host.start()
  t.equal((await ask(host.daemon, '/api/system', later)).status, 200)
  t.equal(host.audited().filter((line) => line.includes('API token minted;')).length, 3)
  t.notMatch(host.audited().join('\n'), later)
})

t.test('users: the password comes from standard input; a disabled user is out within a second', async (t) => {
  const host = await openHost(t)
  const ada = { username: 'ada', password: 'Correct-Horse-8' }
  t.match(await host.command('users create ada --type support --permissions system.view', `${ada.password}\n`), {
    code: 0,
    stdout: 'The user "ada" was created.\n'
  })
  const full = /^pbkdf2_sha256\$600000\$/
  t.match(
    host.readAuth(),
    { password_hash: full, users: [{ password_hash: full }] },
    'the daemon and the command hash at full cost'
  )
  t.match(await host.command('users create ada', `${ada.password}\n`), {
    code: 1,
    stderr: 'users create: another user has this name\n'
  })
  t.match(await host.command('users create bob', 'short\n'), {
    code: 1,
    stderr: 'users create: new_password too short\n'
  })
  t.ok(await withinASecond(async () => (await logIn(host, ada)).status === 200))
  const token = String((await logIn(host, ada)).json.token)
  t.match(await host.command('users disable ada'), { code: 0 })
  t.ok(await withinASecond(meIs(host, token, 401)))
  t.equal((await logIn(host, ada)).status, 403)
  t.match(await host.command('users enable ada --json'), {
    code: 0,
    json: { user: { username: 'ada', is_active: true } }
  })
  t.ok(await withinASecond(async () => (await logIn(host, ada)).status === 200))
  t.equal((await ask(host.daemon, '/api/auth/me', token)).status, 401, 'the session ended, and does not come back')
  t.match(await host.command('users disable admin'), {
    code: 1,
    stderr: /^users disable: the owner is always [^\n]+\n$/
  })

  t.match(await host.command('users allow ada --from 192.0.2.0/24,nonsense'), {
    code: 1,
    stderr: /^users allow: allowed_ips: [^\n]*nonsense[^\n]*\n$/
  })
  t.match(await host.command('users allow nobody'), { code: 1, stderr: 'users allow: there is no user "nobody"\n' })
  t.match(await host.command('users allow ada --from 192.0.2.0/24'), { code: 0, stdout: /from 192\.0\.2\.0\/24\.\n$/ })
  t.ok(await withinASecond(async () => (await logIn(host, ada)).json.code === 'IP_NOT_ALLOWED'))
  t.match(await host.command('users allow ada --json'), { code: 0, json: { user: { allowed_ips: '' } } })

  await host.stop(host.daemon)
  t.match(await host.command('users disable ada'), { code: 0 })
  t.match((await host.command('users list --json')).json, {
    users: [
      { username: 'admin', is_active: true },
      { username: 'ada', is_active: false, permissions: ['system.view'] }
    ]
  })
})

t.test('totp disable: the lost authenticator', async (t) => {
  const host = await openHost(t)
  const { secret } = (await ask(host.daemon, '/api/auth/totp/setup', host.token, {})).json as { secret: string }
  await ask(host.daemon, '/api/auth/totp/enable', host.token, { token: codeNow(secret) })
  t.match((await logIn(host)).json, { requires_totp: true })
  t.match(await host.command('totp disable admin'), { code: 0 })
  t.ok(await withinASecond(async () => (await logIn(host)).status === 200))
  t.equal((await ask(host.daemon, '/api/auth/me', host.token)).status, 401)
  t.match(await host.command('totp disable admin'), { code: 1, stderr: /is not on\n$/ })
  t.match(host.readAuth(), { totp_enabled: false, totp_secret: null, backup_codes: [] })
})

t.test('unlock: one address, or all', async (t) => {
  const host = await openHost(t)
  const lockOut = async () => {
    for (let i = 0; i < 5; i++) await logIn(host, { password: 'wrong' })
    t.equal((await logIn(host)).status, 423)
  }
  await lockOut()
  t.match(await host.command('unlock admin --address 192.0.2.1'), { code: 1, stderr: /no failed logins from there\n$/ })
  t.match(await host.command('unlock admin --address 127.0.0.1 --json'), { code: 0, json: { networks: 1 } })
  t.ok(await withinASecond(async () => (await logIn(host)).status === 200))
  t.match(await host.command('unlock admin'), { code: 1 })
  await lockOut()
  await host.stop(host.daemon)
  t.match(await host.command('unlock admin'), { code: 0, stdout: 'The user "admin" can log in again.\n' })
  host.daemon = await host.start()
  t.equal((await logIn(host)).status, 200)
})

t.test('rotate-secret: nothing signed before is valid', async (t) => {
  const host = await openHost(t)
  const token = (await host.command('tokens create Old')).stdout.trim()
  const before = host.readAuth().jwt_secret
  t.match(await host.command('rotate-secret'), {
    code: 2,
    stderr: /^rotate-secret: there is no terminal [^\n]+ --yes [^\n]+\n$/
  })
  t.equal(host.readAuth().jwt_secret, before)
  t.match(await host.command('rotate-secret --yes'), { code: 0 })
  t.ok(await withinASecond(meIs(host, host.token, 401)))
  t.equal((await ask(host.daemon, '/api/system', token)).status, 401)
  t.match((await host.command('tokens list --json')).json, { tokens: [{ valid: false }] })
  t.equal((await logIn(host)).status, 200)
})

t.test('login-link: logs in once, and is no confirmation', async (t) => {
  const host = await openHost(t)
  const issued = await host.command('login-link --json')
  t.match(issued, { code: 0, json: { url: /^http:\/\/127\.0\.0\.1:0\/#sign-in=[\w-]{43}$/, expires_at: String } })
  const secretOf = ({ json }: { json: Body }) => String(json.url).split('#sign-in=')[1]!
  const redeem = (secret: string) => ask(host.daemon, '/api/auth/login-link', '', { secret })
  const answers = await Promise.all(Array.from({ length: 4 }, () => redeem(secretOf(issued))))
  t.same(answers.map(({ status }) => status).toSorted(), [200, 401, 401, 401])
  const token = String(answers.find(({ status }) => status === 200)!.json.token)
  t.equal((await ask(host.daemon, '/api/auth/me', token)).status, 200)
  const user = { username: 'eve', password: 'Correct-Horse-9', user_type: 'admin' }
  t.match(await ask(host.daemon, '/api/users', token, user), { status: 403, json: { code: 'STEP_UP_REQUIRED' } })

  await host.stop(host.daemon)
  const later = await host.command('login-link admin --json')
  const rotated = await host.command('login-link admin --json')
  host.daemon = await host.start()
  t.equal((await redeem(secretOf(later))).status, 200, 'issued while the daemon did not run')
  await host.command('rotate-secret --yes')
  t.ok(await withinASecond(meIs(host, token, 401)))
  t.equal((await redeem(secretOf(rotated))).status, 401, 'the account has changed')
})

t.test('audit tail shows what the command line did', async (t) => {
  const host = await openHost(t)
  await host.command('tokens create One')
  t.match((await host.command('audit tail -n 1 --json')).json, {
    events: [{ event: 'token_minted', user: 'command\\u{20}line', target: 'One\\u{20}of\\u{20}admin', ip: '-' }]
  })
  const tail = async () => (await host.command('audit tail')).stdout.split('\n')
  const minted = /^\S+Z {2}WARNING {2}token_minted +command line {2,}- {2,}"One of admin"$/
  t.equal((await tail()).filter((line) => minted.test(line)).length, 1)

  // Names of users, in failed logins: they look neither like the command line nor like another line or column.
  const names = ['command line', 'a  WARNING  b', 'x\ny', 'quoted" name', 'back\\u{20}slash', 'wide\u3000space']
  for (const username of names) await ask(host.daemon, '/api/auth/login', '', { username, password: 'wrong' })
  const shown = [
    '"command line"',
    '"a  WARNING  b"',
    '"quoted\\u{22} name"',
    'back\\u{5c}u{20}slash',
    'wide\\u{3000}space'
  ]
  const lines = await tail()
  for (const name of shown)
    t.equal(lines.filter((line) => line.includes(`  login_failed `) && line.includes(` ${name}  `)).length, 1, name)
  t.equal(lines.filter((line) => / command line {2,}/.test(line)).length, 1, 'only the command line is shown as itself')
  t.match(await host.command('audit verify'), { code: 0, stdout: /the chain is whole\n$/ })
})

t.test('many at once lose nothing', async (t) => {
  const host = await openHost(t)
  const names = Array.from({ length: 6 }, (_, i) => `token-${i}`)
  const created = await Promise.all(names.map((name) => host.command(`tokens create ${name}`)))
  t.same(
    created.map(({ code }) => code),
    names.map(() => 0)
  )
  const { tokens } = (await host.command('tokens list --json')).json as { tokens: Body[] }
  t.same(tokens.map(({ name }) => name).toSorted(), names)
  const ended = await Promise.all([1, 2, 3].map(() => host.command('sessions end --all --json')))
  t.same(ended.map(({ json }) => json.ended).toSorted(), [0, 0, 1])
  t.match(await host.command('audit verify'), { code: 0 })
})

t.test('many at once without a daemon take turns', async (t) => {
  const host = await openHost(t)
  for (let i = 0; i < 3; i++) await logIn(host)
  await host.stop(host.daemon)
  const { sessions } = (await host.command('sessions list --json')).json as { sessions: Body[] }
  const ends = sessions.map(({ id }) => host.command(`sessions end ${id}`))
  const answers = await Promise.all([...ends, host.command('tokens create One'), host.command('doctor')])
  t.same(
    answers.map(({ code }) => code),
    [0, 0, 0, 0, 0, 0]
  )
  t.match(answers[5]!.stdout, /the daemon does not run|kernel chooses/)
  t.match((await host.command('sessions list --json')).json, { sessions: [] })
  t.match(await host.command('audit verify'), { code: 0 })
})
