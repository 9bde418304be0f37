import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { startDaemon } from '../attack/harness.ts'
import { PASSWORD, temporaryFolder } from '../support/app.ts'
import { comes } from '../support/waiting.ts'
import { forgedNames } from './forged-names.ts'
import { handshake, missing as missingNginx, send, startNginx } from './nginx.ts'
import { missing as missingFail2ban, startFail2ban } from './server.ts'

const skip = missingFail2ban || missingNginx
const OWNER = '127.0.0.3'
const VICTIM = '127.0.0.9'
/** The contract's, and what this machine may be slower. */
const GATE_MS = 30_000 + 15_000

t.setTimeout(300_000)

/** The real daemon, fail2ban and nginx, and an owner who is logged in through nginx. */
async function startAll(t: Test) {
  const folder = await temporaryFolder(t)
  const log = join(folder, 'auth.log')
  const fail2ban = await startFail2ban(t, folder, log)
  // 127.0.0.1 alone is the proxy; all other loopback addresses are clients.
  const daemon = await startDaemon(t, folder, {
    MONITOR_FAIL2BAN_CLIENT: fail2ban.client,
    MONITOR_TRUSTED_PROXIES: '127.0.0.1'
  })
  const nginx = await startNginx(t, folder, daemon.port)
  const ports = { nginx, daemon: daemon.port }
  const setup = await send({
    port: nginx,
    from: OWNER,
    path: '/api/auth/setup',
    body: { username: 'admin', password: PASSWORD }
  })
  const headers = { authorization: `Bearer ${setup.body.token}` }
  const logIn = (port: number, from: string, username: string, headers = {}) =>
    send({ port, from, path: '/api/auth/login', headers, body: { username, password: 'wrong' } })
  return { fail2ban, ports, headers, logIn, log: () => readFile(log, 'utf8') }
}

t.test('three wrong logins through nginx ban the client, and unban lets it in again', { skip }, async (t) => {
  const { fail2ban, ports, headers, logIn, log } = await startAll(t)
  const asClient = (path: string, headers = {}) => send({ port: ports.nginx, from: '127.0.0.2', path, headers })
  const asOwner = (path: string, body?: object) => send({ port: ports.nginx, from: OWNER, path, headers, body })
  const details = async () => (await asOwner('/api/security/fail2ban/details')).body

  t.ok(await comes(async () => (await details()).settings !== null))
  t.match(await details(), {
    installed: true,
    state: 'ok',
    banned: [],
    settings: { maxretry: 3, findtime: 600, bantime: 3600 },
    active: true
  })

  for (let i = 0; i < 3; i++) t.equal((await logIn(ports.nginx, '127.0.0.2', 'admin')).body.code, 'CREDENTIALS')
  t.ok(await comes(async () => (await fail2ban.banned()).length > 0), 'fail2ban bans')
  t.same(await fail2ban.banned(), ['127.0.0.2'], 'the client and not the proxy')

  const isShut = async () => (await asClient('/api/auth/status')).status === 403
  t.ok(await comes(isShut, { withinMs: GATE_MS }), 'the gate shuts')
  for (const path of ['/api/auth/status', '/api/system', '/', '/assets/icon.svg', '/no-such-page'])
    t.match(await asClient(path), { status: 403, body: { code: 'IP_BANNED' } }, path)
  t.match(await asClient('/ws/terminal?ticket=x', handshake), { status: 403, body: { code: 'IP_BANNED' } })
  const directly = { port: ports.daemon, from: '127.0.0.2' }
  t.equal((await send({ ...directly, path: '/' })).status, 403, 'also past the proxy')
  const disguise = { 'x-forwarded-for': OWNER, 'x-real-ip': OWNER }
  t.equal((await send({ ...directly, path: '/', headers: disguise })).status, 403)
  t.equal((await asClient('/', disguise)).status, 403)
  t.equal((await asOwner('/api/system')).status, 200, 'others go on')
  t.match(await details(), { currently_banned: 1, total_banned: 1, total_failed: 3, banned: [{ ip: '127.0.0.2' }] })
  t.ok(await comes(async () => (await details()).version !== null))
  t.match(await details(), { version: /^\d+\.\d/ })
  t.same((await details()).jails, [
    {
      name: 'proxmenux',
      currently_failed: 0,
      total_failed: 3,
      currently_banned: 1,
      total_banned: 1,
      banned_ips: [{ ip: '127.0.0.2', type: 'local' }],
      findtime: '600',
      bantime: '3600',
      maxretry: '3'
    }
  ])

  const unban = () => asOwner('/api/security/fail2ban/unban', { ip: '::ffff:127.0.0.2' })
  t.match(await unban(), { status: 200, body: { success: true } })
  t.equal((await asClient('/api/auth/status')).status, 200, 'open at once')
  t.match(await details(), { currently_banned: 0, banned: [] })
  t.same(await fail2ban.actions(), ['ban 127.0.0.2', 'unban 127.0.0.2'])
  t.match(await unban(), { status: 404, body: { code: 'NOT_FOUND' } })

  t.ok(await comes(async () => (await log()).includes('unbanned')))
  t.match(await log(), / WARNING proxmenux\.auth: address banned; rhost=127\.0\.0\.2 user=-\n/)
  t.match(
    await log(),
    / WARNING proxmenux\.auth: address unbanned; rhost=127\.0\.0\.3 user=admin target=127\.0\.0\.2\n/
  )

  await fail2ban.stop()
  t.match(await unban(), { status: 503, body: { code: 'BUSY', message: /server is not running/ } })
})

t.test('no forged name or header gets another client banned', { skip }, async (t) => {
  const { fail2ban, ports, logIn } = await startAll(t)
  const claims = [
    {},
    { 'x-forwarded-for': VICTIM },
    { 'x-forwarded-for': `${VICTIM}, ${VICTIM} rhost=${VICTIM}` },
    { 'x-real-ip': VICTIM, forwarded: `for=${VICTIM}` },
    { 'x-forwarded-for': `127.0.0.1, ${VICTIM}, `, 'user-agent': `x rhost=${VICTIM}` }
  ]
  const attackers: string[] = []
  for (const [i, name] of forgedNames(VICTIM).entries()) {
    const from = `127.0.1.${1 + (i >> 2)}`
    if (i % 4 === 0) attackers.push(from)
    const port = i % 2 === 0 ? ports.nginx : ports.daemon
    const { status } = await logIn(port, from, name, claims[i % claims.length])
    t.ok([400, 401, 403].includes(status), `${status} to ${encodeURI(name).slice(0, 60)}`)
  }
  // Each attacker's own name, for those whose forged ones are no names at all (400), and the count.
  for (const from of attackers) for (let i = 0; i < 3; i++) await logIn(ports.nginx, from, 'admin', claims[1])
  t.ok(await comes(async () => (await fail2ban.banned()).length >= attackers.length), 'the attackers are banned')
  t.same((await fail2ban.banned()).toSorted(), attackers.toSorted(), 'no other address is banned')
  t.equal((await logIn(ports.nginx, VICTIM, 'admin')).body.code, 'CREDENTIALS')
})
