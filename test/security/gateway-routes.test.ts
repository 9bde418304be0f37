import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { addUser } from '../support/api-tokens.ts'
import { bearer, build } from '../support/app.ts'
import { AUTH_KEY, createGatewayDouble, INSTALLED, OPTIONS, routes, UPDATE } from '../support/gateway.ts'
import { openSession } from '../support/sessions.ts'
import { mintApiToken } from '../support/tokens.ts'
import { call, type Headers, withOwner } from '../support/users.ts'
import { until } from '../support/waiting.ts'

async function withGateway(t: Test, options: Parameters<typeof withOwner>[1] = {}) {
  const double = createGatewayDouble()
  const { app, owner, folder } = await withOwner(t, options)
  double.useIn(app)
  const ask = (...[method, url, body]: [method: 'GET' | 'POST' | 'DELETE', url: string, body?: object]) =>
    call(app, owner, method, `/api/gateway${url}`, body)
  const log = () => readFile(join(folder, 'auth.log'), 'utf8')
  return { app, owner, ask, log, ...double }
}

t.test('every route of the gateway is in this list, and without Proxmox VE each says why', async (t) => {
  const registered: string[] = []
  const onRoute = ({ method, url }: { method: string | string[]; url: string }) => {
    if (/^\/api\/(gateway|oci)/.test(url) && method !== 'HEAD') registered.push(`${method} ${url}`)
  }
  const { app, owner } = await withOwner(t, { onRoute })
  const listed = routes.map(({ method, url }) => {
    const path = url.replace('000000000001', ':id').replace('/secure-gateway', '/:app')
    return `${method} ${path}`
  })
  t.same(listed.toSorted(), registered.toSorted())
  for (const { method, url, body } of routes) {
    // The reason comes before faults of the body: nothing that is typed would help.
    for (const payload of [body, body && {}]) {
      const reply = await call(app, owner, method, url, payload)
      t.equal(reply.statusCode, 409, `${method} ${url}`)
      t.match(reply.json(), { success: false, code: 'CONFLICT', message: /needs Proxmox VE/ }, `${method} ${url}`)
    }
  }
})

t.test('token, scope, permission and step-up, on every route', async (t) => {
  const { app, owner, end } = await withGateway(t)
  await addUser(app, 2, ['security.manage', 'terminal.open', 'system.view'])
  await addUser(app, 3, ['gateway.manage'])
  const cases: [string, Headers, string, string][] = [
    ['no token', {}, 'TOKEN_MISSING', 'TOKEN_MISSING'],
    ['an API token', bearer(mintApiToken(app, { scope: 'full_admin' })), 'SCOPE', 'SCOPE'],
    ['no permission', (await openSession(app, 2, { confirmed: true })).headers, 'PERMISSION', 'PERMISSION'],
    ['not confirmed', (await openSession(app, 3)).headers, 'yes', 'STEP_UP_REQUIRED'],
    ['the permission', (await openSession(app, 3, { confirmed: true })).headers, 'yes', 'yes'],
    ['the owner', owner, 'yes', 'yes']
  ]
  for (const { method, url, body } of routes) {
    for (const [who, headers, toRead, toChange] of cases) {
      const asking = call(app, headers, method, url, body)
      if (url.startsWith('/api/oci') && method !== 'GET' && toChange === 'yes') {
        await endWhileAsking(asking, end)
      }
      const reply = await asking
      const { code } = reply.json()
      t.equal(
        code === undefined || code === 'NOT_FOUND' ? 'yes' : code,
        method === 'GET' ? toRead : toChange,
        `${who}: ${method} ${url}`
      )
    }
  }
})

/** Ends jobs until the answer is there. */
async function endWhileAsking(asking: Promise<unknown>, end: () => void): Promise<void> {
  let isAnswered = false
  void asking.then(() => {
    isAnswered = true
  })
  await until(() => {
    end()
    return isAnswered
  })
}

t.test('without accounts the state can be read, as everywhere in the API, and nothing can be changed', async (t) => {
  const double = createGatewayDouble()
  const app = await build(t)
  double.useIn(app)
  await app.inject({ method: 'POST', url: '/api/auth/skip' })
  for (const { method, url, body } of routes) {
    const reply = await call(app, {}, method, url, body)
    if (method === 'GET') t.ok([200, 404].includes(reply.statusCode), `${url} ${reply.statusCode}`)
    else t.equal(reply.json().code, 'NO_ACCOUNT', `${method} ${url}`)
  }
  t.notOk(double.newest())
})

