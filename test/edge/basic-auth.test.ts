import { spawnSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { missing as missingChromium, openPage, serve } from '../browser/chromium.ts'
import { createOwner, logOut, missing as missingDashboard, seeOverview } from '../dashboard/screens.ts'
import { send } from '../fail2ban/nginx.ts'
import { setUp, temporaryFolder } from '../support/app.ts'
import { freePorts, listens, missing, start } from './programs.ts'
import { writeNginx } from './proxies.ts'
import { nginx, shipped } from './shipped.ts'

const skip = missing('/usr/sbin/nginx', 'nginx-light') || missingChromium || missingDashboard
const VALUE = 'a3f1c0de'
const basic = { authorization: `Basic ${Buffer.from('door:keeper').toString('base64')}` }

/** The shipped files, and the lines that the fourth of them asks for in the server block. */
async function startNginx(t: Test, daemon: string): Promise<number> {
  const { listen } = await freePorts('listen')
  const folder = await temporaryFolder(t)
  const users = join(folder, 'htpasswd')
  writeFileSync(users, 'door:{PLAIN}keeper\n')
  chmodSync(users, 0o644)
  const file = shipped('nginx/proxmenux-monitor-basic-auth.conf')
  const lines = [...file.matchAll(/^# {5}(\S.*;)$/gm)].map(([, line]) => line!)
  if (lines.length !== 4) throw new Error('the file asks for four lines')
  const server = nginx
    .plainHost(listen)
    .replace(
      '    client_max_body_size',
      `    ${lines.join('\n    ').replace(/\/etc\S*htpasswd/, users)}\n    client_max_body_size`
    )
  const program = start(t, '/usr/sbin/nginx', [
    ...writeNginx(
      folder,
      nginx.http(new URL(daemon).host),
      file.replaceAll('{REPLACE-THIS-VALUE}', VALUE).replace(' Secure;', ''),
      server
    )
  ])
  await listens(program, listen)
  return listen
}

t.test('Nginx does not start with the shipped placeholder, which is public', { skip }, async (t) => {
  const folder = await temporaryFolder(t)
  const file = shipped('nginx/proxmenux-monitor-basic-auth.conf')
  const ask = (text: string) =>
    spawnSync('/usr/sbin/nginx', ['-t', ...writeNginx(folder, nginx.http('127.0.0.1:8008'), text)], {
      encoding: 'utf8'
    })
  t.match(ask(file), { status: 1, stderr: /unexpected "\{"/ })
  t.match(ask(file.replaceAll('{REPLACE-THIS-VALUE}', VALUE)), { status: 0 })
})

t.test('the shipped file serves the dashboard behind a password of Nginx', { skip }, async (t) => {
  const { base: daemon } = await serve(t)
  const port = await startNginx(t, daemon)
  const ask = (path: string, headers = {}) => send({ port, from: '127.0.0.1', path, headers })
  for (const path of ['/', '/api/auth/status', '/api/system', '/assets/icon.svg', '/ws/live'])
    t.equal((await ask(path)).status, 401, `${path} is closed without it`)
  t.equal((await ask('/', { cookie: 'proxmenux_pass=guessed' })).status, 401)
  t.equal((await ask('/', basic)).status, 200)

  const base = `http://127.0.0.1:${port}`
  const httpCredentials = { username: 'door', password: 'keeper' }
  const { page, faults, refusals } = await openPage(t, base, { httpCredentials })
  await createOwner(page, base)
  // The session outlives a reload (refresh cookie), and values come live over a WebSocket.
  const socket = page.waitForEvent('websocket')
  await page.reload()
  await seeOverview(page)
  const opened = await socket
  t.match(opened.url(), /\/ws\/live/)
  await opened.waitForEvent('framereceived')
  await logOut(page)
  t.same(
    refusals.filter((refusal) => refusal !== '401 /'),
    []
  )
  t.same(faults, [])
})

t.test('a Basic header from a proxy does not refuse routes that need no token', async (t) => {
  const { app, base } = await serve(t)
  await setUp(app)
  const get = (path: string, more = {}) => fetch(base + path, { headers: { ...basic, ...more } })
  for (const path of ['/api/auth/status', '/api/system-info', '/api/docs']) t.equal((await get(path)).status, 200, path)
  const login = await fetch(`${base}/api/auth/login`, {
    method: 'POST',
    headers: { ...basic, 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password: 'Correct-Horse-7' })
  })
  t.equal(login.status, 200)
  const cookie = login.headers
    .getSetCookie()
    .map((each) => each.split(';', 1)[0]!)
    .join('; ')
  const refresh = await fetch(`${base}/api/auth/refresh`, { method: 'POST', headers: { ...basic, cookie } })
  t.equal(refresh.status, 200)
  const { token } = (await refresh.json()) as { token: string }
  const ticket = await fetch(`${base}/api/live/ticket`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` }
  })
  const protocols = `live.v1, ticket.${((await ticket.json()) as { ticket: string }).ticket}`
  const handshake = await send({
    port: Number(new URL(base).port),
    from: '127.0.0.1',
    path: '/ws/live',
    headers: {
      ...basic,
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'sec-websocket-protocol': protocols
    }
  })
  t.equal(handshake.status, 101)
  t.equal((await get('/api/system')).status, 401, 'and opens nothing')
})
