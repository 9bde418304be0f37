import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import t, { type Test } from 'tap'
import { PASSWORD, temporaryFolder } from '../support/app.ts'
import { type Daemon, environmentIn, runToEnd, startDaemon } from './harness.ts'

const post = (daemon: Daemon, path: string, body: unknown) =>
  fetch(`${daemon.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body)
  })
const owner = { username: 'admin', password: PASSWORD }

/** A login; `begun` when the daemon, which answers 100 Continue to its head, has it in hand. */
function beginLogin({ url }: Daemon) {
  const body = JSON.stringify(owner)
  const headers = { 'content-type': 'application/json', 'content-length': body.length, expect: '100-continue' }
  const sent = request(`${url}/api/auth/login`, { method: 'POST', headers })
  const answer = new Promise<{ status: number | undefined; body: string }>((done, fail) => {
    sent
      .once('error', fail)
      .once('response', async (reply) => done({ status: reply.statusCode, body: await text(reply) }))
  })
  sent.flushHeaders()
  return { begun: once(sent, 'continue').then(() => sent.end(body)), answer }
}

/** Runs a daemon that must refuse to start, and says why in one line that names `variable`. */
async function refuses(t: Test, variable: string, value: string, code = 2) {
  const { errors, ...ended } = await runToEnd(t, environmentIn(await temporaryFolder(t), { [variable]: value }))
  t.equal(ended.code, code, `${variable}=${value}`)
  t.match(errors, new RegExp(`^${variable}: [^\\n]* Example: ${variable}=[^\\n]+\\n$`), `${variable}=${value}`)
  return errors
}

t.test('a port in use ends the start with one line that names the port', async (t) => {
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise((done) => other.once('listening', done))
  t.teardown(() => other.close())
  const { port } = other.address() as { port: number }
  t.match(await refuses(t, 'MONITOR_PORT', String(port), 1), `127.0.0.1:${port} is in use`)
})

t.test('an invalid value ends the start with one line that names the variable', async (t) => {
  await Promise.all([
    refuses(t, 'MONITOR_PORT', '65536'),
    refuses(t, 'MONITOR_HOST', '192.0.2.1', 1),
    refuses(t, 'MONITOR_LOG_LEVEL', 'loud\nMONITOR_PORT: x'),
    refuses(t, 'MONITOR_TRUSTED_PROXIES', 'loopback,everyone'),
    refuses(t, 'MONITOR_SESSION_TTL', '24 hours')
  ])
})

t.test('a folder that cannot be created ends the start with one line that names the variable', async (t) => {
  const file = join(await temporaryFolder(t), 'file')
  await writeFile(file, '')
  await refuses(t, 'MONITOR_CONFIG_DIR', join(file, 'config'))
  await refuses(t, 'MONITOR_STATE_DIR', join(file, 'state'))
})

t.test('SIGTERM lets running logins finish, accepts no new ones and exits with 0', async (t) => {
  const daemon = await startDaemon(t, await temporaryFolder(t))
  await (await post(daemon, '/api/auth/setup', owner)).json()
  const began = performance.now()
  await (await post(daemon, '/api/auth/login', owner)).json()
  // A shutdown leaves them 10 s (docs/security.md). A very busy machine checks only two passwords in that time.
  const isBusy = performance.now() - began > 2000
  const logins = Array.from({ length: isBusy ? 2 : 3 }, () => beginLogin(daemon))
  await Promise.all(logins.map(({ begun }) => begun))
  daemon.signal('SIGTERM')
  for (const { answer } of logins) {
    const { status, body } = await answer
    t.equal(status, 200)
    t.type(JSON.parse(body).token, 'string')
  }
  t.same(await daemon.exited, { code: 0, signal: null })
  await t.rejects(post(daemon, '/api/auth/login', owner))
})

t.test('SIGTERM ends a daemon whose clients keep idle connections open', async (t) => {
  const daemon = await startDaemon(t, await temporaryFolder(t))
  await (await fetch(`${daemon.url}/api/auth/status`)).json()
  const started = performance.now()
  daemon.signal('SIGTERM')
  t.same(await daemon.exited, { code: 0, signal: null })
  t.ok(performance.now() - started < 3000)
})

t.test('a hundred SIGHUPs interrupt no request', async (t) => {
  const daemon = await startDaemon(t, await temporaryFolder(t))
  await (await post(daemon, '/api/auth/setup', owner)).json()
  const logins = [1, 2, 3].map(() => post(daemon, '/api/auth/login', owner))
  for (let i = 0; i < 100; i++) {
    daemon.signal('SIGHUP')
    t.equal((await fetch(`${daemon.url}/api/auth/status`)).status, 200)
  }
  for (const login of logins) t.equal((await login).status, 200)
})
