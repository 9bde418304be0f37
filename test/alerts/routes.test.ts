import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { addUser } from '../support/api-tokens.ts'
import { bearer, build } from '../support/app.ts'
import { openSession } from '../support/sessions.ts'
import { mintApiToken } from '../support/tokens.ts'
import { call, type Headers, type Method } from '../support/users.ts'
import { startReceiver } from './receiver.ts'
import { webhook, withAlerts } from './rig.ts'

const NTFY = {
  name: 'Phone',
  type: 'ntfy',
  settings: { url: 'http://10.0.0.9/ntfy', topic: 'my-Topic', token: 'tk_hidden' }
}
const MAIL = {
  name: 'Mail',
  type: 'smtp',
  settings: { host: 'mail.example.com', port: 587, security: 'starttls', from: 'a@example.com', to: ['b@example.com'] }
}

t.test('a channel is created, listed, changed and removed; no answer, log or event has its secrets', async (t) => {
  const { add, ask, channel, folder, app } = await withAlerts(t)
  const made = await add({ ...NTFY, kinds: ['health'], quiet_hours: { from: '22:00', to: '07:00' } })
  t.match(made, {
    name: 'Phone',
    type: 'ntfy',
    target: 'http://10.0.0.9',
    settings: { url: 'http://10.0.0.9/ntfy' },
    secrets: ['topic', 'token'],
    is_enabled: true,
    min_severity: 'warning',
    kinds: ['health'],
    quiet_hours: { from: '22:00', to: '07:00' },
    state: { is_failing: false, last_success_at: null, last_failure: null, next_attempt_at: null, waiting: 0 }
  })
  const hook = await add(webhook('https://hooks.example.com/path-secret?key=query-secret'))
  t.match(hook, { target: 'https://hooks.example.com', secrets: ['url', 'secret'], settings: { url: null } })
  const mail = await add({ ...MAIL, settings: { ...MAIL.settings, username: 'a', password: 'mail-secret' } })
  t.match(mail, { target: 'b@example.com (mail.example.com:587)', secrets: ['password'], settings: { username: 'a' } })
  await add({ name: 'Bot', type: 'telegram', settings: { token: '123456:bot-secret-bot-secret-bot', chat_id: '-100' } })
  await add({
    name: 'Discord',
    type: 'discord',
    settings: { url: 'https://discord.com/api/webhooks/1/discord-secret' }
  })
  await add({ name: 'Gotify', type: 'gotify', settings: { url: 'https://gotify.example.com', token: 'gotify-secret' } })

  const changed = await ask('PATCH', `/channels/${made.id}`, {
    name: 'Tablet',
    settings: { token: null },
    kinds: ['token', 'login'],
    min_severity: 'critical',
    quiet_hours: null,
    is_enabled: false
  })
  const expected = {
    name: 'Tablet',
    secrets: ['topic'],
    kinds: ['token', 'login'],
    min_severity: 'critical',
    quiet_hours: null,
    is_enabled: false
  }
  t.match(changed.json().channel, expected)
  t.match(await channel(made.id), expected)

  t.equal((await ask('DELETE', `/channels/${hook.id}`)).statusCode, 200)
  t.equal((await ask('GET', '/channels')).json().channels.length, 5)

  const secrets = /hidden|my-Topic|-secret|whsec_/
  for (const url of ['/channels', '/history']) t.notMatch((await ask('GET', url)).body, secrets)
  const { events } = await app.auditLog.list({ limit: 100 })
  t.match(
    events.map(({ event, target }) => `${event} ${target}`).filter((text) => text.startsWith('alert_')),
    ['alert_channel_removed Hook', 'alert_channel_changed Tablet', ...Array(6).fill(/^alert_channel_created /)]
  )
  t.notMatch(await readFile(join(folder, 'auth.log'), 'utf8'), secrets)
  t.notMatch(JSON.stringify(events), secrets)

  for (const name of ['alerts.json', 'alerts.sqlite']) {
    const { mode } = await stat(join(folder, name))
    t.equal(mode & 0o777, 0o600, name)
  }
  t.match(await readFile(join(folder, 'alerts.json'), 'utf8'), /my-Topic/)
  t.notMatch(await readFile(join(folder, 'alerts.sqlite'), 'latin1'), secrets, 'the queue has no secrets')
})

