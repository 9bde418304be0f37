import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { connect, subscribe } from '../live/live-client.ts'
import { addUser } from '../support/api-tokens.ts'
import { type App, bearer, build, temporaryFolder } from '../support/app.ts'
import type { StateOptions } from '../support/proxmox/initial.ts'
import { createProxmox } from '../support/proxmox/proxmox.ts'
import { openSession } from '../support/sessions.ts'
import { mintApiToken } from '../support/tokens.ts'
import { call, type Headers, withOwner } from '../support/users.ts'
import { comes, until } from '../support/waiting.ts'

t.setTimeout(300_000)
t.jobs = 2

const UPID = 'UPID:pve1:00000001:00000001:00000001:vzstart:101:root@pam:'
const reading = [
  '/api/tasks',
  '/api/guests/101',
  '/api/guests/101/history',
  '/api/guests/101/tasks',
  `/api/tasks/${UPID}`
]
const changing = ['start', 'shutdown', 'stop', 'reboot'].map((action) => `/api/guests/101/${action}`)
const routes: ['GET' | 'POST', string][] = [
  ...reading.map((url): ['GET', string] => ['GET', url]),
  ...changing.map((url): ['POST', string] => ['POST', url])
]

/** Options of a daemon on a small Proxmox VE. */
async function onProxmox(t: Test, options: StateOptions = {}) {
  const proxmox = createProxmox({ folder: await temporaryFolder(t), ...options })
  const programs = { pvesh: proxmox.programs.pvesh, timeoutMs: 20_000 }
  return { proxmox, options: { programs, vitals: { shareDir: proxmox.share, hostname: () => 'pve1' } } }
}

async function withGuests(t: Test, state: StateOptions = {}) {
  const { proxmox, options } = await onProxmox(t, state)
  const { app, owner, folder } = await withOwner(t, options)
  const ask = (method: 'GET' | 'POST', url: string, body?: object) => call(app, owner, method, url, body)
  const log = () => readFile(join(folder, 'auth.log'), 'utf8')
  return { app, owner, proxmox, ask, log }
}

t.test('every route of guests and tasks is in this list, and without Proxmox VE each says why', async (t) => {
  const registered: string[] = []
  const onRoute = ({ method, url }: { method: string | string[]; url: string }) => {
    if (/^\/api\/(guests\/|tasks)/.test(url) && method !== 'HEAD') registered.push(`${method} ${url}`)
  }
  const { app, owner } = await withOwner(t, { onRoute })
  const listed = routes.map(
    ([method, url]) => `${method} ${url.replace('101/', ':vmid/').replace(/101$/, ':vmid').replace(UPID, ':upid')}`
  )
  t.same(listed.toSorted(), registered.toSorted())
  for (const [method, url] of routes) {
    const reply = await call(app, owner, method, url)
    t.equal(reply.statusCode, 409, url)
    t.match(reply.json(), {
      success: false,
      code: 'CONFLICT',
      message: 'guests need Proxmox VE: this host does not run Proxmox VE'
    })
  }
})

t.test('token, scope and permission, on every route', async (t) => {
  const { app, owner } = await withGuests(t)
  await addUser(app, 2, ['system.view', 'terminal.open', 'gateway.manage'])
  await addUser(app, 3, ['guests.control'])
  const cases: [string, Headers, string, string][] = [
    ['no token', {}, 'TOKEN_MISSING', 'TOKEN_MISSING'],
    ['a read_only token', bearer(mintApiToken(app, { scope: 'read_only' })), 'yes', 'SCOPE'],
    ['a full_admin token', bearer(mintApiToken(app, { scope: 'full_admin' })), 'yes', 'yes'],
    ['a user who may view', (await openSession(app, 2)).headers, 'yes', 'PERMISSION'],
    ['who may control', (await openSession(app, 3)).headers, 'PERMISSION', 'yes'],
    ['the owner', owner, 'yes', 'yes']
  ]
  for (const [method, path] of routes) {
    // No such guest: what is refused with 404 has passed the gates.
    const url = path.replace('/101', '/777')
    for (const [who, headers, toRead, toChange] of cases) {
      const { code } = (await call(app, headers, method, url)).json()
      t.equal(
        code === undefined || code === 'NOT_FOUND' ? 'yes' : code,
        method === 'GET' ? toRead : toChange,
        `${who}: ${url}`
      )
    }
  }
})

t.test('without accounts guests can be read and controlled, as all of the API', async (t) => {
  const { proxmox, options } = await onProxmox(t)
  const app = await build(t, {}, options)
  await app.inject({ method: 'POST', url: '/api/auth/skip' })
  t.equal((await app.inject('/api/guests/101')).statusCode, 200)
  const reply = await app.inject({ method: 'POST', url: '/api/guests/101/stop' })
  t.match(reply.json(), { success: true, task: /^UPID:pve1:.*:vzstop:101:root@pam:$/ })
  await until(() => proxmox.read().guests[101]!.status === 'stopped')
  const foreign = { host: 'attacker.example', origin: 'http://attacker.example' }
  t.match((await app.inject({ method: 'POST', url: '/api/guests/102/stop', headers: foreign })).json(), {
    code: 'HOST'
  })
})

