import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { AUTH_KEY, CONFIG, createGatewayDouble, INSTALLED, routes, UPDATE } from '../support/gateway.ts'
import { call, withOwner } from '../support/users.ts'
import { until } from '../support/waiting.ts'

// Who may call these routes is tested with those of /api/gateway: gateway-routes.test.ts.

const APP = '/installed/secure-gateway'
type Request = [method: 'GET' | 'POST' | 'DELETE', url: string, body?: object]

async function withGateway(t: Test) {
  const double = createGatewayDouble()
  const { app, owner, folder } = await withOwner(t)
  double.useIn(app)
  const ask = (...[method, url, body]: Request) => call(app, owner, method, `/api/oci${url}`, body)
  /** The answer to a change, whose job ends with this error or well. */
  const change = async (request: Request, error?: string) => {
    const before = double.newest()
    const asking = ask(...request)
    await until(() => double.newest() !== before)
    double.end(error)
    return asking
  }
  return { ask, change, log: () => readFile(join(folder, 'auth.log'), 'utf8'), ...double }
}

t.test('the answers that its client loads before it shows the wizard', async (t) => {
  const { ask, setStatus } = await withGateway(t)
  setStatus({ state: 'not_installed', vmid: null })
  t.match((await ask('GET', '/runtime')).json(), { success: true, available: true, runtime: 'proxmox-lxc' })
  const { app, installed } = (await ask('GET', '/catalog/secure-gateway')).json()
  t.equal(installed, false)
  t.match(app, {
    id: 'secure-gateway',
    config_schema: {
      auth_key: { type: 'password', required: true, sensitive: true },
      access_mode: { type: 'select', default: 'host_only' },
      advertise_routes: { type: 'networks', depends_on: { field: 'access_mode', values: ['custom'] } },
      exit_node: { type: 'boolean', default: false }
    },
    ui: {
      wizard_steps: [{ id: 'intro' }, { fields: ['auth_key', 'hostname'] }, {}, { id: 'options' }, { id: 'deploy' }]
    },
    container: { type: 'lxc', memory: 256, cores: 1, disk_size: 2, privileged: false }
  })
  t.match((await ask('GET', '/catalog')).json(), {
    apps: [{ id: 'secure-gateway', name: 'Secure Gateway', installed: false }]
  })
  t.same((await ask('GET', '/status/secure-gateway')).json(), {
    success: true,
    app_id: 'secure-gateway',
    status: { state: 'not_installed', health: 'unknown', uptime_seconds: 0, last_check: INSTALLED.checked_at }
  })
  t.same((await ask('GET', '/networks')).json().networks[1], {
    interface: 'vmbr0',
    subnet: '192.168.1.0/24',
    ip: '192.168.1.11',
    recommended: true
  })
  t.same((await ask('GET', '/storages')).json().storages[0], {
    name: 'local-lvm',
    type: 'lvmthin',
    total: 300,
    used: 100,
    avail: 200,
    active: true,
    enabled: true,
    priority: 1,
    recommended: true
  })
  t.same((await ask('GET', '/installed')).json(), { success: true, instances: [] })
  t.match((await ask('GET', APP)).json(), {
    success: false,
    code: 'NOT_FOUND',
    message: 'secure-gateway is not installed'
  })
})

t.test('an installed gateway', async (t) => {
  const { ask } = await withGateway(t)
  t.match((await ask('GET', '/installed')).json(), { instances: [{ id: 'secure-gateway', vmid: 9000 }] })
  t.match((await ask('GET', APP)).json(), {
    success: true,
    instance: {
      app_id: 'secure-gateway',
      vmid: 9000,
      instance_name: 'proxmox-gateway',
      installed_by: INSTALLED.installed_by,
      template: INSTALLED.template,
      container_type: 'lxc',
      status: { state: 'running', health: 'healthy', last_check: INSTALLED.checked_at }
    }
  })
  t.match((await ask('GET', '/catalog/secure-gateway')).json(), { installed: true })
})