t.test('the state, the options, updates and logs are those of the gateway', async (t) => {
  const { ask, asked, owner, app, setStatus } = await withGateway(t)
  t.same((await ask('GET', '')).json(), { success: true, ...INSTALLED })
  setStatus({ state: 'routes_pending', detail: 'Approve 192.168.1.0/24.', approved: [] })
  t.match((await ask('GET', '')).json(), { state: 'routes_pending', detail: 'Approve 192.168.1.0/24.', approved: [] })
  t.same((await ask('GET', '/options')).json(), { success: true, ...OPTIONS })
  t.same((await ask('GET', '/update')).json(), { success: true, ...UPDATE })
  await ask('GET', '/update?force=true')
  await ask('GET', '/update?force=false')
  t.match((await ask('GET', '/update?force=maybe')).json(), { details: [{ path: 'querystring/force' }] })
  t.same((await ask('GET', '/logs')).json(), { success: true, logs: 'tailscaled: Running' })
  await ask('GET', '/logs?lines=7')
  t.match((await ask('GET', '/logs?lines=1001')).json(), { details: [{ path: 'querystring/lines' }] })
  t.same(asked, [
    ['options'],
    ['checkUpdate', false],
    ['checkUpdate', true],
    ['checkUpdate', false],
    ['logs', 200],
    ['logs', 7]
  ])
  t.equal((await call(app, owner, 'GET', '/api/gateway/update?now=1')).statusCode, 400)
})

t.test('a request for the gateway keeps the full sampling rate, without a live stream too', async (t) => {
  let monotonicMs = 0
  const { app, ask } = await withGateway(t, { sampling: { monotonicNow: () => monotonicMs } })
  await ask('GET', '')
  monotonicMs += 400_000
  t.ok(app.sampling.isIdle())
  await ask('GET', '')
  t.notOk(app.sampling.isIdle())
})

t.test('a deployment returns its job, which can be followed to its end', async (t) => {
  const { ask, asked, end, newest, log } = await withGateway(t)
  const request = { auth_key: AUTH_KEY, hostname: 'edge', access: 'custom', routes: ['10.1.0.0/16'], exit_node: true }
  const begun = await ask('POST', '', request)
  t.equal(begun.statusCode, 202)
  t.same(begun.json(), { success: true, job: newest() })
  t.same(asked, [['deploy', request, 'admin']])
  const { id } = begun.json().job
  t.match((await ask('GET', `/jobs/${id}`)).json(), { job: { id, kind: 'deploy', state: 'running', error: null } })
  const started = /WARNING proxmenux\.auth: gateway deployment started; rhost=127\.0\.0\.1 user=admin\n/
  await until(async () => started.test(await log()))
  end()
  t.match((await ask('GET', `/jobs/${id}`)).json(), { job: { id, state: 'done', vmid: 9000 } })
  await until(async () => /gateway deployed; rhost=127\.0\.0\.1 user=admin target=9000\n/.test(await log()))
  t.match((await ask('GET', '/jobs/0123456789ab')).json(), { code: 'NOT_FOUND', message: 'there is no such job' })
  t.equal((await ask('GET', '/jobs/1')).statusCode, 400)
})

t.test('every other change is a job, and an event with its actor', async (t) => {
  const { ask, asked, end, log } = await withGateway(t)
  const changes: ['POST' | 'DELETE', string, unknown[], string, object?][] = [
    ['POST', '/start', ['begin', 'start'], 'INFO    proxmenux.auth: gateway started;'],
    ['POST', '/stop', ['begin', 'stop'], 'WARNING proxmenux.auth: gateway stopped;'],
    ['POST', '/restart', ['begin', 'restart'], 'INFO    proxmenux.auth: gateway restarted;'],
    ['POST', '/update', ['begin', 'update'], 'INFO    proxmenux.auth: gateway updated;'],
    [
      'POST',
      '/auth-key',
      ['renewKey', AUTH_KEY],
      'WARNING proxmenux.auth: gateway logged in with a new auth key;',
      { auth_key: AUTH_KEY }
    ],
    ['DELETE', '', ['begin', 'remove'], 'WARNING proxmenux.auth: gateway removed;']
  ]
  for (const [method, url, call, line, body] of changes) {
    const reply = await ask(method, url, body)
    t.equal(reply.statusCode, 202, url)
    t.match(reply.json(), { success: true, job: { state: 'running', vmid: 9000 } })
    t.same(asked.at(-1), call)
    end()
    await until(async () => (await log()).includes(`${line} rhost=127.0.0.1 user=admin target=9000\n`))
    await ask(method, url, body)
    end('Step "x" failed.')
    await until(async () =>
      (await log()).includes(`gateway change failed; rhost=127.0.0.1 user=admin target=${reply.json().job.kind}\n`)
    )
  }
  await ask('POST', '', { auth_key: AUTH_KEY, access: 'host' })
  end('Step "join" failed.')
  await until(async () => /gateway deployment failed; rhost=127\.0\.0\.1 user=admin target=9000\n/.test(await log()))
  const lines = (await log()).split('\n')
  t.equal(lines.filter((line) => line.includes('gateway removal started; ')).length, 2)
  t.equal(
    lines.filter((line) => line.includes('gateway started; ')).length,
    1,
    'a failed start is not logged as started'
  )
})