t.test('faults of settings name their field and keep what is stored', async (t) => {
  const { add, ask, channel } = await withAlerts(t)
  const cases: [object, RegExp][] = [
    [{ ...NTFY, settings: { topic: 'x' } }, /^body\/settings\/url is required for ntfy/],
    [{ ...NTFY, settings: { ...NTFY.settings, port: 25 } }, /^body\/settings\/port is not a setting of ntfy/],
    [{ ...NTFY, settings: { ...NTFY.settings, what: 1 } }, /what/],
    [{ ...NTFY, settings: { ...NTFY.settings, topic: 'a/b' } }, /^body\/settings\/topic must be/],
    [{ ...NTFY, settings: { ...NTFY.settings, token: 'a\u{e9}b c' } }, /^body\/settings\/token must be visible/],
    [{ ...NTFY, settings: { ...NTFY.settings, url: 'ftp://x' } }, /url must be an http/],
    [{ ...NTFY, settings: { ...NTFY.settings, url: 'https://user:word@ntfy.sh' } }, /url must not contain a user name/],
    [{ ...NTFY, settings: { ...NTFY.settings, url: 'https://ntfy.sh/?a=b' } }, /url must not contain a query/],
    [{ ...NTFY, settings: { ...NTFY.settings, url: 'https://ntfy.sh/#a' } }, /url must not contain a fragment/],
    [{ ...NTFY, kinds: [] }, /kinds/],
    [{ ...NTFY, kinds: ['weather'] }, /kinds/],
    [{ ...NTFY, quiet_hours: { from: '25:00', to: '07:00' } }, /quiet_hours/],
    [{ ...NTFY, name: ' ' }, /name/],
    [{ ...NTFY, type: 'pager' }, /type/],
    [webhook('https://x', { settings: { url: 'https://x', secret: 'short' } }), /secret must be whsec_/],
    [
      { name: 'D', type: 'discord', settings: { url: 'https://evil.example.com/api/webhooks/1/x' } },
      /url must be the address of a webhook of Discord/
    ],
    [{ name: 'D', type: 'discord', settings: { url: 'https://discord.com.evil.example/api/webhooks/1/x' } }, /Discord/],
    [{ name: 'T', type: 'telegram', settings: { token: '../../x', chat_id: '1' } }, /token must be the token of a bot/],
    [{ name: 'T', type: 'telegram', settings: { token: `1:${'a'.repeat(30)}`, chat_id: 'me' } }, /chat_id must be/],
    [{ ...MAIL, settings: { ...MAIL.settings, to: ['b@example.com\r\nBcc: c@example.com'] } }, /to/],
    [{ ...MAIL, settings: { ...MAIL.settings, to: ['nobody'] } }, /to must be an email address/],
    [{ ...MAIL, settings: { ...MAIL.settings, host: 'a b' } }, /host must be a name/],
    [{ ...MAIL, settings: { ...MAIL.settings, username: 'a' } }, /password username and password need each other/],
    [{ ...MAIL, settings: { ...MAIL.settings, username: 'a', password: 'b', security: 'none' } }, /in the clear/]
  ]
  for (const [body, message] of cases) {
    const reply = await ask('POST', '/channels', body)
    t.equal(reply.statusCode, 400, message.source)
    t.match(reply.json(), { code: 'VALIDATION', message })
  }
  t.same((await ask('GET', '/channels')).json().channels, [])

  const faulty = await ask('POST', '/channels', { ...NTFY, settings: { ...NTFY.settings, topic: 'a/b' } })
  const details = [{ path: 'body/settings/topic', message: /^must be/ }]
  t.match(faulty.json(), { details }, 'a form can show it at its field')

  const made = await add(NTFY)
  t.match(
    (await ask('PATCH', `/channels/${made.id}`, { settings: { topic: null } })).json().message,
    /topic is required/
  )
  t.match((await ask('PATCH', `/channels/${made.id}`, {})).statusCode, 400)
  t.same((await channel(made.id)).secrets, ['topic', 'token'])
  t.match((await ask('POST', '/channels', { ...NTFY, name: 'PHONE' })).json(), {
    code: 'CONFLICT',
    message: 'another channel has this name'
  })
  for (let i = 0; i < 19; i++) await add({ ...NTFY, name: `n${i}` })
  t.match((await ask('POST', '/channels', { ...NTFY, name: 'more' })).json(), {
    code: 'CONFLICT',
    message: /20 channels/
  })
  for (const [method, url] of [
    ['PATCH', ''],
    ['DELETE', ''],
    ['POST', '/test']
  ] as const)
    t.match(
      (await ask(method, `/channels/0000000000000000${url}`, method === 'PATCH' ? { name: 'x' } : undefined)).json(),
      { code: 'NOT_FOUND' }
    )
})

const routes: [Method, string, object?][] = [
  ['GET', '/channels'],
  ['GET', '/history'],
  ['POST', '/channels', NTFY],
  ['PATCH', '/channels/0000000000000000', { name: 'x' }],
  ['DELETE', '/channels/0000000000000000'],
  ['POST', '/channels/0000000000000000/test']
]