t.test('a deployment is answered when it has ended', async (t) => {
  const { ask, asked, newest, end, log } = await withGateway(t)
  let isAnswered = false
  const asking = ask('POST', '/deploy', { app_id: 'secure-gateway', config: CONFIG }).then((reply) => {
    isAnswered = true
    return reply
  })
  await until(newest)
  await until(async () => (await log()).includes('gateway deployment started; rhost=127.0.0.1 user=admin\n'))
  t.notOk(isAnswered)
  end()
  t.equal((await asking).statusCode, 200)
  await until(async () => (await log()).includes('gateway deployed; rhost=127.0.0.1 user=admin target=9000\n'))
  const { hostname, advertise_routes: routes } = CONFIG
  t.same(asked, [
    [
      'deploy',
      { auth_key: AUTH_KEY, hostname, access: 'custom', routes, exit_node: false, accept_routes: false },
      'admin'
    ]
  ])
})

t.test('a deployment that succeeds, and one that fails', async (t) => {
  const { change, refuse, ask } = await withGateway(t)
  const deploy: Request = ['POST', '/deploy', { app_id: 'secure-gateway', config: CONFIG }]
  const good = await change(deploy)
  t.equal(good.statusCode, 200)
  t.same(good.json(), {
    success: true,
    app_id: 'secure-gateway',
    vmid: 9000,
    message: 'Secure Gateway deployed in container 9000'
  })
  const error = 'Step "join" failed: the auth key was rejected. The container has been removed.'
  const bad = await change(deploy, error)
  t.equal(bad.statusCode, 409)
  t.match(bad.json(), { success: false, code: 'CONFLICT', message: error })
  refuse({ ok: false, code: 'VALIDATION', path: '/routes/0', reason: 'has host bits set' })
  t.match((await ask(...deploy)).json(), {
    code: 'VALIDATION',
    message: 'has host bits set',
    details: [{ path: 'body/config/advertise_routes/0', message: 'has host bits set' }]
  })
  refuse({ ok: false, code: 'CONFLICT', reason: 'a gateway is installed' })
  t.match((await ask(...deploy)).json(), { code: 'CONFLICT', message: 'a gateway is installed' })
  refuse({ ok: false, code: 'BUSY', reason: 'pvesh did not answer' })
  t.equal((await ask(...deploy)).headers['retry-after'], '5')
})

t.test('an invalid body names the field, and extra fields of the Monitor’s clients are dropped', async (t) => {
  const { ask, change, asked, newest } = await withGateway(t)
  const bad: [object, string][] = [
    [{ auth_key: 'tskey' }, 'body/config/auth_key'],
    [{ auth_key: `${AUTH_KEY};reboot` }, 'body/config/auth_key'],
    [{ hostname: 'a b' }, 'body/config/hostname'],
    [{ access_mode: 'none' }, 'body/config/access_mode'],
    [{ advertise_routes: '10.0.0.0/8' }, 'body/config/advertise_routes'],
    [{ advertise_routes: [7] }, 'body/config/advertise_routes/0'],
    [{ exit_node: 1 }, 'body/config/exit_node']
  ]
  for (const [part, path] of bad) {
    const reply = await ask('POST', '/deploy', { app_id: 'secure-gateway', config: { ...CONFIG, ...part } })
    t.equal(reply.statusCode, 400, path)
    t.match(reply.json(), { code: 'VALIDATION', details: [{ path }] }, path)
  }
  for (const body of [undefined, {}, { app_id: 'secure-gateway', config: {} }])
    t.match((await ask('POST', '/deploy', body)).json(), { message: 'app_id and config.auth_key are required' })
  t.match((await ask('POST', `${APP}/update-auth-key`, {})).json(), { message: 'auth_key is required' })
  t.notOk(newest())

  const body = { app_id: 'secure-gateway', config: { ...CONFIG, runtime: 'lxc' }, dry_run: false }
  t.equal((await change(['POST', '/deploy', body])).statusCode, 200)
  t.notMatch(JSON.stringify(asked), /runtime|dry_run/)
})