t.test('an invalid request names the field and starts nothing', async (t) => {
  const { ask, newest, refuse } = await withGateway(t)
  const good = { auth_key: AUTH_KEY, access: 'network' }
  const bad: [object, string][] = [
    [{ ...good, auth_key: 'hskey-auth-0123456789' }, 'body/auth_key'],
    [{ ...good, auth_key: `${AUTH_KEY}\n` }, 'body/auth_key'],
    [{ ...good, auth_key: `${AUTH_KEY} --ssh` }, 'body/auth_key'],
    [{ ...good, hostname: 'Edge' }, 'body/hostname'],
    [{ ...good, hostname: '-edge' }, 'body/hostname'],
    [{ ...good, hostname: 'a.b' }, 'body/hostname'],
    [{ ...good, hostname: 'a'.repeat(64) }, 'body/hostname'],
    [{ ...good, access: 'all' }, 'body/access'],
    [{ ...good, routes: '10.0.0.0/8' }, 'body/routes'],
    [{ ...good, routes: [''] }, 'body/routes/0'],
    [{ ...good, exit_node: 'yes' }, 'body/exit_node'],
    [{ ...good, vmid: 99 }, 'body/vmid'],
    [{ ...good, vmid: '9000' }, 'body/vmid'],
    [{ ...good, storage: '' }, 'body/storage'],
    [{ ...good, bridge: 'vmbr0,firewall=1' }, 'body/bridge'],
    [{ ...good, tags: 'x' }, 'body/tags']
  ]
  for (const [body, path] of bad) {
    const reply = await ask('POST', '', body)
    t.equal(reply.statusCode, 400, path)
    t.match(reply.json(), { code: 'VALIDATION', details: [{ path }] }, path)
  }
  t.match((await ask('POST', '')).json(), { message: 'auth_key and access are required' })
  t.match((await ask('POST', '/auth-key', {})).json(), { message: 'auth_key is required' })
  t.match((await ask('POST', '/start', { now: true })).json(), { details: [{ path: 'body/now' }] })
  t.notOk(newest())

  const reason = '"10.0.0.1/8" has host bits set; use 10.0.0.0/8'
  refuse({ ok: false, code: 'VALIDATION', path: '/routes/1', reason })
  t.match((await ask('POST', '', { ...good, access: 'custom', routes: ['192.168.1.0/24', '10.0.0.1/8'] })).json(), {
    code: 'VALIDATION',
    message: reason,
    details: [{ path: 'body/routes/1', message: reason }]
  })
})

t.test('a refusal by the gateway is a 409, and an unanswered request to Proxmox VE a 503', async (t) => {
  const { ask, refuse } = await withGateway(t)
  const all: ['GET' | 'POST' | 'DELETE', string, object?][] = [
    ['GET', '/options'],
    ['GET', '/update'],
    ['GET', '/logs'],
    ['POST', '', { auth_key: AUTH_KEY, access: 'host' }],
    ['POST', '/restart'],
    ['POST', '/update'],
    ['POST', '/auth-key', { auth_key: AUTH_KEY }],
    ['DELETE', '']
  ]
  for (const [method, url, body] of all) {
    refuse({ ok: false, code: 'CONFLICT', reason: 'another job runs' })
    const conflict = await ask(method, url, body)
    t.equal(conflict.statusCode, 409, url)
    t.match(conflict.json(), { code: 'CONFLICT', message: 'another job runs' })
    refuse({ ok: false, code: 'BUSY', reason: 'pvesh did not answer within 20 s' })
    const busy = await ask(method, url, body)
    t.equal(busy.statusCode, 503, url)
    t.equal(busy.headers['retry-after'], '5')
    t.match(busy.json(), { code: 'BUSY', message: 'pvesh did not answer within 20 s' })
  }
})

t.test('the auth key is in no answer, no line of the log and no event', async (t) => {
  const lines: string[] = []
  const logger = { level: 'trace', stream: { write: (line: string) => void lines.push(line) } }
  const { app, owner, end, refuse, log } = await withGateway(t, { fastify: { logger } })
  const answers: string[] = []
  const keep = async (...request: [method: 'GET' | 'POST' | 'DELETE', url: string, body?: object]) => {
    const asking = call(app, owner, ...request)
    await endWhileAsking(asking, end)
    const { body, headers } = await asking
    answers.push(body, JSON.stringify(headers))
  }
  for (const { method, url, body } of routes) {
    await keep(method, url, body)
    if (!body) continue
    await keep(method, url, { ...body, more: AUTH_KEY, auth_key: `${AUTH_KEY}!` })
    await keep(method, `${url}?more=1`, body)
    for (const code of ['CONFLICT', 'BUSY', 'VALIDATION'] as const) {
      refuse({ ok: false, code, reason: 'no', path: '/auth_key' })
      await keep(method, url, body)
    }
    refuse(null)
  }
  await until(async () => (await log()).includes('gateway logged in with a new auth key'))
  t.ok(lines.length >= routes.length)
  for (const [what, text] of Object.entries({ answers: answers.join('\n'), lines: lines.join('\n'), log: await log() }))
    t.notMatch(text, /tskey-auth-kTEST/, what)
})