t.test('token, scope, permission and step-up, on every route', async (t) => {
  const { app } = await withAlerts(t)
  await addUser(app, 2, ['security.manage', 'system.view', 'health.manage'])
  await addUser(app, 3, ['alerts.manage'])
  const may = (await openSession(app, 3, { confirmed: true })).headers
  const cases: [string, Headers, string, string][] = [
    ['no token', {}, 'TOKEN_MISSING', 'TOKEN_MISSING'],
    ['a read-only API token', bearer(mintApiToken(app, { scope: 'read_only' })), 'SCOPE', 'SCOPE'],
    ['an API token', bearer(mintApiToken(app, { scope: 'full_admin' })), 'yes', 'SCOPE'],
    ['no permission', (await openSession(app, 2, { confirmed: true })).headers, 'PERMISSION', 'PERMISSION'],
    ['not confirmed', (await openSession(app, 3)).headers, 'yes', 'STEP_UP_REQUIRED'],
    ['the permission', may, 'yes', 'yes']
  ]
  for (const [method, url, body] of routes)
    for (const [who, headers, toRead, toChange] of cases) {
      const { code } = (await call(app, headers, method, `/api/alerts${url}`, body)).json()
      const got = code === undefined || code === 'NOT_FOUND' ? 'yes' : code
      t.equal(got, method === 'GET' ? toRead : toChange, `${who}: ${method} ${url}`)
    }
})

t.test('without accounts channels can be listed, and nothing can be changed', async (t) => {
  const app = await build(t)
  await app.inject({ method: 'POST', url: '/api/auth/skip' })
  for (const [method, url, body] of routes) {
    const reply = await call(app, {}, method, `/api/alerts${url}`, body)
    t.equal(method === 'GET' ? reply.statusCode : reply.json().code, method === 'GET' ? 200 : 'NO_ACCOUNT', url)
  }
})

t.test('loopback is for the owner: nobody else can set it, or use what the owner was allowed', async (t) => {
  const { app, ask, add, folder, until } = await withAlerts(t)
  const receiver = await startReceiver(t)
  await addUser(app, 3, ['alerts.manage'])
  const other = (await openSession(app, 3, { confirmed: true })).headers
  const local = [
    receiver.url,
    `http://localhost:${receiver.port}`,
    `http://[::ffff:127.0.0.1]:${receiver.port}`,
    'http://[::1]',
    'http://0.0.0.0',
    'http://169.254.169.254',
    'http://[fe80::1]',
    'http://2130706433'
  ]
  for (const url of local) {
    const reply = await ask('POST', '/channels', webhook(url), other)
    t.match(reply.json(), { code: 'PERMISSION', message: /only for channels that the owner set up/ }, url)
  }
  const mail = { ...MAIL, settings: { ...MAIL.settings, host: '127.0.0.1' } }
  t.match((await ask('POST', '/channels', mail, other)).json(), { code: 'PERMISSION' })

  const owned = await add(webhook(receiver.url))
  const test = async (id: string) => (await ask('POST', `/channels/${id}/test`, undefined, other)).json()
  t.match(await test(owned.id), { is_delivered: true, status: 200 })
  t.match(
    (await ask('PATCH', `/channels/${owned.id}`, { name: 'Renamed', min_severity: 'critical' }, other)).statusCode,
    200
  )
  t.match(await test(owned.id), { is_delivered: true }, 'other changes leave it as it is')
  const moved = await ask('PATCH', `/channels/${owned.id}`, { settings: { url: `${receiver.url}/admin` } }, other)
  t.match(moved.json(), { code: 'PERMISSION' })
  t.equal(receiver.received.length, 2)

  // A name that leads to loopback is found out when it is connected.
  const named = await ask('POST', '/channels', webhook('http://names.example.com', { name: 'Named' }), other)
  const { id } = named.json().channel
  const file = join(folder, 'alerts.json')
  await writeFile(file, (await readFile(file, 'utf8')).replace('names.example.com', `localhost:${receiver.port}`))
  await until(async () =>
    (await ask('GET', '/channels'))
      .json()
      .channels.some(({ target }: { target: string }) => target.includes('localhost'))
  )
  t.match(await test(id), { is_delivered: false, status: null, message: /^loopback addresses are only for channels/ })
  t.equal(receiver.received.length, 2)
})

t.test('alerts.json that cannot be read is left as it is, and health says so', async (t) => {
  const { app, add, ask, folder, until } = await withAlerts(t)
  await add(NTFY)
  await writeFile(join(folder, 'alerts.json'), '{"channels": [')
  await until(() => app.alerts.faults().length > 0)
  t.same(app.alerts.faults(), ['Alert channels cannot be read'])
  t.equal((await ask('GET', '/channels')).json().channels.length, 1, 'the last channels apply')
  t.match((await ask('POST', '/channels', { ...NTFY, name: 'x' })).json(), {
    code: 'BUSY',
    message: /alerts.json cannot be read/
  })
  t.equal(await readFile(join(folder, 'alerts.json'), 'utf8'), '{"channels": [')
  const full = await app.inject({ url: '/api/health/full', headers: (await openSession(app)).headers })
  t.match(
    full.json().checks.find(({ category }: { category: string }) => category === 'alerts'),
    { status: 'warning', message: 'Alert channels cannot be read' }
  )
})

t.test('without a channel there is no file, no timer and no history', async (t) => {
  const { app, ask, folder, history } = await withAlerts(t)
  t.same(await history(), [])
  t.same((await ask('GET', '/channels')).json().channels, [])
  app.auditLog.tokenMinted({ address: '203.0.113.7', user: 'ada' })
  for (const name of ['alerts.json', 'alerts.sqlite']) await t.rejects(stat(join(folder, name)), name)
})