t.test('start, stop, restart, a new key and a removal are answered when they have ended', async (t) => {
  const { change, asked, log, ask, refuse } = await withGateway(t)
  const changes: [Request, unknown[], string, string][] = [
    [['POST', `${APP}/start`], ['begin', 'start'], 'Secure Gateway started in container 9000', 'gateway started;'],
    [['POST', `${APP}/stop`], ['begin', 'stop'], 'Secure Gateway stopped in container 9000', 'gateway stopped;'],
    [
      ['POST', `${APP}/restart`],
      ['begin', 'restart'],
      'Secure Gateway restarted in container 9000',
      'gateway restarted;'
    ],
    [
      ['POST', `${APP}/update-auth-key`, { auth_key: AUTH_KEY }],
      ['renewKey', AUTH_KEY],
      'Secure Gateway logged in with the new auth key',
      'gateway logged in with a new auth key;'
    ],
    [['DELETE', `${APP}?remove_data=false`], ['begin', 'remove'], 'Secure Gateway removed', 'gateway removed;']
  ]
  for (const [request, call, message, line] of changes) {
    const reply = await change(request)
    t.equal(reply.statusCode, 200, request[1])
    t.same(reply.json(), { success: true, app_id: 'secure-gateway', message })
    t.same(asked.at(-1), call)
    await until(async () => (await log()).includes(`${line} rhost=127.0.0.1 user=admin target=9000\n`))
    const failed = await change(request, 'Step "x" failed.')
    t.equal(failed.statusCode, 409, request[1])
    t.match(failed.json(), { success: false, message: 'Step "x" failed.' })
  }
  refuse({ ok: false, code: 'CONFLICT', reason: 'the container runs already' })
  t.match((await ask('POST', `${APP}/start`)).json(), { code: 'CONFLICT', message: 'the container runs already' })
})

t.test('updates: what is available, and what was updated', async (t) => {
  const { ask, change, asked, setUpdate, newest } = await withGateway(t)
  const check = { available: true, packages: UPDATE.packages, last_checked_iso: UPDATE.checked_at, error: null }
  t.match((await ask('GET', `${APP}/update-check`)).json(), { success: true, ...check })
  await ask('GET', `${APP}/update-check?force=1`)
  await ask('GET', `${APP}/update-check?force=0&_=1`)
  t.same(asked.splice(0), [
    ['checkUpdate', false],
    ['checkUpdate', true],
    ['checkUpdate', false]
  ])
  const reply = await change(['POST', `${APP}/update`])
  t.same(reply.json(), {
    success: true,
    app_id: 'secure-gateway',
    packages_updated: UPDATE.packages,
    tailscale_restarted: true,
    message: '1 package updated'
  })
  t.same(asked.splice(0), [
    ['checkUpdate', true],
    ['begin', 'update']
  ])
  t.equal((await change(['POST', `${APP}/update`], 'Step "upgrade" failed.')).statusCode, 409)

  const before = newest()
  setUpdate({ available: false, packages: [] })
  t.match((await ask('POST', `${APP}/update`)).json(), { packages_updated: [], message: 'No updates available' })
  setUpdate({ reason: 'the container has no network' })
  t.match((await ask('POST', `${APP}/update`)).json(), { code: 'CONFLICT', message: 'the container has no network' })
  t.equal(newest(), before, 'without updates there is no job')
})

t.test('logs', async (t) => {
  const { ask, asked } = await withGateway(t)
  t.same((await ask('GET', `${APP}/logs`)).json(), { success: true, logs: 'tailscaled: Running' })
  await ask('GET', `${APP}/logs?lines=7`)
  t.same(asked, [
    ['logs', 100],
    ['logs', 7]
  ])
  t.equal((await ask('GET', `${APP}/logs?lines=0`)).statusCode, 400)
})

t.test('every other app is unknown, on every route', async (t) => {
  const { ask, asked } = await withGateway(t)
  const named = routes.filter(({ url }) => url.includes('/secure-gateway'))
  t.equal(named.length, 11)
  for (const { method, url, body } of named) {
    const other = url.replace('/api/oci', '').replace('secure-gateway', 'pihole')
    const reply = await ask(method, other, body)
    t.equal(reply.statusCode, 404, `${method} ${other}`)
    t.match(reply.json(), { code: 'NOT_FOUND', message: 'the only app is secure-gateway' })
  }
  t.equal((await ask('POST', '/deploy', { app_id: 'pihole', config: CONFIG })).json().code, 'NOT_FOUND')
  t.same(asked, [])
})