t.test('invalid ids of guests and tasks, and unknown fields, are refused', async (t) => {
  const { ask, proxmox } = await withGuests(t)
  for (const id of ['1', '099', '1000000000', '101x', '-101', 'a'.repeat(300)])
    t.equal((await ask('GET', `/api/guests/${id}`)).statusCode, 400, id)
  for (const upid of [
    'UPID:pve1',
    UPID.slice(0, -1),
    UPID.replace('vzstart', '..%2F..'),
    UPID.replace('pve1', '-pve1'),
    UPID.replace('101', 'a%20b'),
    `${UPID}x`,
    UPID.replace('101', '1'.repeat(300))
  ])
    t.equal((await ask('GET', `/api/tasks/${upid}`)).statusCode, 400, upid)
  t.equal((await ask('GET', '/api/guests/101/history?timeframe=decade')).statusCode, 400)
  t.equal((await ask('POST', '/api/guests/101/start', { force: true })).statusCode, 400)
  for (const body of [{ timeout: 0 }, { timeout: 3601 }, { timeout: '--x' }, { force_stop: 2 }, { forceStop: true }])
    t.equal((await ask('POST', '/api/guests/101/shutdown', body)).statusCode, 400, JSON.stringify(body))
  t.notOk(proxmox.calls().some((words) => words[1] === 'create'))
})

t.test('a guest in detail, its history, its tasks and one of these', async (t) => {
  const { ask } = await withGuests(t, { version: '9.0', cluster: 3 })
  t.match((await ask('GET', '/api/guests/121')).json(), {
    success: true,
    guest: { vmid: 121, name: 'build', node: 'pve3' },
    config: { cores: '8', tags: 'dev' },
    links: { history: '/api/guests/121/history', tasks: '/api/guests/121/tasks' },
    timestamp: String,
    stale: false
  })
  t.match((await ask('GET', '/api/guests/121/history')).json(), { timeframe: 'hour', data: [{ time: Number }] })
  t.match((await ask('GET', '/api/guests/121/history?timeframe=week')).json(), { resolution_seconds: 10_800 })
  const { tasks } = (await ask('GET', '/api/guests/121/tasks')).json()
  t.equal(tasks.length, 2)
  t.match((await ask('GET', `/api/tasks/${encodeURIComponent(tasks[0].upid)}`)).json(), {
    task: { type: 'qmstart', state: 'ok' },
    log: ['TASK OK']
  })
  t.match((await ask('GET', `/api/tasks/${tasks[0].upid}`)).json(), { task: { upid: tasks[0].upid } })
})

t.test('actions return their task and are in the audit log, with their failure', async (t) => {
  const { ask, log, proxmox } = await withGuests(t, { cluster: 3 })
  proxmox.change(({ guests, durations }) => {
    guests[110]!.stubborn = true
    durations['pvesh create'] = 5000
  })
  const failing = await ask('POST', '/api/guests/110/shutdown', { timeout: 30 })
  t.equal(failing.statusCode, 202)
  t.match(failing.json(), { success: true, task: /^UPID:pve2:.*:vzshutdown:110:root@pam:$/ })
  const busy = await ask('POST', '/api/guests/110/stop')
  t.equal(busy.statusCode, 409)
  t.match(busy.json(), { code: 'CONFLICT', message: /guest 110 is busy/ })
  await ask('POST', '/api/guests/101/stop')
  const refused = await ask('POST', '/api/guests/103/reboot')
  t.match(refused.json(), { code: 'CONFLICT', message: 'VM 103 not running' })
  t.ok(await comes(async () => /on a guest failed/.test(await log())))
  const lines = (await log()).split('\n').filter((line) => line.includes('guest'))
  t.equal(lines.length, 3, 'what was refused is no event')
  t.match(lines[0], /WARNING proxmenux.auth: guest shut down; .*user=admin.*target=110,\w[\w-]*$/)
  t.match(lines[1], /WARNING proxmenux.auth: guest stopped; .*user=admin.*target=101,web$/)
  t.match(lines[2], /WARNING proxmenux.auth: action on a guest failed; .*user=admin.*target=110,\w[\w-]*$/)
})

t.test('every tab sees the tasks of this daemon in the live stream', async (t) => {
  const { app, owner, ask, proxmox } = await withGuests(t)
  await app.listen({ host: '127.0.0.1', port: 0 })
  await addUser(app, 2, ['system.view'])
  const tabs = [await connect(t, app, owner), await connect(t, app, (await openSession(app, 2)).headers)]
  for (const tab of tabs) subscribe(tab, 'tasks')
  for (const tab of tabs) await tab.message('snapshot', 'tasks')
  proxmox.change(({ durations }) => {
    durations['pvesh create'] = 5000
  })
  const { task } = (await ask('POST', '/api/guests/101/shutdown')).json()
  const shown = (tab: (typeof tabs)[0]) => (tab.state.tasks as { tasks: Record<string, { state: string }> }).tasks[task]
  for (const tab of tabs) await tab.until('it runs', () => shown(tab)?.state === 'running')
  for (const tab of tabs) await tab.until('it has ended', () => shown(tab)?.state === 'ok')
  t.match(shown(tabs[1]!), { vmid: 101, type: 'vzshutdown', exit_status: 'OK', last_line: 'TASK OK' })
  t.match((await ask('GET', `/api/tasks/${task}`)).json(), { task: { state: 'ok' } })
  t.same((await ask('GET', '/api/tasks')).json().tasks[task].state, 'ok')
  const status = async (app: App) => (await call(app, owner, 'GET', '/api/guests/101')).json().guest.status
  t.equal(await status(app), 'stopped', 'the details are read again at once')
})

t.test('Proxmox VE that does not answer is a 503 with Retry-After', async (t) => {
  const { ask, proxmox } = await withGuests(t)
  proxmox.breaks({ step: 'pvesh', kind: 'fail', text: 'ipcc_send_rec[1] failed: Connection refused' })
  const reply = await ask('GET', '/api/guests/101')
  t.equal(reply.statusCode, 503)
  t.ok(reply.headers['retry-after'])
  t.match(reply.json(), { code: 'BUSY', message: /ipcc_send_rec/ })
})
